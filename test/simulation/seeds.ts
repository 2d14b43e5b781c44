import { fork } from 'node:child_process';
import path from 'node:path';
import type { SeedResult } from './seeds-worker.js';

export interface SeedRange {
  readonly from: number;
  readonly seeds: number;
  readonly processes: number;
  readonly plant?: string;
}

/** Runs seeds in several processes; told of each as it ends. Stops early where `onResult` says so. */
export async function runSeeds(
  { from, seeds, processes, plant }: SeedRange,
  onResult: (result: SeedResult) => 'go on' | 'enough',
): Promise<void> {
  let next = from;
  const end = from + seeds;
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const file = path.join(import.meta.dirname, 'seeds-worker.ts');
      const worker = fork(file, plant === undefined ? [] : [plant]);
      worker.on('message', (told: 'ready' | SeedResult) => {
        if (told !== 'ready' && onResult(told) === 'enough') next = end;
        if (next < end) worker.send(next++);
        else worker.disconnect();
      });
      worker.once('error', reject);
      worker.once('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`a worker ended with ${code}: run its seeds one by one`));
      });
    });
  await Promise.all(Array.from({ length: Math.min(processes, seeds) }, one));
}
