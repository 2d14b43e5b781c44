import { NarrowingFold } from '@common-thread/disclosure/narrowing-folds';
import type { RelayStore } from '../store/relay-store.js';
import { StoreUnavailable } from '../store/relay-store.js';

/** What the relay has committed of what narrows a stream: it commits that with the rows that tell it. */
export class RelaysNarrowingFold extends NarrowingFold {
  constructor(private readonly store: RelayStore) {
    super();
  }

  async markOf(streamId: string): Promise<string | undefined> {
    try {
      const [stream] = await this.store.streams([streamId]);
      return stream?.policy.ends.at(-1) ?? stream?.policy.begun;
    } catch (error) {
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    }
  }
}
