import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import { rebuild } from '@common-thread/projecting/rebuild';
import type pg from 'pg';
import { householdHistory } from '../../apps/safeguarding-hub/household-history/projection.js';
import type { BenchmarkOptions, Report, Result } from './benchmark.js';
import { compare, judgedAlone, percentile } from './benchmark.js';
import { benchmarkEngine } from './benchmark-engine.js';
import { atFixedRate } from './fixed-rate.js';
import { countyFeed } from './rebuild-feed.js';

const AGENCY = 'agency_live';
const PER_SECOND = 200;
const HISTORY_ROWS = 20_000;
const ROUNDS = 7;
/** Leaves most of two cores to those who work meanwhile. */
const ROWS_PER_SECOND_MAX = 4_000;
const GOALS = { ratio: 1.25, switchMs: 1_000 } as const;

/** A store that keeps how long each switch held the live tables' checkpoint. */
class TimedStore extends PostgresProjectionStore {
  readonly switchesMs: number[] = [];

  override async switchOver(
    ...args: Parameters<PostgresProjectionStore['switchOver']>
  ): Promise<boolean> {
    const from = performance.now();
    const switched = await super.switchOver(...args);
    if (switched) this.switchesMs.push(performance.now() - from);
    return switched;
  }
}

/**
 * P13 of the goals: rows coming in and being folded, and a page reading, at 200 a second each, with a
 * rebuild going on beside them, against the same without. A read that fails ends the benchmark.
 */
export async function liveRebuild({ seconds }: BenchmarkOptions): Promise<Report> {
  const engine = await benchmarkEngine();
  const rowsPerRound = seconds * PER_SECOND;
  const pool = createPool({ url: engine.url, applicationName: 'bench live', max: 8 });
  const background = createPool({ url: engine.url, applicationName: 'bench rebuild', max: 3 });
  try {
    const store = new TimedStore(background, AGENCY);
    const live = await LiveAgency.open(
      pool,
      countyFeed(HISTORY_ROWS + 2 * (ROUNDS + 1) * rowsPerRound, 'live rebuild'),
    );
    const inbox = new PostgresInbox(background, AGENCY);
    const result: Result = await compare(
      {
        title: `reading and folding at ${PER_SECOND}/s, p99`,
        unit: 'ms',
        wanted: 'at most',
        goal: GOALS.ratio,
        baseline: {
          name: 'no rebuild',
          round: () => live.load(rowsPerRound),
          outcome: async () => 'equal to a clean rebuild',
        },
        system: {
          name: 'a rebuild beside it',
          round: async () => {
            const [p99, { switched }] = await Promise.all([
              live.load(rowsPerRound),
              rebuild(inbox, store, householdHistory, { rowsPerSecondMax: ROWS_PER_SECOND_MAX }),
            ]);
            if (!switched) throw new Error('the rebuild did not switch');
            return p99;
          },
          outcome: async () => {
            const { differences } = await rebuild(inbox, store, householdHistory);
            return differences?.length === 0 ? 'equal to a clean rebuild' : 'another read model';
          },
        },
      },
      ROUNDS,
    );
    const switching = judgedAlone(
      { title: 'switch', unit: 'ms', wanted: 'at most', goal: GOALS.switchMs },
      'switch',
      store.switchesMs,
    );
    const load = `${seconds} s a round, rebuild at most ${ROWS_PER_SECOND_MAX} rows/s`;
    return { setting: { ...engine.setting, load }, results: [result, switching] };
  } finally {
    await background.end();
    await pool.end();
    await engine.stop();
  }
}

/** An agency whose rows come in one by one, and whose history a page reads. */
class LiveAgency {
  private constructor(
    private readonly pool: pg.Pool,
    private readonly inbox: PostgresInbox,
    private readonly runner: ProjectionRunner,
    private readonly feed: readonly FeedRow[],
    private head: number,
  ) {}

  static async open(pool: pg.Pool, feed: readonly FeedRow[]): Promise<LiveAgency> {
    const inbox = new PostgresInbox(pool, AGENCY);
    const store = new PostgresProjectionStore(pool, AGENCY);
    await inbox.prepare();
    await store.prepare(householdHistory);
    for (let from = 0; from < HISTORY_ROWS; from += 1_000) {
      await inbox.append(feed.slice(from, from + 1_000));
    }
    const runner = new ProjectionRunner(inbox, store, householdHistory);
    await runner.catchUp();
    await pool.query(`analyze ${AGENCY}.history_line`);
    return new LiveAgency(pool, inbox, runner, feed, HISTORY_ROWS);
  }

  /** So many rows received, folded and as many pages read; the 99th percentile of both, ms. */
  async load(rows: number): Promise<number> {
    const from = this.head;
    this.head += rows;
    let folding = Promise.resolve();
    const latencies = await atFixedRate(PER_SECOND, rows, async (nth) => {
      const row = this.feed[from + nth]!;
      // Rows come in order; a page is read whoever else is waiting.
      folding = folding.then(async () => {
        await this.inbox.append([row]);
        await this.runner.catchUp();
      });
      await Promise.all([folding, this.readPage(row.envelope.partitionkey)]);
    });
    return percentile(latencies, 99);
  }

  private async readPage(line: string): Promise<void> {
    await this.pool.query(
      `select * from ${AGENCY}.history_line where line = $1 order by occurred_at desc limit 50`,
      [line],
    );
  }
}
