import { Command } from 'commander';
import { EventStoreDbEventLog } from '@common-thread/adapters/eventstoredb/event-log';
import { hostsOf } from '@common-thread/adapters/eventstoredb/address';
import { EmbeddedPostgresInUse } from '@common-thread/adapters/postgres/embedded-owner';
import { ConfigurationError, Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import { isEventStoreDb, movedEventLogAddress } from '@common-thread/running/event-log';
import { standaloneConfiguration } from '../configuration.js';
import { startEngines } from '../engines.js';
import { ProgressLine } from '../seeding/progress-line.js';
import { ForeignEvents } from './import-events.js';
import { moveLog } from './move-log.js';
import { runCommandLine, wordsOf } from '../terminal.js';

/*
 * `npm run move -- --to <connection string>`: moves the event log of a stopped system out of its embedded
 * PostgreSQL. Stopped or killed, the same command goes on.
 */
const program = new Command('move')
  .description('Move the event log into EventStoreDB or KurrentDB.')
  .option('--to <connection string>', 'such as esdb://localhost:2113?tls=false')
  .exitOverride()
  .action(move);

const CONNECTIONS = 4;
/** How long a server that does not answer is waited for. */
const WAIT_MS = 30_000;

async function move(options: { readonly to?: string }): Promise<void> {
  const environment = new Environment();
  const to = addressOf(options.to ?? movedEventLogAddress(environment));
  const { dataDirectory, logLevel } = standaloneConfiguration(environment);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stopping.abort());
  }
  const line = new ProgressLine(process.stdout);
  const target = await EventStoreDbEventLog.open({
    connectionString: to,
    waitMs: WAIT_MS,
    signal: stopping.signal,
    onTrouble: ({ message }) => line.say(`${message}. Trying again.`),
  });
  const engines = await startEngines(dataDirectory, new Log({ app: 'move', level: logLevel }));
  try {
    const { events, streams, hash } = await moveLog({
      source: engines.eventLog,
      target,
      pool: engines.pool('move', CONNECTIONS),
      to: hostsOf(to),
      signal: stopping.signal,
      onProgress: (doing, count) =>
        line.update(`${doing}: ${count.toLocaleString('en-GB')} events`),
    });
    line.say(`${events} events of ${streams.size} streams were moved, and are equal: ${hash}`);
    line.say(`Set COMMON_THREAD_EVENT_LOG to that address and start again.`);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    line.say('Stopped. Give the same command again to go on: nothing is moved twice.');
    process.exitCode = 1;
  } finally {
    await target.close();
    await engines.close();
  }
}

function addressOf(to: string | undefined): string {
  if (to !== undefined && isEventStoreDb(to)) return to;
  throw new ConfigurationError(
    'Say where to: --to esdb://<host>:2113, or the variable COMMON_THREAD_EVENT_LOG.',
  );
}

function inWords(error: unknown): string {
  if (error instanceof EmbeddedPostgresInUse) {
    return 'The system is running. Stop it first: nothing may be recorded while its log is moved.';
  }
  const words = wordsOf(error);
  return error instanceof ForeignEvents ? `Nothing was moved on top of it: ${words}.` : words;
}

await runCommandLine(program, inWords);
