import type { IndexRow } from '../blind-index/index-row.js';

/**
 * Where a data key belongs: retention differs by all three, and a place has one living key at
 * most.
 */
export interface KeyPlace {
  /**
   * Whose, or what's: `subject/<id>`; `text/<event id>/<hash>` for a text about several;
   * `service/<name>`.
   */
  readonly slot: string;
  readonly recordClass: string;
  /** Organisation that controls the record. */
  readonly controller: string;
  /** Whose bucket keys wrap it; any one of them opens it. */
  readonly subjects: readonly string[];
  /** RFC 3339 UTC instant at which it dies by itself. */
  readonly expiresAt?: string;
}

/** A data key as one subject's bucket key wraps it. */
export interface KeyWrap {
  readonly subject: string;
  readonly bucket: number;
  readonly bucketVersion: number;
  readonly wrapped: Buffer;
}

export interface StoredKey extends KeyPlace {
  readonly keyId: string;
  /** Those left: none once the key has been erased. */
  readonly wraps: readonly KeyWrap[];
  readonly erased: boolean;
}

/** Keeps wrapped data keys; knows no key in clear. */
export abstract class KeyStore {
  /**
   * Stores each candidate whose place is free and every index row, all or nothing, and answers
   * with the key that now holds each place, in no order. A place that somebody else was taking at
   * that instant may be left out: ask again. Durable once it resolves.
   * @throws StaleBucketKey where a wrap names a bucket key that has been destroyed
   */
  abstract claim(
    candidates: readonly StoredKey[],
    rows: readonly IndexRow[],
  ): Promise<readonly StoredKey[]>;

  /** Those that exist, erased ones included, in no order. */
  abstract read(keyIds: readonly string[]): Promise<readonly StoredKey[]>;

  /**
   * Destroys every wrap of these keys and frees their places. Gives the ids of those that lived.
   */
  abstract erase(keyIds: readonly string[]): Promise<readonly string[]>;

  /** Erases the keys whose time has come, `limit` at most. Gives their ids. */
  abstract eraseExpired(now: Date, limit: number): Promise<readonly string[]>;
}

/** Another process has rotated the bucket: look at the bucket keys again and wrap anew. */
export class StaleBucketKey extends Error {
  override readonly name = 'StaleBucketKey';
}

/** One name for a place. */
export function placeName(place: KeyPlace): string {
  return `${place.recordClass}\n${place.controller}\n${place.slot}`;
}
