import path from 'node:path';
import type { SeedResult } from './seeds-worker.js';
import { runSeeds } from './seeds.js';
import type { Stood } from './stands-still.js';

const worker = path.join(import.meta.dirname, 'stands-still.ts');

describe('seeds run in processes of their own', () => {
  it('names a seed whose run stands still, where it stood and what for, and runs the others', async () => {
    const results: SeedResult[] = [];
    const turns: Stood['turns'] = 7;
    await runSeeds({ from: 1, seeds: 3, processes: 1, worker }, (result) => {
      results.push(result);
      return 'go on';
    });
    expect(results.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(results.map(({ broken }) => broken)).toEqual([
      `every run comes to an end: stood still after ${turns} turns, at 1234 ms; ` +
        'waiting for a turn: relay 2 inbox.append (1234 ms)',
      undefined,
      undefined,
    ]);
  });

  it('starts no more once enough is known', async () => {
    const results: SeedResult[] = [];
    await runSeeds({ from: 2, seeds: 9, processes: 1, worker }, (result) => {
      results.push(result);
      return results.length < 2 ? 'go on' : 'enough';
    });
    expect(results.map(({ seed }) => seed)).toEqual([2, 3]);
  });
});
