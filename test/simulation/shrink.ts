import type { Happening } from '../disclosure/county/happening.js';
import { consistent } from '../disclosure/county/history.js';
import type { FaultKind } from './machine/weather.js';
import { faultKinds } from './machine/weather.js';
import type { Run, RunOptions } from './simulate.js';
import { simulate } from './simulate.js';

const RUNS_MAX = 80;

export interface Shrunk {
  readonly run: Run;
  /** Kinds of faults it takes. */
  readonly faults: readonly FaultKind[];
}

/**
 * Fewer kinds of faults and a smaller county by which the same invariant is still broken, as far as it
 * is found in a few runs: another county takes other turns.
 */
export async function shrink(failed: Run, { seams }: Pick<RunOptions, 'seams'>): Promise<Shrunk> {
  let best = failed;
  let left = RUNS_MAX;
  const without = new Set<FaultKind>();
  const stillFails = async (happenings: readonly Happening[], leftOut: ReadonlySet<FaultKind>) => {
    if (left <= 0) return false;
    left -= 1;
    const { seed } = failed;
    const isTraced = true;
    const run = await simulate({
      seed,
      happenings,
      without: leftOut,
      isTraced,
      ...(seams ? { seams } : {}),
    });
    if (run.broken?.invariant !== failed.broken?.invariant) return false;
    best = run;
    return true;
  };
  for (const kind of faultKinds) {
    if (await stillFails(best.happenings, new Set([...without, kind]))) without.add(kind);
  }
  for (let size = best.happenings.length >> 1; size >= 1 && left > 0; size >>= 1) {
    for (let at = 0; at < best.happenings.length && left > 0;) {
      const { happenings } = best;
      const fewer = consistent([...happenings.slice(0, at), ...happenings.slice(at + size)]);
      const isSmaller = fewer.length < happenings.length;
      if (!isSmaller || !(await stillFails(fewer, without))) at += size;
    }
  }
  return { run: best, faults: faultKinds.filter((kind) => !without.has(kind)) };
}
