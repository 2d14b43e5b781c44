import { checkHistory } from './check-history.js';
import { withChangingAgreements } from './county/agreements.js';
import type { Happening } from './county/happening.js';
import { historyOf } from './county/history.js';
import { withPast } from './county/past.js';
import { withSwitches } from './county/switches.js';
import { withNeedToKnow } from './county/need-to-know.js';
import { Broken } from './invariants/broken.js';
import { shrunk } from './shrinking.js';
import type { SimplerReading } from './simpler-readings.js';
import { simplerReadings } from './simpler-readings.js';
import { Tally } from './tally.js';

const SEEDS_MAX = 1_000;

interface Caught {
  readonly seed: number;
  readonly events: readonly Happening[];
  readonly broken: Broken;
}

/** The first history that a reading breaks an invariant over. */
async function firstCaught(reading: SimplerReading): Promise<Caught | undefined> {
  for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
    const plain = historyOf(seed);
    const agreed = reading.ofAgreements ? withChangingAgreements(plain, seed) : plain;
    const switched = reading.ofTable ? withSwitches(agreed, seed, reading.ofTable) : agreed;
    const asked = reading.ofNeedToKnow ? withNeedToKnow(switched, seed) : switched;
    const events = reading.ofThePast ? withPast(asked, seed) : asked;
    try {
      await checkHistory(events, seed, new Tally(), reading);
    } catch (error) {
      if (error instanceof Broken) return { seed, events, broken: error };
      throw error;
    }
  }
  return undefined;
}

describe('a simpler reading of the rules', () => {
  it.each(simplerReadings.map((reading) => [reading.number, reading.says, reading] as const))(
    '%i is caught: %s',
    async (_number, _says, reading) => {
      expect(await firstCaught(reading)).toBeDefined();
    },
    300_000,
  );

  it('is shown by a history small enough to read', async () => {
    const reading = simplerReadings.find(({ number }) => number === 9)!;
    const caught = await firstCaught(reading);
    const { seed, events, broken } = caught!;
    const text = await shrunk(events, seed, broken, reading);
    expect(broken.invariant).toMatch(/^existence is /);
    expect(text).toContain(`seed ${seed} breaks "${broken.invariant}"`);
    expect(text.split('\n').length).toBeLessThan(14);
  }, 300_000);
});
