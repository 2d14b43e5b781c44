import { isHub } from '@common-thread/disclosure/policy';
import type { Origin } from '@common-thread/disclosure/reading';
import type { Actor } from '@common-thread/platform/actor';
import type {
  ErasedBy,
  Purpose,
  Revealed,
  RevealPage,
  RevealRequest,
} from '@common-thread/platform/revealing';
import type { Audit, AuditedItem, AuditEntryId } from '../audit/audit.js';
import type { Box } from '../boxes/box.js';
import { groundOf } from '../break-glass/breaking-glass.js';
import type { GlassStore, KeptGlass } from '../break-glass/glass.js';
import { breakingGlass } from '../break-glass/glass.js';
import { isAuthentic, openBox, readBox } from '../boxes/box.js';
import type { Clock } from '../clock.js';
import type { FaultPoints } from '../fault-points.js';
import type { LogFollower } from '../following/log-follower.js';
import { STALE_MS, VaultStale } from '../following/log-follower.js';
import type { VaultFold } from '../following/vault-fold.js';
import type { DataKey, DataKeys } from '../keys/data-keys.js';
import type { Decision } from './deciding.js';
import { decide } from './deciding.js';

export interface RevealEngines {
  readonly keys: DataKeys;
  readonly fold: VaultFold;
  readonly follower: LogFollower;
  readonly audit: Audit;
  readonly glasses: GlassStore;
  readonly clock: Clock;
  readonly faults: FaultPoints;
}

export interface RevealAnswer {
  /** In the order asked. */
  readonly revealed: readonly Revealed[];
  /** To be told to the audit once the answer has left. */
  readonly entryId: AuditEntryId;
}

/** By what the boxes of a call are judged. */
export interface RevealRule {
  decide(origin: Origin): Decision;
  /** On which ground what is granted is granted. */
  groundOf(origin: Origin): string | undefined;
  isOnLine(origin: Origin, line: string): boolean;
}

interface Judged {
  readonly item: AuditedItem;
  /** What has been recorded a moment ago could make it another answer. */
  readonly mayChange?: true;
  /** By which decision, where it is erased. */
  readonly erased?: ErasedBy;
  readonly box?: Box;
  readonly key?: DataKey;
}

/**
 * Opens boxes for somebody: decides each, commits the audit entry, then opens what was granted.
 */
export class Reveals {
  constructor(private readonly engines: RevealEngines) {}

  /**
   * @param rule what somebody's role, relation and purpose let them open, where it is left out
   * @throws VaultStale, VaultUnavailable; nothing has been opened then
   */
  async reveal(
    actor: Actor,
    page: RevealPage,
    rule: RevealRule = this.#ruleFor(actor, page.purpose),
  ): Promise<RevealAnswer> {
    const { audit, clock, faults, follower, keys } = this.engines;
    const arrival = clock.now();
    const isFresh = follower.isFresh();
    // Behind the log nothing is opened but under broken glass, for which it need not be asked.
    let glasses = isFresh ? [] : await this.#glassesOf(actor);
    if (!isFresh && glasses.length === 0) throw new VaultStale('the vault is behind the log');
    const boxes = page.requests.map(({ box }) => readBox(box));
    const found = await keys.find(boxes.flatMap((box) => box?.header.keyId ?? []));
    const { organisation } = actor;
    const judge = () =>
      page.requests.map((request, nth) =>
        this.#judge(rule, request, boxes[nth], found, { organisation, isFresh, glasses }),
      );
    let judged = judge();
    // Everything acknowledged before this call is folded before anything authentic is refused.
    if (isFresh && judged.some(({ mayChange }) => mayChange)) {
      if (!(await follower.past(arrival, STALE_MS))) {
        throw new VaultStale('the vault is behind the log');
      }
      judged = judge();
    }
    if (isFresh && judged.some(({ item }) => item.outcome === 'restricted')) {
      glasses = await this.#glassesOf(actor);
      if (glasses.length > 0) judged = judge();
    }
    const entryId = await audit.commit({
      at: arrival,
      kind: 'reveal',
      asker: actor,
      purpose: page.purpose,
      page: page.page,
      about: page.about,
      items: judged.map(({ item }) => item),
    });
    await faults.reached('audit-committed');
    return { revealed: judged.map(answerOf), entryId };
  }

