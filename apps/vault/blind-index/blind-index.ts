import type { IndexKind, IndexRow } from './index-row.js';

/**
 * The rows by which people are found; they are written with the keys of what they were made from.
 */
export abstract class BlindIndex {
  /** Every row of every person who has a row with one of these hashes, in no order. */
  abstract rowsOfMatching(
    wanted: readonly { readonly kind: IndexKind; readonly mac: Buffer }[],
  ): Promise<readonly IndexRow[]>;
}
