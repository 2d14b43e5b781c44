import { simulate } from './simulate.js';
import { withoutStacks } from './without-stacks.js';

/*
 * The whole system in one process, on a clock and a schedule that a seed decides. Some seeds here; .ci/run
 * runs two thousand, `npm run simulate -- --seeds 10000` as many as are asked for.
 */
const SEEDS = 120;
const AT_ONCE = 20;
const chunks = Array.from({ length: SEEDS / AT_ONCE }, (_, nth) => {
  const from = 1 + nth * AT_ONCE;
  return [from, from + AT_ONCE - 1] as const;
});

describe('the system under faults', () => {
  withoutStacks();

  it.each(chunks)(
    'keeps its promises by seeds %i to %i',
    async (from, to) => {
      const broken: string[] = [];
      let [recorded, events] = [0, 0];
      for (let seed = from; seed <= to; seed += 1) {
        const run = await simulate({ seed });
        recorded += run.outcomes['recorded'] ?? 0;
        events += run.events;
        if (!run.broken) continue;
        broken.push(`${run.broken.message}; npm run simulate -- --seed ${seed}`);
      }
      expect(broken).toEqual([]);
      expect(recorded).toBeGreaterThan(AT_ONCE * 10);
      expect(events).toBeGreaterThan(AT_ONCE * 10);
    },
    300_000,
  );

  it('goes the same way again by the same seed, turn for turn', async () => {
    for (const seed of [3, 14]) {
      const first = await simulate({ seed, isTraced: true });
      const again = await simulate({ seed, isTraced: true });
      expect(again.lines).toEqual(first.lines);
      expect(again.digest).toBe(first.digest);
    }
  });

  it('goes another way by another seed, and without one kind of fault', async () => {
    const digests = [
      await simulate({ seed: 3 }),
      await simulate({ seed: 4 }),
      await simulate({ seed: 3, without: new Set(['kills']) }),
    ].map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(3);
  });
});
