import { Command } from 'commander';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { Environment } from '@common-thread/platform/environment';
import type { Pool } from 'pg';
import { standaloneConfiguration } from './configuration.js';
import { joinServer } from './engines.js';
import type { Opening } from './epochs.js';
import { epochsInWords, openNextEpoch } from './epochs.js';
import { runCommandLine } from './terminal.js';

/*
 * `npm run epoch -- open --reason <words>` after a restore, a promotion or an import, before anything is
 * started; `npm run epoch -- list`. The log is the one at COMMON_THREAD_EVENT_LOG, else the one in the
 * data directory.
 */
const program = new Command('epoch')
  .description(
    'Open a new epoch of the event log after it was restored, promoted or imported into.',
  )
  .exitOverride();
program
  .command('open')
  .requiredOption('--reason <words>', 'what was done, such as "restored from the dump of 3 March"')
  .option('--imported', 'open one though the log has not moved: events were imported into it')
  .exitOverride()
  .action((opening: Opening) =>
    onLog(async (pool) => {
      const epoch = await openNextEpoch(pool, opening);
      say(`Epoch ${epoch} is open: ${opening.reason}. Start the apps now.`);
    }),
  );
program
  .command('list')
  .exitOverride()
  .action(() => onLog(async (pool) => (await epochsInWords(pool)).forEach(say)));

async function onLog(work: (pool: Pool) => Promise<void>): Promise<void> {
  const environment = new Environment();
  const server =
    environment.optional('COMMON_THREAD_EVENT_LOG') === undefined
      ? await joinServer(standaloneConfiguration(environment).dataDirectory)
      : {
          url: environment.engine('COMMON_THREAD_EVENT_LOG', ['postgres', 'postgresql']),
          stop: async () => undefined,
        };
  const pool = createPool({ url: server.url, applicationName: 'epoch', max: 1 });
  try {
    await work(pool);
  } finally {
    await pool.end();
    await server.stop();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommandLine(program);
