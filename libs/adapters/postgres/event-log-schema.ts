import { LogUnavailable } from '@common-thread/eventing/event-log';
import type pg from 'pg';
import { rethrow } from './event-log-faults.js';

/**
 * `tx` is the transaction that appended the event and `position` its place within it: one append
 * statement a transaction, so the two tell every event of an epoch apart (ADR 0003). Payloads are
 * `json`, which keeps its bytes; nothing looks inside them here.
 */
const SCHEMA = `
  create schema if not exists log;
  create table if not exists log.epochs (
    epoch int primary key,
    cluster text not null,
    reason text not null,
    opened_at timestamptz not null default clock_timestamp(),
    end_tx xid8,
    end_position int
  );
  create table if not exists log.events (
    epoch int not null,
    tx xid8 not null default pg_current_xact_id(),
    position int not null,
    stream text collate "C" not null,
    revision int not null,
    id uuid not null,
    type text not null,
    version int not null,
    data json not null,
    metadata json not null,
    constraint events_in_order primary key (epoch, tx, position),
    constraint events_one_winner unique (stream, revision),
    constraint events_one_id unique (id)
  );
  insert into log.epochs (epoch, cluster, reason)
  select 1, (CLUSTER), 'created'
  where not exists (select from log.epochs);
`;

/**
 * Which history of transaction ids this is: another one after a dump is restored elsewhere
 * (cluster or database differ) or a standby is promoted (timeline differs).
 */
const CLUSTER = `
  select system_identifier
    || '/' || (select oid from pg_database where datname = current_database())
    || '/' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)
  from pg_control_system()`;

/** Any constant: one process at a time makes the schema or opens an epoch. */
const SCHEMA_LOCK = 7_341_803;

/** Makes the schema `log` where it is missing; changes nothing where it is there. */
export async function createLogSchema(pool: pg.Pool): Promise<void> {
  // One simple query is one transaction; two processes at once would otherwise both create.
  await pool.query(
    `select pg_advisory_xact_lock(${SCHEMA_LOCK}); ${SCHEMA.replace('CLUSTER', CLUSTER)}`,
  );
}

/**
 * To be run once after a restore, a promotion or an import, before anything is appended: closes
 * the epoch at what it holds now and begins the next, because transaction ids of different
 * clusters cannot be compared. Readers go on by themselves, except those that had read more than
 * was restored: they get CursorBeyondEpoch.
 *
 * @returns the number of the new epoch
 * @throws LogUnavailable for a log that has been moved: it would go on beside the other
 */
export async function openEpoch(pool: pg.Pool, reason: string): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
    // Waits for appends on their way, so that none lands in a closed epoch.
    await client.query('lock table log.events in exclusive mode');
    await assertNotMoved(client);
    await client.query(`
      with last as (
        select tx, position from log.events
        where epoch = (select max(epoch) from log.epochs)
        order by tx desc, position desc limit 1)
      update log.epochs
      set end_tx = coalesce((select tx from last), '0'),
          end_position = coalesce((select position from last), 0)
      where epoch = (select max(epoch) from log.epochs)`);
    const opened = await client.query<{ epoch: number }>(
      `insert into log.epochs (epoch, cluster, reason)
       select max(epoch) + 1, (${CLUSTER}), $1 from log.epochs returning epoch`,
      [reason],
    );
    await client.query('commit');
    return opened.rows[0]!.epoch;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** One epoch of a log: from when, why, and whether its transaction ids are those of this cluster. */
export interface Epoch {
  readonly epoch: number;
  readonly reason: string;
  readonly openedAt: Date;
  readonly here: boolean;
}

/** Every epoch of a log, the first one first. */
export async function epochsOf(pool: pg.Pool): Promise<readonly Epoch[]> {
  const { rows } = await pool.query<Epoch>(
    `select epoch, reason, opened_at as "openedAt", cluster = (${CLUSTER}) as here
     from log.epochs order by epoch`,
  );
  return rows;
}

/**
 * Names the current epoch; its number alone would not tell two restores of one backup apart.
 * @throws LogUnavailable
 */
export async function currentEpoch(pool: pg.Pool): Promise<string> {
  const { rows } = await pool
    .query<{ name: string }>(
      `select concat_ws(' ', epoch, opened_at at time zone 'UTC') as name
       from log.epochs order by epoch desc limit 1`,
    )
    .catch(rethrow);
  return rows[0]!.name;
}

/** In place of a cluster: no server is where this log is used. */
const MOVED = 'moved';

/**
 * Closes a log for good once everything in it is held elsewhere: it can be neither read nor appended to any
 * more, so that there are never two. Safe to repeat.
 *
 * @param where what to tell whoever opens it
 */
export async function closeAsMoved(pool: pg.Pool, where: string): Promise<void> {
  await pool.query(
    `insert into log.epochs (epoch, cluster, reason)
     select epoch + 1, '${MOVED}', $1 from log.epochs
     where epoch = (select max(epoch) from log.epochs) and cluster <> '${MOVED}'`,
    [where],
  );
}

async function assertNotMoved(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ reason: string }>(
    `select reason from log.epochs where cluster = '${MOVED}'`,
  );
  if (rows[0]) throw movedTo(rows[0].reason);
}

function movedTo(where: string): LogUnavailable {
  return new LogUnavailable(`this log has been moved to ${where}: use it there`);
}

/**
 * @throws LogUnavailable when the log was brought here from elsewhere and no epoch was opened
 * since, or has been moved
 */
export async function assertEpochOfThisCluster(pool: pg.Pool): Promise<void> {
  const { rows } = await pool
    .query<{
      here: boolean;
      cluster: string;
      reason: string;
    }>(
      `select cluster = (${CLUSTER}) as here, cluster, reason
       from log.epochs order by epoch desc limit 1`,
    )
    .catch(rethrow);
  if (rows[0]?.here) return;
  if (rows[0]?.cluster === MOVED) throw movedTo(rows[0].reason);
  throw new LogUnavailable(
    'this log was restored, copied or promoted since it was last used: open a new epoch first',
  );
}
