import { copyIn, copyLine } from '@common-thread/adapters/postgres/copy-in';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import type { ReadModel } from '@common-thread/projecting/read-model';
import type pg from 'pg';
import { householdHistory } from '../../apps/safeguarding-hub/household-history/projection.js';
import { triageQueue } from '../../apps/safeguarding-hub/triage-queue/projection.js';
import { compare, type Contender, type Report, type Result } from './benchmark.js';
import { benchmarkEngine } from './benchmark-engine.js';
import { countyFeed } from './rebuild-feed.js';

const FEED_ROWS = 40_000;
const GOAL = 0.8;
const AGENCY = 'agency_bench';
const COPY = 'agency_copy';
const BATCH_ROWS = 1_000;

/**
 * P1 of the goals: a read model built anew from its agency's inbox, in transactions of a thousand rows,
 * against one COPY of the finished records, made ready in memory, into tables with the same indexes.
 */
export async function rebuild(): Promise<Report> {
  const engine = await benchmarkEngine();
  const pool = createPool({
    url: engine.url,
    applicationName: 'bench rebuild',
    statementTimeoutMs: 0,
  });
  try {
    const inbox = new PostgresInbox(pool, AGENCY);
    await inbox.prepare();
    const feed = countyFeed(FEED_ROWS, 'rebuild');
    for (let from = 0; from < feed.length; from += BATCH_ROWS) {
      await inbox.append(feed.slice(from, from + BATCH_ROWS));
    }
    const results: Result[] = [];
    for (const model of [householdHistory, triageQueue]) {
      results.push(await measured(pool, inbox, model));
    }
    return { setting: { ...engine.setting, feed: `${FEED_ROWS} rows` }, results };
  } finally {
    await pool.end();
    await engine.stop();
  }
}

async function measured(pool: pg.Pool, inbox: PostgresInbox, model: ReadModel): Promise<Result> {
  const store = new PostgresProjectionStore(pool, AGENCY);
  await store.prepare(model);
  await new ProjectionRunner(inbox, store, model).catchUp();
  return compare({
    title: model.name,
    unit: 'rows/s',
    goal: GOAL,
    baseline: await copying(pool, model),
    system: rebuilding(store, inbox, model),
  });
}

/** Rates are of the same records on both sides, as many as the finished tables hold. */
async function copying(pool: pg.Pool, model: ReadModel): Promise<Contender> {
  const store = new PostgresProjectionStore(pool, COPY);
  await new PostgresInbox(pool, COPY).prepare();
  await store.prepare(model);
  const finished = await finishedRecords(pool, model);
  return {
    name: 'COPY',
    round: async () => {
      await store.beginBuilding(model, true);
      const client = await pool.connect();
      try {
        const from = performance.now();
        await client.query('begin');
        for (const { statement, lines } of finished) await copyIn(client, statement, lines);
        await client.query('commit');
        return FEED_ROWS / ((performance.now() - from) / 1_000);
      } finally {
        client.release();
      }
    },
    outcome: async () => JSON.stringify((await store.hash(model, 'building')).tables),
  };
}

function rebuilding(
  store: PostgresProjectionStore,
  inbox: PostgresInbox,
  model: ReadModel,
): Contender {
  return {
    name: 'rebuild',
    round: async () => {
      await store.beginBuilding(model, true);
      const runner = new ProjectionRunner(inbox, store, model, 'building');
      const from = performance.now();
      await runner.catchUp();
      return FEED_ROWS / ((performance.now() - from) / 1_000);
    },
    outcome: async () => JSON.stringify((await store.hash(model, 'building')).tables),
  };
}

interface FinishedTable {
  readonly statement: string;
  readonly lines: string;
}

async function finishedRecords(pool: pg.Pool, model: ReadModel): Promise<FinishedTable[]> {
  const tables: FinishedTable[] = [];
  for (const { name, columns, key } of model.tables) {
    const names = Object.keys(columns);
    const { rows } = await pool.query<Record<string, string | null>>(
      `select ${names.map((column) => `${column}::text`).join(', ')}
        from ${AGENCY}.${name} order by ${key}`,
    );
    tables.push({
      statement: `copy ${COPY}.${name}__building (${names.join(', ')}) from stdin`,
      lines: rows.map((row) => copyLine(names.map((column) => row[column]))).join(''),
    });
  }
  return tables;
}
