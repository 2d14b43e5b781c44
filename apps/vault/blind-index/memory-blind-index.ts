import type { MemoryKeyStore } from '../keys/memory-key-store.js';
import { BlindIndex } from './blind-index.js';
import type { IndexKind, IndexRow } from './index-row.js';

/** The rows that a key store in memory holds, for tests of what stands on a vault. */
export class MemoryBlindIndex extends BlindIndex {
  constructor(private readonly store: MemoryKeyStore) {
    super();
  }

  async rowsOfMatching(
    wanted: readonly { readonly kind: IndexKind; readonly mac: Buffer }[],
  ): Promise<readonly IndexRow[]> {
    const people = new Set(
      this.store.rows
        .filter((row) => wanted.some(({ kind, mac }) => row.kind === kind && row.mac.equals(mac)))
        .map((row) => row.personId),
    );
    return this.store.rows.filter((row) => people.has(row.personId));
  }
}
