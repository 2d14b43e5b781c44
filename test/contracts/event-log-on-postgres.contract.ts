import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import {
  closeAsMoved,
  createLogSchema,
  openEpoch,
} from '@common-thread/adapters/postgres/event-log-schema';
import { LogUnavailable } from '@common-thread/eventing/event-log';
import type pg from 'pg';
import { freshDatabase, type TestDatabase } from '../engines/postgres.js';
import { eventNamed, eventsNamed, Reader, readAll } from './event-log-reader.js';

/** What ADR 0003 promises of PostgreSQL beyond the port. */
describe('the event log on PostgreSQL, by its own means', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let log: PostgresEventLog;
  const undecided = new Set<pg.PoolClient>();
  beforeEach(async () => {
    database = await freshDatabase();
    pool = database.pool();
    log = await PostgresEventLog.open({ url: database.url });
  });
  afterEach(async () => {
    for (const client of undecided) client.release(true);
    undecided.clear();
    await log.close();
    await database.drop();
  });

  /** An append of another process that takes its transaction id now and commits when told. */
  async function slowAppend(streamId: string): Promise<{ commit(): Promise<void> }> {
    const { id, type, version, data, metadata } = eventNamed(`slow ${streamId}`);
    const client = await pool.connect();
    undecided.add(client);
    await client.query('begin');
    await client.query(
      `insert into log.events
         (epoch, position, stream, revision, id, type, version, data, metadata)
       values (1, 1, $1, 0, $2, $3, $4, $5, $6)`,
      [streamId, id, type, version, JSON.stringify(data), JSON.stringify(metadata)],
    );
    return {
      commit: async () => {
        await client.query('commit');
        undecided.delete(client);
        client.release();
      },
    };
  }

  it('never lets a reader pass a transaction that still runs', async () => {
    const reader = new Reader(log);
    await log.append('referral-1', 'no-stream', [eventNamed('before')]);
    await reader.until(() => reader.events.length === 1);
    const slow = await slowAppend('referral-2');
    await log.append('referral-3', 'no-stream', eventsNamed('after', 2));
    const others = new Reader(log);
    await others.until(() => others.events.length === 1);
    await slow.commit();
    await reader.untilCaughtUpAgain();
    await others.untilCaughtUpAgain();
    await Promise.all([reader.stop(), others.stop()]);
    const inOrder = ['referral-1', 'referral-2', 'referral-3', 'referral-3'];
    expect(reader.events.map(({ streamId }) => streamId)).toEqual(inOrder);
    expect(others.events).toEqual(reader.events);
  });

  it('does not say that it has caught up with events it holds back', async () => {
    const slow = await slowAppend('referral-2');
    await log.append('referral-3', 'no-stream', eventsNamed('after', 2));
    let looks = 0;
    let lookedOften: () => void;
    const often = new Promise<void>((resolve) => (lookedOften = resolve));
    const watched = await PostgresEventLog.open({
      url: database.url,
      now: () => {
        looks += 1;
        if (looks === 5) lookedOften();
        return new Date();
      },
    });
    const reader = new Reader(watched);
    await often;
    expect({ events: reader.events, caughtUp: reader.caughtUp }).toEqual({
      events: [],
      caughtUp: [],
    });
    await slow.commit();
    await reader.untilCaughtUpAgain();
    expect(reader.events).toHaveLength(3);
    await reader.stop();
    await watched.close();
  });

  it('commits appends that arrive together in at most two transactions', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, nth) =>
        log.append(`referral-${nth}`, 'no-stream', eventsNamed(`together ${nth}`, 2)),
      ),
    );
    const { rows } = await pool.query<{ commits: number }>(
      'select count(distinct tx)::int as commits from log.events',
    );
    expect(rows[0]!.commits).toBeLessThanOrEqual(2);
  });

  it('reads and appends by index from the first event on', async () => {
    await readAll(log);
    for (let nth = 0; nth < 20; nth += 1) {
      await log.append(`referral-${nth}`, 'no-stream', eventsNamed(`first ${nth}`, 2));
      await log.append(`referral-${nth}`, 1, eventsNamed(`second ${nth}`, 2));
      await log.readStream(`referral-${nth}`);
    }
    await readAll(log, { prefixes: ['referral-'] });
    await log.close(); // its backends report their counts when they end
    let counts = { byIndex: 0, bySequence: 0 };
    while (counts.byIndex < 60) {
      const { rows } = await pool.query<typeof counts>(
        `select idx_scan::int as "byIndex", seq_tup_read::int as "bySequence"
         from pg_stat_user_tables where relname = 'events'`,
      );
      counts = rows[0]!;
    }
    expect(counts.bySequence).toBe(0);
  });

  it('refuses a log that came from elsewhere until an epoch is opened', async () => {
    await log.append('referral-1', 'no-stream', eventsNamed('a', 2));
    await log.close();
    await pool.query(`update log.epochs set cluster = 'another/1/00000001'`);
    await expect(PostgresEventLog.open({ url: database.url })).rejects.toThrow(/open a new epoch/);
    const careless = new PostgresEventLog({ url: database.url });
    await expect(careless.append('referral-1', 1, eventsNamed('b', 1))).rejects.toThrow(
      LogUnavailable,
    );
    expect(await openEpoch(pool, 'copied by hand')).toBe(2);
    expect(await careless.append('referral-1', 1, eventsNamed('b', 1))).toEqual({ revision: 2 });
    expect(await readAll(careless)).toHaveLength(3);
    await careless.close();
  });

  it('is closed for good once it has been moved, and says where it went', async () => {
    await log.append('referral-1', 'no-stream', eventsNamed('a', 2));
    await log.close();
    await closeAsMoved(pool, 'log.example:2113');
    await closeAsMoved(pool, 'elsewhere');
    await expect(PostgresEventLog.open({ url: database.url })).rejects.toThrow(
      /has been moved to log\.example:2113/,
    );
    const careless = new PostgresEventLog({ url: database.url });
    await expect(careless.append('referral-1', 1, eventsNamed('b', 1))).rejects.toThrow(
      LogUnavailable,
    );
    await expect(readAll(careless)).rejects.toThrow(LogUnavailable);
    await careless.close();
    await expect(openEpoch(pool, 'all the same')).rejects.toThrow(/has been moved/);
  });

  it('opens an epoch under writers and readers that go on', async () => {
    const reader = new Reader(log);
    let expected: number | 'no-stream' = 'no-stream';
    const appends = (async () => {
      for (let nth = 0; nth < 60; nth += 1) {
        ({ revision: expected } = await log.append('referral-1', expected, [
          eventNamed(`during ${nth}`),
        ]));
      }
    })();
    await reader.until(() => reader.events.length > 5);
    await openEpoch(pool, 'a drill');
    await openEpoch(pool, 'and another');
    await appends;
    await reader.until(() => reader.events.length === 60);
    await reader.stop();
    expect(reader.events.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 60 }, (_, nth) => nth),
    );
  });

  it('makes its schema once, whoever comes first', async () => {
    const other = await freshDatabase();
    const pools = [other.pool(), other.pool(), other.pool()];
    await Promise.all(pools.map(createLogSchema));
    const { rows } = await pools[0]!.query('select epoch, reason from log.epochs');
    expect(rows).toEqual([{ epoch: 1, reason: 'created' }]);
    await other.drop();
  });

  it('works for a role that owns nothing but its database', async () => {
    const role = `plain_${database.url.split('_').at(-1)}`;
    await pool.query(`create role ${role} login password 'plain'`);
    await pool.query(`create schema log authorization ${role}`).catch(() => undefined);
    await pool.query(`alter schema log owner to ${role}`);
    await pool.query(`alter table log.events owner to ${role}`);
    await pool.query(`alter table log.epochs owner to ${role}`);
    const url = new URL(database.url);
    url.username = role;
    url.password = 'plain';
    const plain = new PostgresEventLog({ url: url.href });
    expect(await plain.append('referral-1', 'no-stream', eventsNamed('a', 2))).toEqual({
      revision: 1,
    });
    expect(await readAll(plain)).toHaveLength(2);
    await plain.close();
    await pool.query(`reassign owned by ${role} to current_user`);
    await pool.query(`drop role ${role}`);
  });
});
