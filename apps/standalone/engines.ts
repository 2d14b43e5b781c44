import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresInUse } from '@common-thread/adapters/postgres/embedded-owner';
import type { EmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { runningServerUrl } from '@common-thread/adapters/postgres/running-server';
import type { EventLog } from '@common-thread/eventing/event-log';
import type { Log } from '@common-thread/platform/log';
import type { OpenedLog } from '@common-thread/running/event-log';
import { openLogAt } from '@common-thread/running/event-log';
import type { Pools } from '@common-thread/running/pools';
import { PoolsOverDatabase } from '@common-thread/running/pools';

/** What the apps of one machine stand on. */
export interface Engines extends Pools {
  readonly eventLog: EventLog;
  /** Ends the connections, then stops the server. */
  close(): Promise<void>;
}

const DATABASE = 'common_thread';
const LOG_CONNECTIONS = 12;

/**
 * Starts PostgreSQL in the data directory, or takes over the one an earlier process left running, and
 * opens the event log: in it, or at the address it was moved to.
 * @throws EmbeddedPostgresUnavailable, EmbeddedPostgresInUse, EmbeddedPostgresFailed
 */
export async function startEngines(
  dataDirectory: string,
  log: Log,
  eventLogAt?: string,
): Promise<Engines> {
  const { server, url } = await startPostgres(dataDirectory, log);
  return enginesAt(url, log, () => server.stop(), eventLogAt);
}

/** The PostgreSQL of a data directory alone, with the address of the database that everything is in. */
async function startPostgres(
  dataDirectory: string,
  log: Log,
): Promise<{ readonly server: EmbeddedServer; readonly url: string }> {
  await mkdir(dataDirectory, { recursive: true });
  const server = await startEmbeddedServer({
    dataDir: join(dataDirectory, 'postgres'),
    database: DATABASE,
  });
  if (server.adopted) log.info('postgres.adopted', { port: server.port });
  return { server, url: server.url };
}

/**
 * The same for a command that may work beside the running system: joins its PostgreSQL where it runs, and
 * starts it where it does not.
 */
export async function joinEngines(
  dataDirectory: string,
  log: Log,
  eventLogAt?: string,
): Promise<Engines> {
  try {
    return await startEngines(dataDirectory, log, eventLogAt);
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresInUse)) throw error;
    const url = runningServerUrl(join(dataDirectory, 'postgres'), DATABASE);
    if (url === undefined) throw error;
    return enginesAt(url, log, async () => undefined, eventLogAt);
  }
}

/**
 * The address of the PostgreSQL in the data directory, without opening the log in it: for what has to be
 * done before it can be opened.
 */
export async function joinServer(
  dataDirectory: string,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const dataDir = join(dataDirectory, 'postgres');
  try {
    return await startEmbeddedServer({ dataDir, database: DATABASE });
  } catch (error) {
    const url = runningServerUrl(dataDir, DATABASE);
    if (!(error instanceof EmbeddedPostgresInUse) || url === undefined) throw error;
    return { url, stop: async () => undefined };
  }
}

async function enginesAt(
  url: string,
  log: Log,
  stop: () => Promise<void>,
  eventLogAt: string | undefined,
): Promise<Engines> {
  const opened = await openLog(url, log, eventLogAt).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const pools = new PoolsOverDatabase(url, log);
  return {
    eventLog: opened.eventLog,
    pool: (applicationName, max, durability) => pools.pool(applicationName, max, durability),
    close: async () => {
      await pools.close();
      await opened.close();
      await stop();
    },
  };
}

async function openLog(url: string, log: Log, eventLogAt: string | undefined): Promise<OpenedLog> {
  if (eventLogAt !== undefined) return openLogAt(eventLogAt, log);
  const onIdleError = (error: Error) => log.warn('postgres.connection-lost', {}, error);
  const eventLog = await PostgresEventLog.open({ url, max: LOG_CONNECTIONS, onIdleError });
  return { eventLog, close: () => eventLog.close() };
}
