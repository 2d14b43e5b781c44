import type { IndexRow } from '../blind-index/index-row.js';
import type { KeysProposed, KeysRetired, LivingHold, Shredding } from './shreddings.js';

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
  /** Proposals for whose sake nothing more is sealed with it. */
  readonly retiredFor: readonly string[];
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

  /**
   * Frees the places of the keys that a proposal is about: they open, and nothing more is sealed with
   * them. Once for each proposal. Gives how far it has come.
   */
  abstract retire(proposed: KeysProposed, now: Date): Promise<KeysRetired>;

  /** Every key that still opens what is about these subjects, and who has let go of it; in no order. */
  abstract living(subjects: readonly string[]): Promise<readonly LivingHold[]>;

  /** One process at a time, of however many share the store. */
  abstract exclusively(work: () => Promise<void>): Promise<void>;

  /** Makes a bucket's coming version known, so that what is wrapped under it is not refused. */
  abstract announce(bucket: number, version: number): Promise<void>;

  /**
   * Ends one holder's holding of one subject: what nobody holds any more loses the subject's wrap, and its
   * index rows go; every wrap left in the bucket moves to its new version and older versions are given up.
   * All or nothing, and the same again where it was done. Gives the keys that died.
   */
  abstract shred(shredding: Shredding): Promise<readonly string[]>;

  /** Notes that the bucket keys of a proposal are gone. */
  abstract destroyed(proposalId: string, at: Date): Promise<void>;
}

/** Another process has rotated the bucket: look at the bucket keys again and wrap anew. */
export class StaleBucketKey extends Error {
  override readonly name = 'StaleBucketKey';
}

/** One name for a place. */
export function placeName(place: KeyPlace): string {
  return `${place.recordClass}\n${place.controller}\n${place.slot}`;
}
