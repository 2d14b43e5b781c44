import { randomUUID } from 'node:crypto';
import type { Actor } from '@common-thread/platform/actor';
import type { Audit } from '../audit/audit.js';
import type { Box } from '../boxes/box.js';
import { isAuthentic, openBox, readBox, sealBox } from '../boxes/box.js';
import type { Clock } from '../clock.js';
import type { DataKeys, LivingKey } from '../keys/data-keys.js';

const DRAFT = 'draft';
const KEPT_MS = 30 * 86_400_000;

/** Whose draft it is and of which form. */
export interface DraftOwner {
  /** Opaque id: the `sub` of the owner's tokens. */
  readonly ownerId: string;
  /** The form and its version by its stable name. */
  readonly form: string;
}

/**
 * What somebody typed and has not sent. Each draft has a key of its own, wrapped for its owner, so
 * that sending one ends that one; it ends by itself after 30 days.
 */
export class Drafts {
  constructor(
    private readonly engines: {
      readonly keys: DataKeys;
      readonly audit: Audit;
      readonly clock: Clock;
    },
  ) {}

  /** @throws VaultUnavailable: nothing is kept */
  async seal(organisation: string, { ownerId, form }: DraftOwner, text: string): Promise<string> {
    const { clock, keys } = this.engines;
    const draftId = randomUUID();
    const [key] = await keys.ensure([
      {
        slot: `draft/${draftId}`,
        recordClass: DRAFT,
        controller: organisation,
        subjects: [ownerId],
        expiresAt: new Date(clock.now().getTime() + KEPT_MS).toISOString(),
      },
    ]);
    const header = {
      keyId: key!.keyId,
      eventId: draftId,
      eventType: DRAFT,
      streamId: `draft-${draftId}`,
      field: form,
      version: 1,
    };
    return sealBox(header, text, key!.secret);
  }

  /**
   * Undefined where it is not this owner's draft of this form, or no longer kept. @throws
   * VaultUnavailable
   */
  async open(asker: Actor, owner: DraftOwner, sealed: string): Promise<string | undefined> {
    const { audit, clock } = this.engines;
    const draft = await this.#find(asker.organisation, owner, sealed);
    if (!draft) return undefined;
    const entryId = await audit.commit({
      at: clock.now(),
      kind: 'draft',
      asker,
      purpose: 'draft',
      page: owner.form,
      about: [],
      items: [
        {
          eventId: draft.box.header.eventId,
          field: owner.form,
          subjects: [owner.ownerId],
          outcome: 'granted',
        },
      ],
    });
    const text = openBox(draft.box, draft.key.secret);
    audit.delivered(entryId);
    return text;
  }

  /**
   * Ends a draft; nothing happens where it is no draft of this owner's. @throws VaultUnavailable
   */
  async discard(organisation: string, owner: DraftOwner, sealed: string): Promise<void> {
    const draft = await this.#find(organisation, owner, sealed);
    if (draft) await this.engines.keys.erase([draft.key.keyId]);
  }

  async #find(
    organisation: string,
    { ownerId, form }: DraftOwner,
    sealed: string,
  ): Promise<{ readonly box: Box; readonly key: LivingKey } | undefined> {
    const box = readBox(sealed);
    if (box?.header.eventType !== DRAFT || box.header.field !== form) return undefined;
    const key = (await this.engines.keys.find([box.header.keyId])).get(box.header.keyId);
    const isTheirs =
      key?.recordClass === DRAFT &&
      key.controller === organisation &&
      key.subjects.includes(ownerId);
    const isKept =
      key?.expiresAt !== undefined && new Date(key.expiresAt) > this.engines.clock.now();
    if (!isTheirs || !isKept || !key.secret || !isAuthentic(box, key.secret)) {
      return undefined;
    }
    return { box, key: { ...key, secret: key.secret } };
  }
}
