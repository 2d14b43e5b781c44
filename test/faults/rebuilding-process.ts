import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { rebuild, RebuildPaused } from '@common-thread/projecting/rebuild';
import { trialModel } from '../feeds/trial-model.js';

/*
 * A rebuild in a process of its own, for a test to kill: asks before every batch but the first and goes
 * on with each line it is given, says every row folded to, and what came of it.
 */
const [url = '', schema = ''] = process.argv.slice(2);
const pool = createPool({ url, applicationName: 'rebuilding' });
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
const lines = createInterface({ input: process.stdin });
const say = (told: object) => process.stdout.write(`${JSON.stringify(told)}\n`);
try {
  const outcome = await rebuild(
    new PostgresInbox(pool, schema),
    new PostgresProjectionStore(pool, schema),
    trialModel(),
    {
      batchRows: 100,
      rowsPerSecondMax: 1,
      pause: async (_, signal) => {
        say({ asks: true });
        await once(lines, 'line', { signal }).catch(() => undefined);
      },
      signal: stopping.signal,
      onProgress: (folded) => say({ folded }),
    },
  );
  say({ switched: outcome.switched, differences: outcome.differences });
} catch (error) {
  if (!(error instanceof RebuildPaused)) throw error;
  say({ paused: error.sequence });
} finally {
  lines.close();
  process.stdin.destroy();
  await pool.end();
}
