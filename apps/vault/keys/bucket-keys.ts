import { randomBytes } from 'node:crypto';
import { BUCKETS } from './master-key.js';

const KEY_BYTES = 32;
/** Bucket (2 bytes), version (4), key (32). */
const RECORD_BYTES = 2 + 4 + KEY_BYTES;

/** The versions of one bucket's key, oldest first; the last is current. */
type Versions = { readonly version: number; readonly key: Buffer }[];

/** Every bucket key, in memory. */
export class BucketKeys {
  private constructor(private readonly buckets: readonly Versions[]) {}

  static fresh(): BucketKeys {
    const keys = randomBytes(BUCKETS * KEY_BYTES);
    const keyOf = (bucket: number) =>
      Buffer.from(keys.subarray(bucket * KEY_BYTES, (bucket + 1) * KEY_BYTES));
    return new BucketKeys(
      Array.from({ length: BUCKETS }, (_, bucket) => [{ version: 1, key: keyOf(bucket) }]),
    );
  }

  /** @throws RangeError where the bytes are not what `toBytes` writes */
  static fromBytes(bytes: Buffer): BucketKeys {
    if (bytes.length % RECORD_BYTES !== 0) throw new RangeError('not whole bucket keys');
    const buckets: Versions[] = Array.from({ length: BUCKETS }, () => []);
    for (let at = 0; at < bytes.length; at += RECORD_BYTES) {
      const versions = buckets[bytes.readUInt16BE(at)];
      if (!versions) throw new RangeError('a bucket out of range');
      const key = Buffer.from(bytes.subarray(at + 6, at + RECORD_BYTES));
      versions.push({ version: bytes.readUInt32BE(at + 2), key });
    }
    if (buckets.some((versions) => versions.length === 0))
      throw new RangeError('a bucket without a key');
    return new BucketKeys(buckets);
  }

  toBytes(): Buffer {
    return Buffer.concat(
      this.buckets.flatMap((versions, bucket) =>
        versions.map(({ version, key }) => {
          const head = Buffer.alloc(6);
          head.writeUInt16BE(bucket, 0);
          head.writeUInt32BE(version, 2);
          return Buffer.concat([head, key]);
        }),
      ),
    );
  }

  current(bucket: number): { readonly version: number; readonly key: Buffer } {
    return this.#versionsOf(bucket).at(-1)!;
  }

  find(bucket: number, version: number): Buffer | undefined {
    return this.#versionsOf(bucket).find((held) => held.version === version)?.key;
  }

  currentVersions(): number[] {
    return this.buckets.map((versions) => versions.at(-1)!.version);
  }

  versionsOf(bucket: number): number[] {
    return this.#versionsOf(bucket).map(({ version }) => version);
  }

  /** With one more version of a bucket's key, which is then current. */
  rotated(bucket: number): BucketKeys {
    const added = { version: this.current(bucket).version + 1, key: randomBytes(KEY_BYTES) };
    return this.#with(bucket, [...this.#versionsOf(bucket), added]);
  }

  /**
   * Without one version. @throws RangeError for the current one: its bucket could not be used
   * again
   */
  without(bucket: number, version: number): BucketKeys {
    if (this.current(bucket).version === version) {
      throw new RangeError(`version ${version} of bucket ${bucket} is current: rotate it first`);
    }
    return this.#with(
      bucket,
      this.#versionsOf(bucket).filter((held) => held.version !== version),
    );
  }

  #versionsOf(bucket: number): Versions {
    const versions = this.buckets[bucket];
    if (!versions) throw new RangeError(`there is no bucket ${bucket}`);
    return versions;
  }

  #with(bucket: number, versions: Versions): BucketKeys {
    return new BucketKeys(this.buckets.map((held, at) => (at === bucket ? versions : held)));
  }
}
