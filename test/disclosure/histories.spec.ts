import { checkHistory } from './check-history.js';
import { withChangingAgreements } from './county/agreements.js';
import { historyOf } from './county/history.js';
import { Broken } from './invariants/broken.js';
import { shrunk } from './shrinking.js';
import { Tally } from './tally.js';

/*
 * The relay's rules over random histories, with kills, small transactions, lost and repeated messages.
 * COMMON_THREAD_HISTORIES says how many; COMMON_THREAD_SEED runs one alone.
 */
const only = process.env.COMMON_THREAD_SEED;
const first = only === undefined ? 1 : Number(only);
const count = only === undefined ? Number(process.env.COMMON_THREAD_HISTORIES ?? 1_000) : 1;
const AT_ONCE = 100;
const chunks = Array.from({ length: Math.ceil(count / AT_ONCE) }, (_, nth) => {
  const from = first + nth * AT_ONCE;
  return [from, Math.min(from + AT_ONCE, first + count) - 1] as const;
});

describe('what each recipient is told', () => {
  const tally = new Tally();

  it.each(chunks)(
    'keeps every invariant over the histories of seeds %i to %i',
    async (from, to) => {
      for (let seed = from; seed <= to; seed += 1) {
        const events = withChangingAgreements(historyOf(seed), seed);
        try {
          await checkHistory(events, seed, tally);
        } catch (error) {
          if (!(error instanceof Broken)) throw error;
          throw new Error(await shrunk(events, seed, error), { cause: error });
        }
      }
    },
    300_000,
  );

  it('is held against histories in which everything happens', () => {
    if (count < AT_ONCE) return; // too few to say
    expect(Object.keys(tally.counts).sort()).toEqual(
      [
        'blind',
        'corrections',
        'directory joined',
        'entitlement begins',
        'entitlement ends',
        'existence',
        'joined',
        'joined and withdrawn',
        'kills',
        'restricted',
        'rows',
        'rows on an agreement',
        'shared again',
        'taken back with an agreement',
        'told as author or referrer',
        'withdrawals',
      ].sort(),
    );
    for (const [what, times] of Object.entries(tally.counts)) {
      expect([what, times >= count]).toEqual([what, true]);
    }
  });
});
