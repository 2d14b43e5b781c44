import { RestrictionFold } from '@common-thread/disclosure/restriction-folds';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import type { RelayStore } from '../store/relay-store.js';
import { StoreUnavailable } from '../store/relay-store.js';

/** What the relay has committed of a family's restriction: it commits that with the rows that tell it. */
export class RelaysRestrictionFold extends RestrictionFold {
  constructor(private readonly store: RelayStore) {
    super();
  }

  async restrictionMark(familyId: string): Promise<string | undefined> {
    try {
      const [stream] = await this.store.streams([streamIdOf('restriction', familyId)]);
      return stream?.policy.ends.at(-1) ?? stream?.policy.begun;
    } catch (error) {
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    }
  }
}
