import { BucketKeys } from './bucket-keys.js';
import { HeldMasterKey } from './held-master-key.js';

/** Bucket keys that end with the process, for tests. */
export class MemoryMasterKey extends HeldMasterKey {
  constructor() {
    super(BucketKeys.fresh());
  }

  async refresh(): Promise<void> {
    return undefined;
  }

  protected async change(change: (keys: BucketKeys) => BucketKeys): Promise<void> {
    this.keys = change(this.keys);
  }
}
