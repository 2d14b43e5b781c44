import { plantedSeams } from './planted/bugs.js';
import { simulate } from './simulate.js';

/** What one seed came to, as it is told between processes. */
export interface SeedResult {
  readonly seed: number;
  readonly turns: number;
  readonly events: number;
  readonly digest: string;
  readonly broken?: string;
}

/*
 * Runs the seeds it is sent, one after another, and says what came of each. Errors are part of a run by
 * the thousand; nobody reads their stacks here, and they are what an error costs.
 */
Error.stackTraceLimit = 0;
const seams = plantedSeams(process.argv[2]);

process.on('message', (seed: number) => {
  void simulate({ seed, seams }).then(({ turns, events, digest, broken }) => {
    const result: SeedResult = { seed, turns, events, digest };
    process.send?.(broken ? { ...result, broken: broken.message } : result);
  });
});
process.send?.('ready');
