import type { Pool } from 'pg';
import { Relay } from '../../apps/feed-relay/relay/relay.js';
import { saltsFrom } from '../../apps/feed-relay/relay/salts.js';
import { PostgresRelayStore } from '../../apps/feed-relay/store/postgres-relay-store.js';
import { StoreUnavailable } from '../../apps/feed-relay/store/relay-store.js';
import { logOf, stored } from '../disclosure/county/happening.js';
import { historyOf } from '../disclosure/county/history.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';

describe('the record of disclosure in PostgreSQL', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await freshDatabase();
    pool = database.pool();
    const store = await PostgresRelayStore.open(pool);
    const relay = new Relay(store, { saltOf: saltsFrom('a secret of the tests') });
    await relay.takeOver();
    await relay.handle(logOf(historyOf(1)).events.map(stored));
  });
  afterAll(() => database.drop());

  it.each([
    ['a row is deleted', 'delete from relay.feed_rows where sequence = 1'],
    ['all rows are', 'truncate relay.feed_rows'],
    ['an envelope is changed', `update relay.feed_rows set envelope = '{}' where sequence = 1`],
    ['a hash is changed', `update relay.feed_rows set hash = 'x' where sequence = 1`],
    ['a body is changed', `update relay.feed_rows set body = '{}' where sequence = 1`],
    ['a sequence is changed', 'update relay.feed_rows set sequence = -1 where sequence = 1'],
    ['a grade is changed', `update relay.feed_rows set grade = 'content' where sequence = 1`],
    [
      'a withdrawal is named anew',
      `update relay.feed_rows set withdrawn_by = gen_random_uuid(), body = null
       where withdrawn_by is not null`,
    ],
    [
      'a withdrawn row gets a body again',
      `update relay.feed_rows set body = '{}' where withdrawn_by is not null`,
    ],
  ])('holds when %s', async (_, statement) => {
    await expect(pool.query(statement)).rejects.toThrow('what was told is never changed');
  });

  it('may lose a body', async () => {
    const taken = await pool.query(
      `update relay.feed_rows set body = null, withdrawn_by = gen_random_uuid()
       where sequence = 1 and recipient = (select min(recipient) from relay.feed_rows)`,
    );
    expect(taken.rowCount).toBe(1);
  });

  it('is made once, whoever starts at the same time', async () => {
    await Promise.all([1, 2, 3].map(() => PostgresRelayStore.open(pool)));
    const { rows } = await pool.query<{ count: string }>('select count(*) from relay.checkpoint');
    expect(rows).toEqual([{ count: '1' }]);
  });

  it('says by its own name that it cannot be reached', async () => {
    const gone = database.pool(1);
    const store = await PostgresRelayStore.open(gone);
    await gone.end();
    await expect(store.page('any.safeguarding-hub', 0, 1)).rejects.toThrow(StoreUnavailable);
    await expect(store.takeOver()).rejects.toThrow(StoreUnavailable);
  });
});
