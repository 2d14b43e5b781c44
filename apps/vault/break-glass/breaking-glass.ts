import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor } from '@common-thread/platform/actor';
import type {
  BrokenGlass,
  GlassAsked,
  GlassReviewOutcome,
} from '@common-thread/platform/break-glass';
import type { Audit } from '../audit/audit.js';
import { openBox, readBox, sealBox } from '../boxes/box.js';
import type { Clock } from '../clock.js';
import type { FaultPoints } from '../fault-points.js';
import type { VaultFold } from '../following/vault-fold.js';
import type { DataKeys } from '../keys/data-keys.js';
import type { Glass, GlassStore, KeptGlass } from './glass.js';
import {
  breakingGlass,
  GLASS_MINUTES_MAX,
  GLASS_REVIEW_HOURS_MAX,
  isOpenAt,
  reviewingGlass,
} from './glass.js';

const MINUTE_MS = 60_000;
const SHOWN_MS = 30 * 86_400_000;
const OPENED_MAX = 500;

export interface BreakingGlassEngines {
  readonly glasses: GlassStore;
  readonly audit: Audit;
  readonly keys: DataKeys;
  readonly fold: VaultFold;
  readonly clock: Clock;
  readonly faults: FaultPoints;
}

/**
 * Past what would refuse somebody, in an emergency: for one person, one family and an hour at most. It
 * asks nothing of the log, so that it can be had while the vault does not know the latest of it.
 */
export class BreakingGlass {
  constructor(private readonly engines: BreakingGlassEngines) {}

  /** Undefined for whoever may not. Asked again with the same key it is the same grant. @throws VaultUnavailable */
  async open(actor: Actor, asked: GlassAsked): Promise<BrokenGlass | undefined> {
    const { clock, faults, glasses } = this.engines;
    if (!isOfHub(actor) || !breakingGlass.includes(actor.role)) return undefined;
    const glassId = derivedId('break-glass', actor.id, asked.key);
    const openedAt = clock.now();
    const minutes = Math.min(asked.minutes ?? GLASS_MINUTES_MAX, GLASS_MINUTES_MAX);
    const { familyId, reason } = asked;
    const { id, organisation, recipient, role } = actor;
    const glass: Glass = {
      glassId,
      familyId,
      by: { id, organisation, recipient, role },
      reason,
      words: await this.#sealed(glassId, actor, asked),
      openedAt,
      endsAt: new Date(openedAt.getTime() + minutes * MINUTE_MS),
    };
    await glasses.open(glass, {
      at: openedAt,
      kind: 'break-glass',
      asker: glass.by,
      purpose: 'break-glass',
      page: 'break-glass/open',
      about: [`family/${familyId}`],
      items: [],
    });
    await faults.reached('glass-broken');
    const kept = await glasses.find(glassId);
    return kept && { ...told(kept, clock.now()), words: asked.words };
  }

  /** By whoever opened it, or whoever reviews; false where there is no such grant for them. */
  async end(actor: Actor, glassId: string): Promise<boolean> {
    const { clock, glasses } = this.engines;
    const kept = await this.#ofTheirs(actor, glassId);
    if (!kept || (kept.by.id !== actor.id && !reviewingGlass.includes(actor.role))) return false;
    const now = clock.now();
    if (isOpenAt(kept, now)) await glasses.end(glassId, now);
    return true;
  }

  /** Whoever broke it never says themselves whether that was right. */
  async review(
    actor: Actor,
    glassId: string,
    outcome: GlassReviewOutcome,
  ): Promise<'reviewed' | 'reviewed-before' | 'own' | undefined> {
    const kept = await this.#ofTheirs(actor, glassId);
    if (!kept || !reviewingGlass.includes(actor.role)) return undefined;
    if (kept.by.id === actor.id) return 'own';
    const { audit, clock, glasses } = this.engines;
    const at = clock.now();
    const { id, organisation, recipient, role } = actor;
    await audit.commit({
      at,
      kind: 'break-glass',
      asker: { id, organisation, recipient, role },
      purpose: 'oversight',
      page: 'break-glass/review',
      about: [`family/${kept.familyId}`],
      items: [],
    });
    const isFirst = await glasses.review(glassId, { at, by: actor.id, outcome });
    return isFirst ? 'reviewed' : 'reviewed-before';
  }

