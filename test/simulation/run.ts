import fs from 'node:fs';
import { CommanderError } from 'commander';
import { ProgressLine } from '../../apps/standalone/seeding/progress-line.js';
import { describeHappening } from '../disclosure/county/happening.js';
import type { SimulateArguments } from './arguments.js';
import { argumentsOf } from './arguments.js';
import { plantedSeams } from './planted/bugs.js';
import { runSeeds } from './seeds.js';
import type { SeedResult } from './seeds-worker.js';
import { shrink } from './shrink.js';
import { simulate } from './simulate.js';

/** `npm run simulate -- --seeds 10000`: the whole system under faults, seed by seed. */
const FAILURES_MAX = 10;
const LINE_LENGTH_MAX = 160;
const LAST_LINES = 40;

try {
  const given = argumentsOf(process.argv.slice(2));
  const failed = given.seed === undefined ? await all(given) : await replay(given, given.seed);
  process.exitCode = failed ? 1 : 0;
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}

/** Whether any failed. */
async function all(given: SimulateArguments): Promise<boolean> {
  const line = new ProgressLine(process.stdout);
  const started = performance.now();
  const failures: SeedResult[] = [];
  let [done, turns, events] = [0, 0, 0];
  const rate = () => (done / ((performance.now() - started) / 1_000)).toFixed(1);
  await runSeeds(given, (result) => {
    done += 1;
    turns += result.turns;
    events += result.events;
    if (result.broken !== undefined) {
      failures.push(result);
      line.say(`seed ${result.seed}: ${result.broken}`);
      line.say(`  to replay: npm run simulate -- --seed ${result.seed}${plantOf(given)}`);
    }
    line.update(`${done} of ${given.seeds} seeds, ${rate()} a second, ${failures.length} failed`);
    return failures.length < FAILURES_MAX ? 'go on' : 'enough';
  });
  line.say(
    `${done} seeds, ${turns} turns, ${events} events, ${rate()} seeds a second, ` +
      `${failures.length} failed`,
  );
  if (given.json !== undefined) {
    const counts = { numPassedTests: done - failures.length, numFailedTests: failures.length };
    fs.writeFileSync(given.json, JSON.stringify({ ...counts, numRuntimeErrorTestSuites: 0 }));
  }
  return failures.length > 0;
}

/** One seed with every turn of it; where it fails, again with as little as shows the same. */
async function replay(given: SimulateArguments, seed: number): Promise<boolean> {
  const seams = plantedSeams(given.plant);
  const run = await simulate({ seed, seams, isTraced: true });
  say(run.lines);
  process.stdout.write(`${run.turns} turns, ${run.events} events, digest ${run.digest}\n`);
  if (!run.broken) return false;
  process.stdout.write(`seed ${seed} breaks ${run.broken.message}\n\nthe least that shows it:\n`);
  const { run: least, faults } = await shrink(run, { seams });
  say(least.happenings.map((event) => describeHappening(event, least.happenings)));
  process.stdout.write(`faults: ${faults.length > 0 ? faults.join(', ') : 'none'}; it ends\n`);
  say(least.lines.slice(-LAST_LINES));
  return true;
}

function say(lines: readonly string[]): void {
  process.stdout.write(lines.map((each) => `  ${each.slice(0, LINE_LENGTH_MAX)}\n`).join(''));
}

function plantOf({ plant }: SimulateArguments): string {
  return plant === undefined ? '' : ` --plant ${plant}`;
}
