import type { BucketKeys } from './bucket-keys.js';
import { unwrapBytes, wrapBytes } from './key-wrapping.js';
import type { BucketVersion, UnwrapRequest, WrapRequest, Wrapped } from './master-key.js';
import { MasterKey, MasterKeyMismatch } from './master-key.js';

/**
 * A master key whose bucket keys are in this process's memory; where they are kept is for others
 * to say.
 */
export abstract class HeldMasterKey extends MasterKey {
  protected constructor(protected keys: BucketKeys) {
    super();
  }

  /** Applies a change to the keys as they are kept now; durable when it resolves. */
  protected abstract change(change: (keys: BucketKeys) => BucketKeys): Promise<void>;

  async wrap(requests: readonly WrapRequest[]): Promise<readonly Wrapped[]> {
    return requests.map(({ bucket, context, secret }) => {
      const { version, key } = this.keys.current(bucket);
      const wrapped = wrapBytes(key, secret, contextOf(bucket, version, context));
      return { bucketVersion: version, wrapped };
    });
  }

  async unwrap(requests: readonly UnwrapRequest[]): Promise<readonly (Buffer | undefined)[]> {
    const isUnknown = requests.some((r) => !this.keys.find(r.bucket, r.bucketVersion));
    if (isUnknown) await this.refresh();
    return requests.map(({ bucket, bucketVersion, context, wrapped }) => {
      const key = this.keys.find(bucket, bucketVersion);
      if (!key) return undefined;
      const secret = unwrapBytes(key, wrapped, contextOf(bucket, bucketVersion, context));
      if (secret) return secret;
      throw new MasterKeyMismatch(
        'The bucket keys are not the ones this database was sealed with. Restore the directory of ' +
          'bucket keys that belongs to it.',
      );
    });
  }

  async rotate(bucket: number): Promise<number> {
    await this.change((keys) => keys.rotated(bucket));
    return this.keys.current(bucket).version;
  }

  async destroy({ bucket, version }: BucketVersion): Promise<void> {
    await this.change((keys) => keys.without(bucket, version));
  }

  async versionsOf(bucket: number): Promise<readonly number[]> {
    return this.keys.versionsOf(bucket);
  }

  async currentVersions(): Promise<readonly number[]> {
    return this.keys.currentVersions();
  }
}

function contextOf(bucket: number, version: number, context: string): string {
  return `${bucket}/${version}/${context}`;
}
