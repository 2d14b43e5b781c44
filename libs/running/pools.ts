import type { Pool } from 'pg';
import { createPool } from '@common-thread/adapters/postgres/pool';
import type { Log } from '@common-thread/platform/log';

/** Hands out pools named for whoever holds them. */
export interface Pools {
  /** All together stay below the server's limit, 100 connections unless it says otherwise. */
  pool(applicationName: string, max: number, durability?: 'recoverable'): Pool;
}

/** Pools over one database, all ended at once. */
export class PoolsOverDatabase implements Pools {
  readonly #pools: Pool[] = [];

  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {}

  pool(applicationName: string, max: number, durability?: 'recoverable'): Pool {
    const pool = createPool({
      url: this.url,
      applicationName,
      max,
      onIdleError: (error) => this.log.warn('postgres.connection-lost', {}, error),
      ...(durability === undefined ? {} : { durability }),
    });
    this.#pools.push(pool);
    return pool;
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.splice(0).map((pool) => pool.end()));
  }
}