  /** What reviewers are told at once, and everybody of their own that is open. */
  async list(actor: Actor): Promise<readonly BrokenGlass[] | undefined> {
    const { clock, glasses } = this.engines;
    if (!isOfHub(actor)) return undefined;
    const now = clock.now();
    if (reviewingGlass.includes(actor.role)) {
      const since = new Date(now.getTime() - SHOWN_MS);
      const kept = await glasses.ofHub(actor.recipient, since);
      return Promise.all(kept.map((glass) => this.#reviewed(glass, now)));
    }
    if (!breakingGlass.includes(actor.role)) return undefined;
    const own = await glasses.openFor(actor.id, actor.recipient, now);
    return own.map((glass) => told(glass, now));
  }

  /** With why, in their words, and what was opened under it. */
  async #reviewed(glass: KeptGlass, now: Date): Promise<BrokenGlass> {
    const { audit, keys } = this.engines;
    const box = readBox(glass.words);
    const key = box && (await keys.find([box.header.keyId])).get(box.header.keyId);
    const words = box && key?.secret ? openBox(box, key.secret) : undefined;
    const calls = await audit.read({
      actor: glass.by.id,
      from: glass.openedAt,
      until: new Date(glass.endsAt.getTime() + 1),
      kinds: ['reveal'],
      limit: OPENED_MAX,
    });
    const opened = calls.flatMap(({ items }) =>
      items.filter(({ ground }) => ground === groundOf(glass)).map(({ field }) => field ?? ''),
    );
    return {
      ...told(glass, now),
      ...(words === undefined ? {} : { words }),
      opened: [...new Set(opened)].sort(),
      calls: calls.filter(({ items }) => items.some(({ ground }) => ground === groundOf(glass)))
        .length,
    };
  }

  /** Sealed for those of the family who are known; for the grant itself where nobody is. */
  async #sealed(glassId: string, actor: Actor, { familyId, words }: GlassAsked): Promise<string> {
    const people = this.engines.fold.peopleOf(familyId);
    const [key] = await this.engines.keys.ensure([
      {
        slot: `break-glass/${glassId}`,
        recordClass: 'break-glass',
        controller: actor.organisation,
        subjects: people.length > 0 ? people : [glassId],
      },
    ]);
    const header = {
      keyId: key!.keyId,
      eventId: glassId,
      eventType: 'break-glass',
      streamId: `break-glass-${glassId}`,
      field: 'words',
      version: 1,
    };
    return sealBox(header, words, key!.secret);
  }

  async #ofTheirs(actor: Actor, glassId: string): Promise<KeptGlass | undefined> {
    if (!isOfHub(actor)) return undefined;
    const kept = await this.engines.glasses.find(glassId);
    return kept?.by.recipient === actor.recipient ? kept : undefined;
  }
}

/** How a reveal under a grant says on which ground it was. */
export function groundOf({ glassId }: Glass): string {
  return `break-glass:${glassId}`;
}

function isOfHub({ audience }: Actor): boolean {
  return audience === 'safeguarding-hub';
}

function told(glass: KeptGlass, now: Date): BrokenGlass {
  const { glassId, familyId, by, reason, openedAt, endsAt, endedAt, review } = glass;
  const dueMs = openedAt.getTime() + GLASS_REVIEW_HOURS_MAX * 60 * MINUTE_MS;
  return {
    glassId,
    familyId,
    by: by.id,
    role: by.role,
    reason,
    openedAt: openedAt.toISOString(),
    endsAt: (endedAt ?? endsAt).toISOString(),
    isOpen: isOpenAt(glass, now),
    reviewDueAt: new Date(dueMs).toISOString(),
    ...(review
      ? { review: { by: review.by, at: review.at.toISOString(), outcome: review.outcome } }
      : {}),
  };
}
