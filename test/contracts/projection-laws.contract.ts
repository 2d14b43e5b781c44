import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import fc from 'fast-check';
import { readModels as centreModels } from '../../apps/childrens-centre/projections.js';
import { readModels as healthModels } from '../../apps/health-visiting/projections.js';
import { readModels as hubModels } from '../../apps/safeguarding-hub/projections.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import { keepsTheLaws } from '../feeds/projection-laws.js';
import { steps } from '../feeds/random-feed.js';

/** The laws of every registered read model once more, in the store they are kept in. */
describe('on PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await freshDatabase()));
  afterAll(() => database.drop());

  let opened = 0;
  const open = async () => {
    opened += 1;
    const schema = `agency_laws_${opened}`;
    const pool = database.pool(2);
    return {
      inbox: new PostgresInbox(pool, schema),
      store: new PostgresProjectionStore(pool, schema),
    };
  };

  it.each([
    ['fairholme-hub.safeguarding-hub', hubModels],
    ['larkfield-centres.childrens-centre', centreModels],
    ['fairholme-health.health-visiting', healthModels],
  ])('every read model of %s keeps the laws', (recipient, readModels) =>
    fc.assert(
      fc.asyncProperty(steps, (taken) => keepsTheLaws(recipient, readModels, taken, open)),
      { numRuns: 4 },
    ),
  );
});
