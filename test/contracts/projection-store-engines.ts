import { MemoryProjectionStore } from '@common-thread/adapters/memory/projection-store';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import type { ProjectionStore } from '@common-thread/projecting/projection-store';
import type pg from 'pg';
import { freshDatabase } from '../engines/postgres.js';

export interface OpenStore {
  readonly store: ProjectionStore;
  /** Another over the same tables, as a second process would have it. */
  readonly second: ProjectionStore;
  /** For what only PostgreSQL has: readers beside the store. */
  readonly pool?: pg.Pool;
  close(): Promise<void>;
}

export const SCHEMA = 'agency_test';

async function openMemoryStore(): Promise<OpenStore> {
  const store = new MemoryProjectionStore();
  return { store, second: store, close: async () => undefined };
}

export async function openPostgresStore(): Promise<OpenStore> {
  const database = await freshDatabase();
  const open = () => new PostgresProjectionStore(database.pool(), SCHEMA);
  return {
    store: open(),
    second: open(),
    pool: database.pool(),
    close: () => database.drop(),
  };
}

export const projectionStoreEngines = [
  ['memory', openMemoryStore],
  ['PostgreSQL', openPostgresStore],
] as const;
