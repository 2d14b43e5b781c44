import { createHash } from 'node:crypto';

/** Bucket keys there are; a subject belongs to one of them by hash. */
export const BUCKETS = 16_384;

/** The bucket of a subject: the first 14 bits of its SHA-256. */
export function bucketOf(subject: string): number {
  return createHash('sha256').update(subject).digest().readUInt16BE(0) >>> 2;
}

export interface WrapRequest {
  readonly bucket: number;
  /** What the wrapped secret is for; it unwraps in the same context only. */
  readonly context: string;
  readonly secret: Buffer;
}

export interface Wrapped {
  readonly bucketVersion: number;
  readonly wrapped: Buffer;
}

export interface UnwrapRequest extends Wrapped {
  readonly bucket: number;
  readonly context: string;
}

export interface BucketVersion {
  readonly bucket: number;
  readonly version: number;
}

/**
 * The keys above all others: 16,384 bucket keys, each in one or more versions, which never leave
 * it. They live outside PostgreSQL, so that whoever holds the database holds nothing that opens
 * it, and each can be destroyed alone, so that erasing one child costs re-wrapping one bucket.
 * Guarantees:
 * - a bucket key is durable before anything is wrapped under it;
 * - `destroy` resolves once the version is gone for good; nothing brings it back.
 */
export abstract class MasterKey {
  /** Wraps each secret under its bucket's current key. @throws MasterKeyUnavailable */
  abstract wrap(requests: readonly WrapRequest[]): Promise<readonly Wrapped[]>;
  /**
   * Undefined where the version has been destroyed.
   * @throws MasterKeyMismatch where it was wrapped by other bucket keys or in another context
   * @throws MasterKeyUnavailable
   */
  abstract unwrap(requests: readonly UnwrapRequest[]): Promise<readonly (Buffer | undefined)[]>;
  /** A new version, current from now on; older ones still unwrap. Gives its number. */
  abstract rotate(bucket: number): Promise<number>;
  /** Ends a version that is no longer current. */
  abstract destroy(key: BucketVersion): Promise<void>;
  /** The versions of a bucket that unwrap still, oldest first. */
  abstract versionsOf(bucket: number): Promise<readonly number[]>;
  /** The version of every bucket that wraps now, in order of bucket. */
  abstract currentVersions(): Promise<readonly number[]>;
  /** Looks again at what another process may have rotated. */
  abstract refresh(): Promise<void>;
}

export class MasterKeyUnavailable extends Error {
  override readonly name = 'MasterKeyUnavailable';
}

/** These are not the bucket keys that this was wrapped with. */
export class MasterKeyMismatch extends Error {
  override readonly name = 'MasterKeyMismatch';
}
