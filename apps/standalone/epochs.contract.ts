import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { createLogSchema } from '@common-thread/adapters/postgres/event-log-schema';
import type { Pool } from 'pg';
import type { TestDatabase } from '../../test/engines/postgres.js';
import { freshDatabase } from '../../test/engines/postgres.js';
import { epochsInWords, NotMoved, openNextEpoch } from './epochs.js';

describe('after a restore the operator', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeEach(async () => {
    database = await freshDatabase();
    pool = database.pool();
    await createLogSchema(pool);
  });
  afterEach(() => database.drop());

  /** As a dump restored elsewhere finds itself: its last epoch was opened in another cluster. */
  const moved = () => pool.query(`update log.epochs set cluster = 'another/1/00000001'`);

  it('opens an epoch, and the log that was refused can be opened', async () => {
    await moved();
    await expect(PostgresEventLog.open({ url: database.url })).rejects.toThrow(/open a new epoch/);
    const reason = 'restored from the dump of 3 March';
    expect(await openNextEpoch(pool, { reason })).toBe(2);
    const log = await PostgresEventLog.open({ url: database.url });
    await log.close();
    expect(await epochsInWords(pool)).toEqual([
      expect.stringMatching(/^1 {2}\S+ {2}created {2}\(elsewhere\)$/),
      expect.stringMatching(/^2 {2}\S+ {2}restored from the dump of 3 March {2}\(here\)$/),
    ]);
  });

  it('is told where nothing was restored, and opens none', async () => {
    await expect(openNextEpoch(pool, { reason: 'by mistake' })).rejects.toThrow(NotMoved);
    expect(await epochsInWords(pool)).toHaveLength(1);
  });

  it('opens one where the log has stayed and events were imported into it', async () => {
    expect(await openNextEpoch(pool, { reason: 'imported', imported: true })).toBe(2);
  });
});
