import pg from 'pg';

export interface PoolOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Shown in `pg_stat_activity`: which part of the service holds a connection. */
  readonly applicationName: string;
  /**
   * Connections at most, default 4. All pools of all processes together stay below the server's
   * `max_connections` (100 on the embedded one).
   */
  readonly max?: number;
  /** A statement running longer is cancelled; default 30,000 ms. 0 means no limit. */
  readonly statementTimeoutMs?: number;
  /** Plan statements once for all values: right for array parameters, wrong for skewed look-ups. */
  readonly genericPlans?: boolean;
  /** Told when an idle connection dies (the pool replaces it); by default nobody is. */
  readonly onIdleError?: (error: Error) => void;
}

const CONNECT_TIMEOUT_MS = 5_000;

/** The one place that constructs a pool, so that none is without limits, a name and an error handler. */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.max ?? 4,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...(options.genericPlans ? { options: '-c plan_cache_mode=force_generic_plan' } : {}),
  });
  // Without a handler, a server that restarts would end this process.
  pool.on('error', (error) => options.onIdleError?.(error));
  return pool;
}
