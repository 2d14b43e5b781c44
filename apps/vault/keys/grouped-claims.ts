import type { IndexRow } from '../blind-index/index-row.js';
import type { KeyStore, StoredKey } from './key-store.js';
import { placeName } from './key-store.js';

interface Waiting {
  readonly candidates: readonly StoredKey[];
  readonly rows: readonly IndexRow[];
  readonly resolve: (held: ReadonlyMap<string, StoredKey>) => void;
  readonly reject: (reason: unknown) => void;
}

/** Keys and rows in one statement; more wait for the next. */
const GROUP_MAX = 1_000;

/**
 * Claims that arrive while one is being stored are stored together by the next, so that many
 * writers at once cost few commits; a claim that arrives alone goes at once.
 */
export class GroupedClaims {
  #waiting: Waiting[] = [];
  #storing = false;

  constructor(private readonly store: KeyStore) {}

  /** The keys that hold the places of the candidates, by `placeName`. */
  claim(
    candidates: readonly StoredKey[],
    rows: readonly IndexRow[],
  ): Promise<ReadonlyMap<string, StoredKey>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ candidates, rows, resolve, reject });
      if (!this.#storing) void this.#storeAll();
    });
  }

  async #storeAll(): Promise<void> {
    this.#storing = true;
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup();
      try {
        const held = await this.store.claim(
          distinct(group, (w) => w.candidates, placeName),
          distinct(group, (w) => w.rows, rowName),
        );
        const byPlace = new Map(held.map((key) => [placeName(key), key]));
        for (const { resolve } of group) resolve(byPlace);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#storing = false;
  }

  #nextGroup(): Waiting[] {
    let size = 0;
    let members = 0;
    for (const { candidates, rows } of this.#waiting) {
      size += candidates.length + rows.length;
      if (members > 0 && size > GROUP_MAX) break;
      members += 1;
    }
    return this.#waiting.splice(0, members);
  }
}

/** Two tries of one command may ask for the same place at once: it is stored once. */
function distinct<Item>(
  group: readonly Waiting[],
  itemsOf: (waiting: Waiting) => readonly Item[],
  nameOf: (item: Item) => string,
): Item[] {
  return [...new Map(group.flatMap(itemsOf).map((item) => [nameOf(item), item])).values()];
}

function rowName(row: IndexRow): string {
  return `${row.personId}/${row.eventId}/${row.kind}`;
}
