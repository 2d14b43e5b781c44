import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { derivedId } from '@common-thread/eventing/identifiers';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import type pg from 'pg';
import { householdHistory } from '../../apps/safeguarding-hub/household-history/projection.js';
import type { BenchmarkOptions, Contender, Report } from './benchmark.js';
import { compare } from './benchmark.js';
import { benchmarkEngine } from './benchmark-engine.js';
import { fillLog } from './filled-log.js';
import { largeCounty } from './large-county.js';
import { SEALED_REFERRAL } from './sealed-referral.js';

const SMALLER = 100;
const EVENTS_PER_FAMILY = 30;
const APPENDS = 2_000;
const CALLERS = 32;
/** Rows folded in a round, at the end of an inbox of either size. */
const TAIL_ROWS = 1_000;
const GOAL = 0.9;

/** P7 of the goals: append and projection rate in a county a hundred times another's size, against it. */
export async function growth({ families }: BenchmarkOptions): Promise<Report> {
  const [small, large] = [await benchmarkEngine(), await benchmarkEngine()];
  try {
    const few = Math.max(500, Math.round(families / SMALLER));
    const appends = await compare({
      title: `append at ${families * EVENTS_PER_FAMILY} events`,
      unit: 'appends/s',
      goal: GOAL,
      baseline: await appending('small log', small.url, few),
      system: await appending('large log', large.url, families),
    });
    const projection = await compare({
      title: `projection at ${families * EVENTS_PER_FAMILY} rows`,
      unit: 'rows/s',
      goal: GOAL,
      baseline: await folding('small inbox', small.url, few),
      system: await folding('large inbox', large.url, families),
    });
    const county = `${families} families against ${few}`;
    return { setting: { ...small.setting, county }, results: [appends, projection] };
  } finally {
    await small.stop();
    await large.stop();
  }
}

async function appending(name: string, url: string, families: number): Promise<Contender> {
  const log = await PostgresEventLog.open({ url });
  await log.close();
  const pool = createPool({
    url,
    applicationName: 'bench filling',
    statementTimeoutMs: 0,
    max: 1,
  });
  await fillLog(pool, { events: families * EVENTS_PER_FAMILY, streamLength: EVENTS_PER_FAMILY });
  await pool.query('checkpoint');
  await pool.end();
  const recorded: number[] = [];
  return {
    name,
    round: async (round) => {
      const writer = await PostgresEventLog.open({ url });
      const from = performance.now();
      await Promise.all(
        Array.from({ length: CALLERS }, async (_, caller) => {
          for (let nth = caller; nth < APPENDS; nth += CALLERS) {
            const streamId = `grown-${round}-${nth}`;
            const event = { id: derivedId(streamId), ...SEALED_REFERRAL };
            await writer.append(streamId, 'no-stream', [event]);
          }
        }),
      );
      const seconds = (performance.now() - from) / 1_000;
      recorded[round] = (await writer.readStream(`grown-${round}-${APPENDS - 1}`)).length;
      await writer.close();
      return APPENDS / seconds;
    },
    outcome: async (round) => `${recorded[round]} event at the end of the last stream`,
  };
}

async function folding(name: string, url: string, families: number): Promise<Contender> {
  const pool = createPool({ url, applicationName: 'bench folding', statementTimeoutMs: 0 });
  const rows = await largeCounty(pool, 'agency_grown', families);
  const store = new PostgresProjectionStore(pool, 'agency_grown');
  const inbox = new PostgresInbox(pool, 'agency_grown');
  await store.prepare(householdHistory);
  const runner = new ProjectionRunner(inbox, store, householdHistory);
  // Left to fold: one stretch a round, among them the one that does not count.
  let reached = await runner.catchUp({ to: rows - 10 * TAIL_ROWS });
  await vacuum(pool);
  await pool.end();
  return {
    name,
    round: async () => {
      const own = createPool({ url, applicationName: 'bench folding' });
      const folder = new ProjectionRunner(
        new PostgresInbox(own, 'agency_grown'),
        new PostgresProjectionStore(own, 'agency_grown'),
        householdHistory,
      );
      const from = performance.now();
      reached = await folder.catchUp({ to: reached + TAIL_ROWS, batchRows: 100 });
      const seconds = (performance.now() - from) / 1_000;
      await own.end();
      return TAIL_ROWS / seconds;
    },
    outcome: async () => `${reached - (rows - 10 * TAIL_ROWS)} rows folded`,
  };
}

async function vacuum(pool: pg.Pool): Promise<void> {
  for (const { name } of householdHistory.tables) {
    await pool.query(`vacuum analyze agency_grown.${name}`);
  }
}
