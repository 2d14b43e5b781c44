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
  /**
   * `by-index`: plan each statement once, always through an index. For the log, whose statements
   * are few and whose tables grow from nothing while a plan made for nothing would still be in
   * use.
   */
  readonly planning?: 'by-index';
  /**
   * `recoverable`: what is written can be had again from where it came (an inbox from the pages, a read
   * model from the inbox), so that a commit need not wait for the disk. Commits reach it in their order:
   * after a crash of the machine the last moments are missing as a whole, and are fetched again.
   */
  readonly durability?: 'recoverable';
  /** Told when an idle connection dies (the pool replaces it); by default nobody is. */
  readonly onIdleError?: (error: Error) => void;
}

const CONNECT_TIMEOUT_MS = 5_000;
const BY_INDEX = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off';
const RECOVERABLE = '-c synchronous_commit=off';

/**
 * The one place that constructs a pool, so that none is without limits, a name and an error
 * handler.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const statementMs = options.statementTimeoutMs ?? 30_000;
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.max ?? 4,
    statement_timeout: statementMs,
    // Our own deadline too: a server behind a dead network never says that time is up.
    ...(statementMs > 0 ? { query_timeout: statementMs + CONNECT_TIMEOUT_MS } : {}),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...settingsOf(options),
  });
  // Without a handler, a server that restarts would end this process.
  pool.on('error', (error) => options.onIdleError?.(error));
  // Nor is anybody listening while a connection is lent out: whoever holds it learns of its end from the
  // statement it sends, or sends next.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function settingsOf({ planning, durability }: PoolOptions): { options?: string } {
  const settings = [...(planning ? [BY_INDEX] : []), ...(durability ? [RECOVERABLE] : [])];
  return settings.length > 0 ? { options: settings.join(' ') } : {};
}
