import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedServer } from '@common-thread/adapters/postgres/embedded-server';
import { makeDatabase } from '@common-thread/adapters/postgres/make-database';
import { reachPostgres } from '@common-thread/adapters/postgres/reach';
import type { DistributedConfiguration } from './configuration.js';
import type { Premises } from './planned-process.js';
import { databaseName } from './planned-process.js';

/** The engines the processes are led to, found or started. */
export interface DistributedEngines extends Pick<Premises, 'eventLog' | 'databaseOf'> {
  close(): Promise<void>;
}

/** A database for each process that has one, and the log, on what is given or can be started here. */
export async function startEngines(
  { county, postgres, eventLog }: DistributedConfiguration,
  processes: readonly string[],
  say: (words: string) => void,
): Promise<DistributedEngines> {
  const server = postgres
    ? { url: postgres, stop: async () => undefined }
    : await startPostgres(county.dataDirectory, say);
  try {
    await reachPostgres(server.url, 'COMMON_THREAD_POSTGRES');
    const addresses = new Map<string, string>();
    for (const process of processes) {
      addresses.set(process, await makeDatabase(server.url, databaseName(process)));
    }
    if (eventLog === undefined) {
      say(
        'No COMMON_THREAD_EVENT_LOG is given: the log is on PostgreSQL, not on EventStoreDB or KurrentDB.',
      );
    }
    return {
      eventLog: eventLog ?? (await makeDatabase(server.url, databaseName('log'))),
      databaseOf: (process) => {
        const address = addresses.get(process);
        if (address === undefined) throw new Error(`${process} has no database`);
        return address;
      },
      close: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function startPostgres(dataDirectory: string, say: (words: string) => void) {
  say('No COMMON_THREAD_POSTGRES is given: PostgreSQL is started here from its npm binaries.');
  await mkdir(dataDirectory, { recursive: true });
  const dataDir = join(dataDirectory, 'postgres');
  return startEmbeddedServer({ dataDir, database: databaseName('log') });
}
