import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import path from 'node:path';
import type { SeedResult, SeedStanding, ToldByWorker } from './seeds-worker.js';

export interface SeedRange {
  readonly from: number;
  readonly seeds: number;
  readonly processes: number;
  readonly plant?: string;
  /** What a process runs; by default seeds-worker.ts. */
  readonly worker?: string;
}

type OnResult = (result: SeedResult) => 'go on' | 'enough';

const here = import.meta.dirname;
/**
 * A process that is alive tells of itself each time round its event loop, and takes a turn each time round,
 * however slow the machine is.
 */
const TELLINGS_WITHOUT_TURN_MAX = 30;
/** Of a process that tells nothing: it may be in a loop of its own. */
const SILENCE_MS_MAX = 1_800_000;

/**
 * Runs seeds in several processes; told of each as it ends. Stops early where `onResult` says so. A seed
 * whose run stands still fails, and says where it stood; the others go on in another process.
 */
export async function runSeeds(range: SeedRange, onResult: OnResult): Promise<void> {
  let next = range.from;
  const end = range.from + range.seeds;
  const told = (result: SeedResult) => {
    if (onResult(result) === 'enough') next = end;
  };
  const one = async () => {
    while (next < end) await work(range, () => (next < end ? next++ : undefined), told);
  };
  await Promise.all(Array.from({ length: Math.min(range.processes, range.seeds) }, one));
}

/** One process, until there are no more seeds, or one of them stands still. */
function work(
  range: SeedRange,
  next: () => number | undefined,
  onResult: (result: SeedResult) => void,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const worker = started(range);
    let standing: SeedStanding | undefined;
    let unmoved = 0;
    let silence: NodeJS.Timeout | undefined;
    const stands = (now: SeedStanding | undefined) => {
      clearTimeout(silence);
      const hasMoved = now?.seed !== standing?.seed || now?.turns !== standing?.turns;
      unmoved = hasMoved ? 0 : unmoved + 1;
      standing = now;
      if (unmoved >= TELLINGS_WITHOUT_TURN_MAX) worker.kill('SIGKILL');
      if (now) silence = setTimeout(() => worker.kill('SIGKILL'), SILENCE_MS_MAX);
    };
    worker.on('message', (told: ToldByWorker) => {
      if (told.kind === 'stands') {
        if (told.seed === standing?.seed) stands(told);
        return;
      }
      if (told.kind === 'ended') onResult(told);
      const seed = worker.killed ? undefined : next();
      stands(seed === undefined ? undefined : { kind: 'stands', seed, ...nowhere });
      if (seed !== undefined) worker.send(seed);
      else if (worker.connected) worker.disconnect();
    });
    worker.once('error', reject);
    worker.once('exit', (code, signal) => {
      const at = standing;
      stands(undefined);
      if (worker.killed && at) onResult(stoodStill(at));
      if (worker.killed || code === 0) resolve();
      else reject(new Error(`a worker ended with ${code ?? signal} on seed ${at?.seed}`));
    });
  });
}

function started({ plant, worker = path.join(here, 'seeds-worker.ts') }: SeedRange): ChildProcess {
  const execArgv = ['--no-warnings', '--import', path.join(here, '../engines/typescript.mjs')];
  return fork(worker, plant === undefined ? [] : [plant], { execArgv });
}

const nowhere = { turns: 0, at: 0, waiting: [] };

function stoodStill({ seed, turns, at, waiting }: SeedStanding): SeedResult {
  const pending = waiting.length > 0 ? waiting.join('; ') : 'nothing';
  const where = `stood still after ${turns} turns, at ${at} ms; waiting for a turn: ${pending}`;
  return {
    kind: 'ended',
    seed,
    turns,
    events: 0,
    digest: '',
    broken: `every run comes to an end: ${where}`,
  };
}
