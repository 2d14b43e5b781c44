import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import { householdHistory } from '../../apps/safeguarding-hub/household-history/projection.js';

/* Rebuilds the household history in a process of its own, and says its memory with every batch. */
const [url = '', schema = ''] = process.argv.slice(2);
const pool = createPool({ url, applicationName: 'rebuilding', statementTimeoutMs: 0 });
const store = new PostgresProjectionStore(pool, schema);
await store.prepare(householdHistory);
await store.beginBuilding(householdHistory, true);
await new ProjectionRunner(
  new PostgresInbox(pool, schema),
  store,
  householdHistory,
  'building',
).catchUp({
  onAdvanced: (folded) => {
    const megabytes = process.memoryUsage.rss() / 1024 / 1024;
    process.stdout.write(`${JSON.stringify({ folded, megabytes })}\n`);
  },
});
await pool.end();
