export const indexKinds = [
  'name-and-birth',
  /** With the given name: tells two children of one surname and birthday apart. */
  'full-name-and-birth',
  'nhs-number',
  'authority-child-id',
] as const;
/** What a row lets one find a person by. */
export type IndexKind = (typeof indexKinds)[number];

/**
 * One keyed hash of something identifying a person, as one event of that person's stream told it.
 */
export interface IndexRow {
  readonly kind: IndexKind;
  /**
   * HMAC-SHA256 of the normalised value: equal values give equal rows, and nothing else is told.
   */
  readonly mac: Buffer;
  /** Of the index key, which is changed yearly. */
  readonly keyVersion: number;
  readonly personId: string;
  readonly eventId: string;
}
