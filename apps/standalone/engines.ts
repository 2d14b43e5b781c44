import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresInUse } from '@common-thread/adapters/postgres/embedded-owner';
import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { runningServerUrl } from '@common-thread/adapters/postgres/running-server';
import type { Log } from '@common-thread/platform/log';
import type { Pools } from '@common-thread/running/pools';
import { PoolsOverDatabase } from '@common-thread/running/pools';

/** What the apps of one machine stand on. */
export interface Engines extends Pools {
  readonly eventLog: PostgresEventLog;
  /** Ends the connections, then stops the server. */
  close(): Promise<void>;
}

const DATABASE = 'common_thread';
const LOG_CONNECTIONS = 12;

/**
 * Starts PostgreSQL in the data directory, or takes over the one an earlier process left running, and
 * opens the event log in it.
 * @throws EmbeddedPostgresUnavailable, EmbeddedPostgresInUse, EmbeddedPostgresFailed
 */
export async function startEngines(dataDirectory: string, log: Log): Promise<Engines> {
  await mkdir(dataDirectory, { recursive: true });
  const server = await startEmbeddedServer({
    dataDir: join(dataDirectory, 'postgres'),
    database: DATABASE,
  });
  if (server.adopted) log.info('postgres.adopted', { port: server.port });
  return enginesAt(server.url, log, () => server.stop());
}

/**
 * The same for a command that may work beside the running system: joins its PostgreSQL where it runs, and
 * starts it where it does not.
 */
export async function joinEngines(dataDirectory: string, log: Log): Promise<Engines> {
  try {
    return await startEngines(dataDirectory, log);
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresInUse)) throw error;
    const url = runningServerUrl(join(dataDirectory, 'postgres'), DATABASE);
    if (url === undefined) throw error;
    return enginesAt(url, log, async () => undefined);
  }
}

async function enginesAt(url: string, log: Log, stop: () => Promise<void>): Promise<Engines> {
  const onIdleError = (error: Error) => log.warn('postgres.connection-lost', {}, error);
  const eventLog = await PostgresEventLog.open({ url, max: LOG_CONNECTIONS, onIdleError });
  const pools = new PoolsOverDatabase(url, log);
  return {
    eventLog,
    pool: (applicationName, max, durability) => pools.pool(applicationName, max, durability),
    close: async () => {
      await pools.close();
      await eventLog.close();
      await stop();
    },
  };
}