  #judge(
    rule: RevealRule,
    request: RevealRequest,
    box: Box | undefined,
    found: ReadonlyMap<string, DataKey>,
    { organisation, isFresh, glasses }: Footing,
  ): Judged {
    const key = box && found.get(box.header.keyId);
    if (!box || !key) return { item: { subjects: [], outcome: 'unreadable' } };
    // Without a secret nobody can say whether the header is true; the key itself is, and it is
    // erased.
    if (!key.secret) {
      const { erasures } = this.engines.fold;
      const item = { subjects: key.subjects, outcome: 'erased' } as const;
      return { item, ...erasures.erasedBy(organisation, key) };
    }
    if (!isAuthentic(box, key.secret)) return { item: { subjects: [], outcome: 'unreadable' } };
    const { eventId, eventType, streamId, field } = box.header;
    const origin = { eventId, eventType, streamId, field, subjects: key.subjects };
    const item = { eventId, field, line: request.line, subjects: key.subjects };
    const { fold } = this.engines;
    const decided = rule.decide(origin);
    const needed = isFresh ? fold.restrictedAbout(origin) : fold.familiesAbout(origin);
    const ground = decided === 'granted' && isFresh ? undefined : covering(glasses, needed);
    const outcome = decisionUnder(decided, isFresh, ground);
    if (outcome !== 'granted') return { item: { ...item, outcome }, mayChange: true };
    if (request.field !== field) return { item: { ...item, outcome: 'unreadable' } };
    if (!rule.isOnLine(origin, request.line)) {
      return { item: { ...item, outcome: 'unreadable' }, mayChange: true };
    }
    if (fold.erasures.hasLetGo(organisation, eventId, key)) {
      return {
        item: { ...item, outcome: 'erased' },
        ...fold.erasures.erasedBy(organisation, key),
      };
    }
    const onGround = ground ?? rule.groundOf(origin);
    const granted = { ...item, ...(onGround === undefined ? {} : { ground: onGround }), outcome };
    return { item: granted, box, key };
  }

  #ruleFor(actor: Actor, purpose: Purpose): RevealRule {
    const { fold } = this.engines;
    return {
      decide: (origin) => decide(fold, actor, purpose, origin),
      groundOf: (origin) => fold.groundToRead(actor, origin),
      isOnLine: (origin, line) => fold.isOnLine(origin, line),
    };
  }

  async #glassesOf({ id, recipient, role }: Actor): Promise<readonly KeptGlass[]> {
    if (!isHub(recipient) || !breakingGlass.includes(role)) return [];
    const { clock, glasses } = this.engines;
    return glasses.openFor(id, recipient, clock.now());
  }
}

/** What a judgement stands on beside the fold. */
interface Footing {
  /** Whose copies of it are asked for. */
  readonly organisation: string;
  readonly isFresh: boolean;
  /** What the asker may use. */
  readonly glasses: readonly KeptGlass[];
}

/** The grants that cover every one of the families, as a ground; undefined where one is not covered. */
function covering(glasses: readonly KeptGlass[], families: readonly string[]): string | undefined {
  const used = families.map((id) => glasses.find(({ familyId }) => familyId === id));
  const grounds = used.flatMap((glass) => (glass ? [groundOf(glass)] : []));
  const isCovered = families.length > 0 && grounds.length === families.length;
  return isCovered ? [...new Set(grounds)].join('+') : undefined;
}

/** Broken glass opens what is restricted, and what is not known to be the latest; nothing wider. */
function decisionUnder(decided: Decision, isFresh: boolean, ground: string | undefined): Decision {
  if (decided === 'not-entitled' || decided === 'confidential') return decided;
  if (ground !== undefined) return 'granted';
  return isFresh ? decided : 'not-entitled';
}

function answerOf({ item, box, key, erased }: Judged): Revealed {
  if (item.outcome === 'erased') return { withheld: 'erased', ...(erased ? { erased } : {}) };
  if (item.outcome !== 'granted') return { withheld: item.outcome };
  const text = box && key?.secret ? openBox(box, key.secret) : undefined;
  return text === undefined ? { withheld: 'unreadable' } : { text };
}
