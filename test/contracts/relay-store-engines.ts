import { MemoryRelayStore } from '../../apps/feed-relay/store/memory-relay-store.js';
import { PostgresRelayStore } from '../../apps/feed-relay/store/postgres-relay-store.js';
import type { RelayStore } from '../../apps/feed-relay/store/relay-store.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';

export interface RelayStoreEngine {
  readonly name: string;
  /** An empty store. */
  open(): Promise<RelayStore>;
  end(): Promise<void>;
}

const memory: RelayStoreEngine = {
  name: 'memory',
  open: async () => new MemoryRelayStore(),
  end: async () => undefined,
};

let database: TestDatabase | undefined;
const postgres: RelayStoreEngine = {
  name: 'PostgreSQL',
  open: async () => {
    await database?.drop();
    database = await freshDatabase();
    return PostgresRelayStore.open(database.pool());
  },
  end: async () => database?.drop(),
};

/** Every adapter of the port; each runs every case. */
export const relayStoreEngines: readonly RelayStoreEngine[] = [memory, postgres];
