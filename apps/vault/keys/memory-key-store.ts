import type { IndexRow } from '../blind-index/index-row.js';
import type { StoredKey } from './key-store.js';
import { KeyStore, placeName } from './key-store.js';

/** Keys in memory, for tests of what stands on a vault: they end with the process. */
export class MemoryKeyStore extends KeyStore {
  readonly #keys = new Map<string, StoredKey>();
  readonly #living = new Map<string, string>();
  readonly #rows = new Map<string, IndexRow>();

  /** The index rows kept, in no order. */
  get rows(): readonly IndexRow[] {
    return [...this.#rows.values()];
  }

  async claim(
    candidates: readonly StoredKey[],
    rows: readonly IndexRow[],
  ): Promise<readonly StoredKey[]> {
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
}
