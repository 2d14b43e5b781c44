import { PostgresRelayStore } from '../../apps/feed-relay/store/postgres-relay-store.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import { checkHistory } from './check-history.js';
import { withChangingAgreements } from './county/agreements.js';
import { historyOf } from './county/history.js';
import { withPast } from './county/past.js';
import { withSwitches } from './county/switches.js';
import { Tally } from './tally.js';

const COUNT = 50;
const AT_ONCE = 10;
const chunks = Array.from({ length: COUNT / AT_ONCE }, (_, nth) => {
  const from = 10_001 + nth * AT_ONCE;
  return [from, from + AT_ONCE - 1] as const;
});

describe('what each recipient is told, kept in PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it.each(chunks)(
    'keeps every invariant over the histories of seeds %i to %i',
    async (from, to) => {
      const pool = database.pool();
      const store = async () => {
        await pool.query('drop schema if exists relay cascade');
        return PostgresRelayStore.open(pool);
      };
      const tally = new Tally();
      for (let seed = from; seed <= to; seed += 1) {
        const agreed = withChangingAgreements(historyOf(seed), seed);
        const events = withPast(withSwitches(agreed, seed), seed);
        await checkHistory(events, seed, tally, { store });
      }
      expect(tally.counts.kills).toBeGreaterThan(0);
    },
    300_000,
  );
});
