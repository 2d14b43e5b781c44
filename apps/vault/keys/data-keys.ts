import { randomBytes, randomUUID } from 'node:crypto';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { IndexRow } from '../blind-index/index-row.js';
import type { FaultPoints } from '../fault-points.js';
import { BoundedCache } from './bounded-cache.js';
import { GroupedClaims } from './grouped-claims.js';
import type { KeyPlace, KeyStore, StoredKey } from './key-store.js';
import { placeName, StaleBucketKey } from './key-store.js';
import type { MasterKey } from './master-key.js';
import { unwrapKeys, wrapKeys } from './wrapped-keys.js';

/** A data key; what it sealed is erased where its secret is gone. */
export interface DataKey extends Omit<KeyPlace, 'slot'> {
  readonly keyId: string;
  /** 256 bits, never written; absent once no wrap is left to open. */
  readonly secret?: Buffer;
  /** Proposals for whose sake nothing more is sealed with it. */
  readonly retiredFor: readonly string[];
}

export type LivingKey = DataKey & { readonly secret: Buffer };

export interface DataKeysOptions {
  readonly store: KeyStore;
  readonly masterKey: MasterKey;
  readonly faults: FaultPoints;
  /** Unwrapped keys kept in memory; default 20,000, about 10 MB. */
  readonly cachedMax?: number;
  /** Whether it would have been told by now of a key that was retired; always where it is left out. */
  readonly trustsPlaces?: () => boolean;
}

const KEY_BYTES = 32;
/**
 * A place that somebody else is taking can be read one statement later; more tries mean trouble.
 */
const TRIES_MAX = 5;
const ERASED_AT_ONCE_MAX = 500;

/** Finds and makes data keys. A key is durable in the store before anybody is given it. */
export class DataKeys {
  readonly #byId: BoundedCache<string, LivingKey & { readonly place: string }>;
  readonly #idByPlace: BoundedCache<string, string>;
  readonly #retired = new Set<string>();
  readonly #claims: GroupedClaims;

  constructor(private readonly options: DataKeysOptions) {
    const cachedMax = options.cachedMax ?? 20_000;
    this.#byId = new BoundedCache(cachedMax);
    this.#idByPlace = new BoundedCache(cachedMax);
    this.#claims = new GroupedClaims(options.store);
  }

