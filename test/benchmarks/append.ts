import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { createPool } from '@common-thread/adapters/postgres/pool';
import type { NewEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import type pg from 'pg';
import { compare, type Comparison, type Contender, type Report } from './benchmark.js';
import { benchmarkEngine } from './benchmark-engine.js';
import { SEALED_REFERRAL } from './sealed-referral.js';

interface Load {
  readonly title: string;
  readonly callers: number;
  readonly eventsPerAppend: number;
  /** Of each caller, in a round. */
  readonly appends: number;
  readonly goal: number;
}

/** P11 of the goals, and the latency of a lone append: at most 1.8 times a plain insert's. */
const LOADS: readonly Load[] = [
  { title: '1 event × 32 callers', callers: 32, eventsPerAppend: 1, appends: 200, goal: 1.0 },
  { title: '3 events × 32 callers', callers: 32, eventsPerAppend: 3, appends: 100, goal: 1.7 },
  { title: '1 event × 1 caller', callers: 1, eventsPerAppend: 1, appends: 400, goal: 1 / 1.8 },
];

/** A case has about this many appends before the caller goes on to the next. */
const APPENDS_PER_STREAM = 10;

/**
 * Appends through the log, with everything it checks, against a plain `pg` insert of the same rows that
 * checks nothing: one prepared statement an append, a connection for each caller, the same columns, the
 * same three unique indexes.
 */
export async function append(): Promise<Report> {
  const engine = await benchmarkEngine();
  const callers = Math.max(...LOADS.map((load) => load.callers));
  const pool = createPool({ url: engine.url, applicationName: 'bench plain', max: callers });
  const log = await PostgresEventLog.open({ url: engine.url });
  try {
    await pool.query(PLAIN_TABLE);
    const results = [];
    for (const load of LOADS) results.push(await compare(comparisonOf(load, log, pool)));
    return { setting: engine.setting, results };
  } finally {
    await log.close();
    await pool.end();
    await engine.stop();
  }
}

function comparisonOf(load: Load, log: PostgresEventLog, pool: pg.Pool): Comparison {
  const contender = (name: string, table: string, write: Write): Contender => ({
    name,
    round: async (round) => {
      const work = workOf(load, round);
      const from = performance.now();
      await Promise.all(work.map((caller) => callInTurn(caller, write)));
      return (load.callers * load.appends) / ((performance.now() - from) / 1_000);
    },
    outcome: (round) => digestOf(pool, table, streamPrefix(load, round)),
  });
  return {
    title: load.title,
    unit: 'appends/s',
    goal: load.goal,
    baseline: contender('plain insert', 'plain_events', (streamId, expected, events) =>
      pool.query(plainInsert(streamId, expected, events)),
    ),
    system: contender('event log', 'log.events', (streamId, expected, events) =>
      log.append(streamId, expected < 0 ? 'no-stream' : expected, events),
    ),
  };
}

type Write = (streamId: string, expected: number, events: readonly NewEvent[]) => Promise<unknown>;

interface Append {
  readonly streamId: string;
  /** -1 before the first. */
  readonly expected: number;
  readonly events: readonly NewEvent[];
}

async function callInTurn(appends: readonly Append[], write: Write): Promise<void> {
  for (const { streamId, expected, events } of appends) await write(streamId, expected, events);
}

/** Made before the clock starts, equal for both. */
function workOf(load: Load, round: number): Append[][] {
  return Array.from({ length: load.callers }, (_, caller) =>
    Array.from({ length: load.appends }, (_, nth) => {
      const step = nth % APPENDS_PER_STREAM;
      const streamId = `${streamPrefix(load, round)}${caller}-${(nth - step) / APPENDS_PER_STREAM}`;
      return {
        streamId,
        expected: step * load.eventsPerAppend - 1,
        events: Array.from({ length: load.eventsPerAppend }, (_, place) => ({
          id: derivedId(streamId, step, place),
          ...SEALED_REFERRAL,
        })),
      };
    }),
  );
}

function streamPrefix(load: Load, round: number): string {
  return `referral-${load.callers}x${load.eventsPerAppend}-${round}-`;
}

const PLAIN_TABLE = `
  create table plain_events (
    position bigint generated always as identity primary key,
    stream text not null, revision int not null, id uuid not null, type text not null,
    version int not null, data json not null, metadata json not null,
    unique (stream, revision), unique (id))`;

const PLAIN_COLUMNS = 7;

function plainInsert(streamId: string, expected: number, events: readonly NewEvent[]) {
  const rows = events.map((_, nth) => {
    const places = Array.from(
      { length: PLAIN_COLUMNS },
      (_, i) => `$${nth * PLAIN_COLUMNS + i + 1}`,
    );
    return `(${places.join(', ')})`;
  });
  return {
    name: `plain-${events.length}`,
    text: `insert into plain_events (stream, revision, id, type, version, data, metadata)
           values ${rows.join(', ')}`,
    values: events.flatMap(({ id, type, version, data, metadata }, nth) => [
      ...[streamId, expected + 1 + nth, id, type, version],
      ...[JSON.stringify(data), JSON.stringify(metadata)],
    ]),
  };
}

/** Every event of the round, where it stands, in one text. */
async function digestOf(pool: pg.Pool, table: string, prefix: string): Promise<string> {
  const { rows } = await pool.query<{ digest: string }>(
    `select count(*) || ' events, md5 ' || md5(string_agg(
       stream || revision || id || data || metadata, '' order by stream, revision)) as digest
     from ${table} where stream ^@ $1`,
    [prefix],
  );
  return rows[0]!.digest;
}
