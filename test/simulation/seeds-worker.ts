import { plantedSeams } from './planted/bugs.js';
import type { Standing } from './simulate.js';
import { simulate } from './simulate.js';

/** What one seed came to, as it is told between processes. */
export interface SeedResult {
  readonly kind: 'ended';
  readonly seed: number;
  readonly turns: number;
  readonly events: number;
  readonly digest: string;
  readonly broken?: string;
}

/** Where a seed's run stands; told while it runs, so that one that stands still can be named. */
export interface SeedStanding extends Standing {
  readonly kind: 'stands';
  readonly seed: number;
}

export type ToldByWorker = { readonly kind: 'ready' } | SeedResult | SeedStanding;

const TOLD_EVERY_MS = 1_000;

/*
 * Runs the seeds it is sent, one after another, and says what came of each. Errors are part of a run by
 * the thousand; nobody reads their stacks here, and they are what an error costs.
 */
Error.stackTraceLimit = 0;
const seams = plantedSeams(process.argv[2]);
const tell = (told: ToldByWorker) => process.send?.(told);
let stands: (() => SeedStanding) | undefined;

process.on('message', (seed: number) => {
  const onBegun = (standing: () => Standing) => {
    stands = () => ({ kind: 'stands', seed, ...standing() });
  };
  void simulate({ seed, seams, onBegun }).then(({ turns, events, digest, broken }) => {
    stands = undefined;
    const result: SeedResult = { kind: 'ended', seed, turns, events, digest };
    tell(broken ? { ...result, broken: broken.message } : result);
  });
});
setInterval(() => stands && tell(stands()), TOLD_EVERY_MS).unref();
tell({ kind: 'ready' });
