import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createPool } from '@common-thread/adapters/postgres/pool';
import type { BenchmarkOptions, Report } from './benchmark.js';
import { judgedAlone } from './benchmark.js';
import { benchmarkEngine } from './benchmark-engine.js';
import { largeCounty } from './large-county.js';

const SCHEMA = 'agency_memory';
const GOALS = { megabytes: 256, growth: 1.05 } as const;

/**
 * P8 of the goals: the memory of a process that rebuilds a read model from a whole county's feed, at its
 * most and after the first fifth. Samples come with each batch, so that none falls between.
 */
export async function memory({ families }: BenchmarkOptions): Promise<Report> {
  const engine = await benchmarkEngine();
  try {
    const pool = createPool({ url: engine.url, applicationName: 'bench', statementTimeoutMs: 0 });
    const rows = await largeCounty(pool, SCHEMA, families);
    await pool.end();
    const samples = await rebuildInItsOwnProcess(engine.url);
    const last = samples.at(-1);
    if (last?.folded !== rows) throw new Error(`${last?.folded} rows were folded, not ${rows}`);
    const [early, late] = [
      samples.filter(({ folded }) => folded <= rows / 5),
      samples.filter(({ folded }) => folded > rows / 5),
    ].map((some) => Math.max(...some.map(({ megabytes }) => megabytes)));
    const bounded = { unit: 'MB', wanted: 'at most' } as const;
    return {
      setting: { ...engine.setting, feed: `${rows} rows` },
      results: [
        judgedAlone(
          { ...bounded, title: 'resident set at its most', goal: GOALS.megabytes },
          'rebuild process',
          [Math.max(early!, late!)],
        ),
        judgedAlone(
          { wanted: 'at most', unit: '×', title: 'after the first fifth', goal: GOALS.growth },
          'most after, to most within it',
          [late! / early!],
        ),
      ],
    };
  } finally {
    await engine.stop();
  }
}

interface Sample {
  readonly folded: number;
  readonly megabytes: number;
}

async function rebuildInItsOwnProcess(url: string): Promise<readonly Sample[]> {
  const here = import.meta.dirname;
  const loader = path.join(here, '../engines/typescript.mjs');
  const file = path.join(here, 'rebuilding-process.ts');
  const child = spawn(process.execPath, ['--no-warnings', '--import', loader, file, url, SCHEMA], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const samples: Sample[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    samples.push(JSON.parse(line) as Sample);
  }
  return samples;
}
