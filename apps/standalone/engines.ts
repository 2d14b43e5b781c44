import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { createPool } from '@common-thread/adapters/postgres/pool';
import type { Log } from '@common-thread/platform/log';

/** What the apps of one machine stand on. */
export interface Engines {
  readonly eventLog: PostgresEventLog;
  /** A pool named for whoever holds it; ended with the engines. All together stay below 100 connections. */
  pool(applicationName: string, max: number, durability?: 'recoverable'): Pool;
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
  const onIdleError = (error: Error) => log.warn('postgres.connection-lost', {}, error);
  const eventLog = await PostgresEventLog.open({
    url: server.url,
    max: LOG_CONNECTIONS,
    onIdleError,
  });
  const pools: Pool[] = [];
  return {
    eventLog,
    pool: (applicationName, max, durability) => {
      const kept = durability === undefined ? {} : { durability };
      const pool = createPool({ url: server.url, applicationName, max, onIdleError, ...kept });
      pools.push(pool);
      return pool;
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
      await eventLog.close();
      await server.stop();
    },
  };
}
