import fs from 'node:fs/promises';
import path from 'node:path';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { BenchmarkOptions, Report } from './benchmark.js';
import { compare, percentile } from './benchmark.js';
import { benchmarkEngine } from './benchmark-engine.js';
import { atFixedRate } from './fixed-rate.js';
import { SEALED_REFERRAL } from './sealed-referral.js';

const PER_SECOND = 200;
const SYNCED_BYTES = 1_024;
const GOAL = 3;

/**
 * P3 of the goals: an append's 99th percentile at a fixed rate, against that of writing 1 KB and having
 * the disk say so, at the same rate on the same disk.
 */
export async function appendLatency({ seconds }: BenchmarkOptions): Promise<Report> {
  const engine = await benchmarkEngine();
  const log = await PostgresEventLog.open({ url: engine.url });
  const pool = createPool({ url: engine.url, applicationName: 'bench outcome', max: 1 });
  const count = PER_SECOND * seconds;
  const fileOf = (round: number) => path.join(engine.directory, `synced-${round}`);
  try {
    const result = await compare({
      title: `append p99 at ${PER_SECOND}/s`,
      unit: 'ms',
      wanted: 'at most',
      goal: GOAL,
      baseline: {
        name: '1 KB fdatasync p99',
        round: async (round) => {
          const file = await fs.open(fileOf(round), 'a');
          const bytes = Buffer.alloc(SYNCED_BYTES, 1);
          try {
            const latencies = await atFixedRate(PER_SECOND, count, async () => {
              await file.write(bytes);
              await file.datasync();
            });
            return percentile(latencies, 99);
          } finally {
            await file.close();
          }
        },
        outcome: async (round) => `${(await fs.stat(fileOf(round))).size / SYNCED_BYTES} written`,
      },
      system: {
        name: 'event log',
        round: async (round) => {
          const latencies = await atFixedRate(PER_SECOND, count, (nth) => {
            const streamId = `referral-${round}-${nth}`;
            const event = { id: derivedId(streamId), ...SEALED_REFERRAL };
            return log.append(streamId, 'no-stream', [event]);
          });
          return percentile(latencies, 99);
        },
        outcome: async (round) => {
          const { rows } = await pool.query<{ count: string }>(
            'select count(*) from log.events where stream ^@ $1',
            [`referral-${round}-`],
          );
          return `${rows[0]?.count} written`;
        },
      },
    });
    return { setting: { ...engine.setting, load: `${seconds} s a round` }, results: [result] };
  } finally {
    await log.close();
    await pool.end();
    await engine.stop();
  }
}
