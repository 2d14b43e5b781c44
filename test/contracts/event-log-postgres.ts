import path from 'node:path';
import {
  startEmbeddedServer,
  type EmbeddedServer,
} from '@common-thread/adapters/postgres/embedded-server';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { createLogSchema, openEpoch } from '@common-thread/adapters/postgres/event-log-schema';
import { createPool } from '@common-thread/adapters/postgres/pool';
import type pg from 'pg';
import { freshDatabase, freshPlace } from '../engines/postgres.js';
import { TcpProxy } from '../engines/tcp-proxy.js';
import type { EventLogEngine } from './event-log-engines.js';

/**
 * More transaction ids than a new cluster has given out, so that restored events lie above its
 * own.
 */
const TRANSACTION_IDS_BURNT = 3_000;

export const postgresEngine: EventLogEngine = {
  name: 'PostgreSQL',
  async open() {
    const database = await freshDatabase();
    const pool = database.pool();
    await burnTransactionIds(pool);
    const address = new URL(database.url);
    const proxy = await TcpProxy.to(address.hostname, Number(address.port));
    address.hostname = '127.0.0.1';
    address.port = String(proxy.port);
    const logs: PostgresEventLog[] = [];
    const transactions: pg.PoolClient[] = [];
    const opened = async (url: string) => {
      const log = await PostgresEventLog.open({ url });
      logs.push(log);
      return log;
    };
    return {
      log: await opened(address.href),
      reopened: () => opened(database.url),
      restored: async (keep) => opened(await restoredElsewhere(pool, keep)),
      unrelatedWrite: async () => {
        const client = await pool.connect();
        transactions.push(client);
        await client.query('begin');
        await client.query('select pg_current_xact_id()');
        return { end: async () => void (await client.query('commit')) };
      },
      cut: () => proxy.cut(),
      mend: () => proxy.mend(),
      withAnswerLost: async (append) => {
        const before = await eventsIn(pool);
        proxy.losesAnswers = true;
        const sent = append();
        const settled = sent.then(
          () => undefined,
          () => undefined,
        );
        while ((await eventsIn(pool)) === before) await Promise.race([settled, nextTurn()]);
        proxy.cut();
        await settled;
        proxy.mend();
        await sent;
      },
      close: async () => {
        for (const client of transactions) client.release(true);
        await Promise.all(logs.map((log) => log.close()));
        await proxy.close();
        await database.drop();
      },
    };
  },
  async end() {
    await elsewhere?.stop();
    elsewhere = undefined;
  },
};

/** A second cluster: its transaction ids are its own, as after any restore. */
let elsewhere: EmbeddedServer | undefined;
let restores = 0;

async function restoredElsewhere(source: pg.Pool, keep: number): Promise<string> {
  elsewhere ??= await startEmbeddedServer({
    dataDir: path.join(freshPlace(), 'cluster'),
    settings: { fsync: 'off' },
  });
  restores += 1;
  const admin = createPool({ url: elsewhere.url, applicationName: 'test' });
  await admin.query(`create database restored_${restores}`);
  await admin.end();
  const url = elsewhere.urlOf(`restored_${restores}`);
  const target = createPool({ url, applicationName: 'test' });
  await createLogSchema(target);
  await target.query('delete from log.epochs');
  await copyRows(source, target, 'select * from log.epochs', 'log.epochs');
  await copyRows(
    source,
    target,
    `select * from log.events order by epoch, tx, position limit ${keep}`,
    'log.events',
  );
  const { rows } = await target.query<{ above: boolean }>(
    'select max(tx) > pg_current_xact_id() as above from log.events',
  );
  if (rows[0]?.above !== true) throw new Error('this restore proves nothing: burn more ids');
  await openEpoch(target, 'restored from a backup');
  await target.end();
  return url;
}

async function copyRows(
  source: pg.Pool,
  target: pg.Pool,
  select: string,
  table: string,
): Promise<void> {
  const { rows } = await source.query<{ all: string | null }>(
    `select json_agg(s)::text as all from (${select}) as s`,
  );
  await target.query(
    `insert into ${table} select * from json_populate_recordset(null::${table}, $1::json)`,
    [rows[0]?.all ?? '[]'],
  );
}

/** Subtransactions take ids too, and thousands of them fit in one statement. */
async function burnTransactionIds(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create temporary table burnt (one int);
    do $$ begin
      for i in 1..${TRANSACTION_IDS_BURNT} loop
        begin insert into burnt values (1); exception when others then null; end;
      end loop;
    end $$;
    drop table burnt`);
}

async function eventsIn(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from log.events');
  return rows[0]!.n;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
