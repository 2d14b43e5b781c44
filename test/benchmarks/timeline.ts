import { agencyDatabase, agencySchema } from '@common-thread/adapters/postgres/agency-database';
import type { FamilyHistoryTables } from '@common-thread/adapters/postgres/family-history-reader';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { households } from '@common-thread/projecting/family-history/households';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import type pg from 'pg';
import { HouseholdHistoryQueries } from '../../apps/safeguarding-hub/household-history/queries.js';
import { householdHistory } from '../../apps/safeguarding-hub/household-history/projection.js';
import type { BenchmarkOptions, Contender, Report } from './benchmark.js';
import { compare, judgedAlone, percentile } from './benchmark.js';
import { benchmarkEngine } from './benchmark-engine.js';
import { largeCounty } from './large-county.js';

const SMALL = 100;
const READS = 400;
const GOALS = { alone: 5, ratio: 1.5 } as const;

/**
 * P5 of the goals: the 99th percentile of reading one family's timeline, in a county a hundred times
 * another's size, against that other, and against the bare look-up of one row by its key.
 */
export async function timeline({ families }: BenchmarkOptions): Promise<Report> {
  const engine = await benchmarkEngine();
  const pool = createPool({ url: engine.url, applicationName: 'bench', statementTimeoutMs: 0 });
  try {
    const small = await county(pool, 'small-county.safeguarding-hub', families / SMALL);
    const large = await county(pool, 'large-county.safeguarding-hub', families);
    const grown = await compare({
      title: `timeline p99, ${large.rows} rows against ${small.rows}`,
      unit: 'ms',
      wanted: 'at most',
      goal: GOALS.ratio,
      baseline: reading('small county', small.timeline),
      system: reading('large county', large.timeline),
    });
    const bare = await compare({
      title: `timeline p99 at ${large.rows} rows`,
      unit: 'ms',
      wanted: 'at most',
      goal: Number.POSITIVE_INFINITY,
      baseline: reading('bare key look-up', large.lookUp),
      system: reading('timeline', large.timeline),
    });
    const alone = {
      title: 'timeline p99',
      unit: 'ms',
      wanted: 'at most',
      goal: GOALS.alone,
    } as const;
    const results = [judgedAlone(alone, 'timeline', bare.system.values), grown, bare];
    return { setting: { ...engine.setting, county: `${families} families` }, results };
  } finally {
    await pool.end();
    await engine.stop();
  }
}

interface County {
  readonly rows: number;
  readonly timeline: (line: string) => Promise<unknown>;
  readonly lookUp: (line: string) => Promise<unknown>;
}

async function county(pool: pg.Pool, recipient: string, families: number): Promise<County> {
  const schema = agencySchema(recipient);
  const rows = await largeCounty(pool, schema, families);
  const inbox = new PostgresInbox(pool, schema);
  const store = new PostgresProjectionStore(pool, schema);
  for (const model of [householdHistory, households]) {
    await store.prepare(model);
    await new ProjectionRunner(inbox, store, model).catchUp();
    for (const { name } of model.tables) await pool.query(`vacuum analyze ${schema}.${name}`);
  }
  const database = agencyDatabase<FamilyHistoryTables>(pool, recipient);
  const queries = new HouseholdHistoryQueries(database);
  return {
    rows,
    timeline: (line) => queries.findHistory(line),
    lookUp: (line) =>
      pool.query(`select * from ${schema}.history_line where sequence = $1`, [
        1 + (Number(line.slice('family/f'.length)) % rows),
      ]),
  };
}

/** The same families in both counties, one reader, one after another. */
function reading(name: string, read: (line: string) => Promise<unknown>): Contender {
  const counts: number[] = [];
  return {
    name,
    round: async (round) => {
      const took: number[] = [];
      for (let nth = 0; nth < READS; nth += 1) {
        const from = performance.now();
        await read(`family/f${nth}`);
        took.push(performance.now() - from);
      }
      counts[round] = took.length;
      return percentile(took, 99);
    },
    outcome: async (round) => `${counts[round]} read`,
  };
}
