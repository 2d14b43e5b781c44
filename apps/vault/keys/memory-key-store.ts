import type { IndexRow } from '../blind-index/index-row.js';
import type { KeyWrap, StoredKey } from './key-store.js';
import { KeyStore, placeName, StaleBucketKey } from './key-store.js';
import type {
  IdentifiedWrap,
  KeysProposed,
  KeysRetired,
  LivingHold,
  Shredding,
} from './shreddings.js';
import { doomedOf, unindexedBy } from './shreddings.js';

/** Keys in memory, for tests of what stands on a vault: they end with the process. */
export class MemoryKeyStore extends KeyStore {
  readonly #keys = new Map<string, StoredKey>();
  readonly #living = new Map<string, string>();
  readonly #rows = new Map<string, IndexRow>();
  readonly #retired = new Map<string, KeysRetired>();
  /** Who has let go of a subject’s wrap of a key. */
  readonly #released = new Map<string, Set<string>>();
  /** The oldest version of a bucket under which wraps are taken, where older ones were given up. */
  readonly #oldest = new Map<number, number>();
  #exclusive: Promise<unknown> = Promise.resolve();

  /** The index rows kept, in no order. */
  get rows(): readonly IndexRow[] {
    return [...this.#rows.values()];
  }

  async claim(
    candidates: readonly StoredKey[],
    rows: readonly IndexRow[],
  ): Promise<readonly StoredKey[]> {
    const isStale = ({ bucket, bucketVersion }: KeyWrap) =>
      bucketVersion < (this.#oldest.get(bucket) ?? 0);
    if (candidates.some(({ wraps }) => wraps.some(isStale))) {
      throw new StaleBucketKey('a bucket key has been rotated');
    }
    for (const row of rows) this.#rows.set(`${row.personId}/${row.eventId}/${row.kind}`, row);
    return candidates.map((candidate) => {
      const held = this.#keys.get(this.#living.get(placeName(candidate)) ?? '');
      if (held) return held;
      this.#keys.set(candidate.keyId, candidate);
      this.#living.set(placeName(candidate), candidate.keyId);
      return candidate;
    });
  }

  async read(keyIds: readonly string[]): Promise<readonly StoredKey[]> {
    return keyIds.flatMap((keyId) => this.#keys.get(keyId) ?? []);
  }

  async erase(keyIds: readonly string[]): Promise<readonly string[]> {
    const living = (await this.read(keyIds)).filter((key) => !key.erased);
    for (const key of living) {
      this.#keys.set(key.keyId, { ...key, wraps: [], erased: true });
      this.#living.delete(placeName(key));
    }
    return living.map((key) => key.keyId);
  }

  async eraseExpired(now: Date, limit: number): Promise<readonly string[]> {
    const expired = [...this.#keys.values()].filter(
      (key) => !key.erased && key.expiresAt !== undefined && new Date(key.expiresAt) <= now,
    );
    return this.erase(expired.slice(0, limit).map((key) => key.keyId));
  }

  async retire(proposed: KeysProposed, now: Date): Promise<KeysRetired> {
    const { proposalId, subjects, recordClasses } = proposed;
    const known = this.#retired.get(proposalId);
    if (known) return known;
    const keys = [...this.#keys.values()].filter(
      (key) =>
        !key.erased &&
        recordClasses.includes(key.recordClass) &&
        key.subjects.some((subject) => subjects.includes(subject)),
    );
    for (const key of keys) {
      this.#keys.set(key.keyId, { ...key, retiredFor: [...key.retiredFor, proposalId] });
      if (this.#living.get(placeName(key)) === key.keyId) this.#living.delete(placeName(key));
    }
    const keyIds = keys.map((key) => key.keyId);
    const retired = { retiredAt: now, keyIds, destroyed: 0 };
    this.#retired.set(proposalId, retired);
    return retired;
  }

  async living(subjects: readonly string[]): Promise<readonly LivingHold[]> {
    return [...this.#keys.values()].flatMap(({ keyId, recordClass, controller, wraps }) =>
      wraps
        .filter(({ subject }) => subjects.includes(subject))
        .map(({ subject }) => {
          const releasedBy = [...(this.#released.get(`${keyId}/${subject}`) ?? [])];
          return { keyId, recordClass, controller, subject, releasedBy };
        }),
    );
  }

  async exclusively(work: () => Promise<void>): Promise<void> {
    const turn = this.#exclusive.then(work);
    this.#exclusive = turn.catch(() => undefined);
    await turn;
  }

  async announce(): Promise<void> {
    return undefined;
  }

  async shred(shredding: Shredding): Promise<readonly string[]> {
    const { proposalId, subject, holder, bucket, version } = shredding;
    const retired = this.#retired.get(proposalId);
    const keys = (await this.read(retired?.keyIds ?? [])).filter(
      (key) => !key.erased && key.subjects.includes(subject),
    );
    const releasedBy = (keyId: string) => this.#released.get(`${keyId}/${subject}`) ?? new Set();
    for (const { keyId } of keys) {
      this.#released.set(`${keyId}/${subject}`, new Set([...releasedBy(keyId), holder]));
    }
    const died = doomedOf(keys, releasedBy, shredding);
    const doomed = new Set(died.map(({ keyId }) => keyId));
    const going = keys.filter(
      ({ keyId, wraps }) => doomed.has(keyId) && wraps.some((wrap) => wrap.subject === subject),
    );
    const survivors = [...this.#keys.values()].flatMap(({ keyId, wraps }) =>
      wraps
        .filter((wrap) => wrap.bucket === bucket && wrap.bucketVersion < version)
        .filter((wrap) => wrap.subject !== subject || !doomed.has(keyId))
        .map((wrap) => ({ ...wrap, keyId })),
    );
    const anew = await shredding.rewrap(survivors);
    for (const key of this.#keys.values()) {
      const wraps = key.wraps.flatMap((wrap) => this.#moved(wrap, key.keyId, shredding, anew));
      const left = wraps.filter((wrap) => wrap.subject !== subject || !doomed.has(key.keyId));
      this.#keys.set(key.keyId, { ...key, wraps: left, erased: key.erased || left.length === 0 });
    }
    if (doomed.size > 0) {
      const gone = unindexedBy(died, shredding.told);
      for (const [name, row] of this.#rows) {
        const isGone = gone.includes(row.eventId) || !shredding.known.includes(row.eventId);
        if (row.personId === subject && isGone) this.#rows.delete(name);
      }
    }
    if (retired) {
      const destroyed = retired.destroyed + going.length;
      this.#retired.set(proposalId, { ...retired, destroyed });
    }
    this.#oldest.set(bucket, version);
    return [...doomed];
  }

  async destroyed(proposalId: string, at: Date): Promise<void> {
    const retired = this.#retired.get(proposalId);
    if (retired) this.#retired.set(proposalId, { destroyedAt: at, ...retired });
  }

  #moved(
    wrap: KeyWrap,
    keyId: string,
    { bucket, version }: Shredding,
    anew: readonly IdentifiedWrap[],
  ): KeyWrap[] {
    if (wrap.bucket !== bucket || wrap.bucketVersion >= version) return [wrap];
    const moved = anew.find((each) => each.keyId === keyId && each.subject === wrap.subject);
    if (!moved) return [];
    const { keyId: _, ...left } = moved;
    return [left];
  }
}
