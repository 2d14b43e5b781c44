import { checkHistory } from './check-history.js';
import { historyOf } from './county/history.js';
import { Broken } from './invariants/broken.js';
import type { SimplerReading } from './simpler-readings.js';
import { simplerReadings } from './simpler-readings.js';
import { Tally } from './tally.js';

const SEEDS_MAX = 1_000;

/** The first invariant a reading breaks, with the seed that shows it. */
async function firstBroken(reading: SimplerReading): Promise<string> {
  for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
    try {
      await checkHistory(historyOf(seed), seed, new Tally(), reading);
    } catch (error) {
      if (error instanceof Broken) return `${error.invariant} (seed ${seed})`;
      throw error;
    }
  }
  return 'nothing';
}

describe('a simpler reading of the rules', () => {
  it.each(simplerReadings.map((reading) => [reading.number, reading.says, reading] as const))(
    '%i is caught: %s',
    async (_number, _says, reading) => {
      expect(await firstBroken(reading)).not.toBe('nothing');
    },
    180_000,
  );
});