  /**
   * The living key of each place, in order, made where there is none; `rows` are stored in the
   * same transaction. One round trip, or none where every key is warm and there are no rows.
   * @throws VaultUnavailable
   */
  async ensure(places: readonly KeyPlace[], rows: readonly IndexRow[] = []): Promise<LivingKey[]> {
    const names = places.map(placeName);
    const found = new Map<string, LivingKey>();
    let unstored = rows;
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      for (const name of names) {
        const held = this.#warm(name);
        if (held) found.set(name, held);
      }
      const missing = new Map(places.map((place, nth) => [names[nth]!, place]));
      for (const name of found.keys()) missing.delete(name);
      if (missing.size === 0 && unstored.length === 0) {
        return names.map((name) => found.get(name)!);
      }
      const claimed = await this.#claim([...missing.values()], unstored);
      if (!claimed) continue;
      unstored = [];
      for (const [name, key] of claimed) found.set(name, key);
    }
    throw new VaultUnavailable('a key could not be made');
  }

  /** Those of the keys that were ever made, erased ones included. @throws VaultUnavailable */
  async find(keyIds: Iterable<string>): Promise<ReadonlyMap<string, DataKey>> {
    const found = new Map<string, DataKey>();
    const missing: string[] = [];
    for (const keyId of new Set(keyIds)) {
      const held = this.#byId.get(keyId);
      if (held) found.set(keyId, held);
      else missing.push(keyId);
    }
    if (missing.length === 0) return found;
    const stored = await reaching(() => this.options.store.read(missing));
    for (const key of await reaching(() => unwrapKeys(this.options.masterKey, stored))) {
      found.set(key.keyId, this.#remember(key));
    }
    return found;
  }

  /** Destroys keys, here and in the store; their places are free. @throws VaultUnavailable */
  async erase(keyIds: readonly string[]): Promise<void> {
    await reaching(() => this.options.store.erase(keyIds));
    this.#forget(keyIds);
  }

  /** Destroys the keys whose time has come. Gives how many. @throws VaultUnavailable */
  async eraseExpired(now: Date): Promise<number> {
    for (let erased = 0; ;) {
      const { store } = this.options;
      const keyIds = await reaching(() => store.eraseExpired(now, ERASED_AT_ONCE_MAX));
      this.#forget(keyIds);
      erased += keyIds.length;
      if (keyIds.length < ERASED_AT_ONCE_MAX) return erased;
    }
  }

  /** Seals nothing more with these keys, and reads them anew before it opens anything with one. */
  retire(keyIds: readonly string[]): void {
    for (const keyId of keyIds) this.#retired.add(keyId);
    this.#forget(keyIds);
  }

  #warm(place: string): LivingKey | undefined {
    const keyId = this.#idByPlace.get(place);
    if (keyId === undefined || this.#retired.has(keyId)) return undefined;
    return this.options.trustsPlaces?.() === false ? undefined : this.#byId.get(keyId);
  }

  #remember(key: DataKey & { readonly slot: string }): DataKey {
    const { secret } = key;
    if (secret) this.#byId.set(key.keyId, { ...key, secret, place: placeName(key) });
    return key;
  }

  #forget(keyIds: readonly string[]): void {
    for (const keyId of keyIds) {
      const held = this.#byId.get(keyId);
      this.#byId.delete(keyId);
      if (held) this.#idByPlace.delete(held.place);
    }
  }

  /** Undefined where nothing was stored because the bucket keys in memory were out of date. */
  async #claim(
    places: readonly KeyPlace[],
    rows: readonly IndexRow[],
  ): Promise<ReadonlyMap<string, LivingKey> | undefined> {
    const { faults, masterKey } = this.options;
    const made = places.map((place) => ({
      ...place,
      keyId: randomUUID(),
      secret: randomBytes(KEY_BYTES),
      retiredFor: [],
    }));
    const candidates = await reaching(() => wrapKeys(masterKey, made));
    await faults.reached('before-keys-stored');
    const held = await this.#store(candidates, rows);
    if (!held) return undefined;
    await faults.reached('keys-stored');
    const ours = new Map<string, LivingKey>(made.map((key) => [key.keyId, key]));
    const theirs: StoredKey[] = [];
    const living = new Map<string, LivingKey>();
    for (const place of places) {
      const stored = held.get(placeName(place));
      const own = stored && ours.get(stored.keyId);
      if (own) living.set(placeName(place), own);
      else if (stored) theirs.push(stored);
    }
    const unwrapped = await reaching(() => unwrapKeys(masterKey, theirs));
    for (const key of unwrapped) {
      const { secret } = key;
      if (secret) living.set(placeName(key), { ...key, secret });
    }
    // Its wraps are there and no bucket key opens them any more: an older database beside newer
    // keys.
    const dead = unwrapped.filter((key) => !key.secret).map((key) => key.keyId);
    if (dead.length > 0) await this.erase(dead);
    for (const [place, key] of living) {
      this.#byId.set(key.keyId, { ...key, place });
      this.#idByPlace.set(place, key.keyId);
    }
    return living;
  }

  async #store(
    candidates: readonly StoredKey[],
    rows: readonly IndexRow[],
  ): Promise<ReadonlyMap<string, StoredKey> | undefined> {
    try {
      return await this.#claims.claim(candidates, rows);
    } catch (error) {
      if (!(error instanceof StaleBucketKey)) throw unavailable(error);
      await reaching(() => this.options.masterKey.refresh());
      return undefined;
    }
  }
}

async function reaching<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(cause: unknown): VaultUnavailable {
  return new VaultUnavailable('the keys cannot be reached', { cause });
}
