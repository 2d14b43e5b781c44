import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { MemoryProjectionStore } from '@common-thread/adapters/memory/projection-store';
import fc from 'fast-check';
import { keepsTheLaws } from '../../test/feeds/projection-laws.js';
import { steps } from '../../test/feeds/random-feed.js';
import { readModels } from './projections.js';

const open = async () => ({ inbox: new MemoryInbox(), store: new MemoryProjectionStore() });

describe('every read model of this agency', () => {
  it('is what is folded from redacted pages, folded twice or once, rebuilt or not', () =>
    fc.assert(
      fc.asyncProperty(steps, (taken) =>
        keepsTheLaws('fairholme-hub.safeguarding-hub', readModels, taken, open),
      ),
      { numRuns: 100 },
    ));
});
