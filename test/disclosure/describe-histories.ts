import { checkHistory } from './check-history.js';
import { withChangingAgreements } from './county/agreements.js';
import { historyOf } from './county/history.js';
import { withPast } from './county/past.js';
import { withSwitches } from './county/switches.js';
import { withNeedToKnow } from './county/need-to-know.js';
import { Broken } from './invariants/broken.js';
import { shrunk } from './shrinking.js';
import { Tally } from './tally.js';

const AT_ONCE = 100;

/** Which histories are checked: `COMMON_THREAD_HISTORIES` says how many, `COMMON_THREAD_SEED` one alone. */
const only = process.env.COMMON_THREAD_SEED;
const first = only === undefined ? 1 : Number(only);
const count = only === undefined ? Number(process.env.COMMON_THREAD_HISTORIES ?? 1_000) : 1;

/**
 * The relay's rules over random histories, with kills, small transactions, lost and repeated messages. Every
 * `of`-th hundred of them from the `nth` on, so that files which run side by side share them.
 */
export function describeHistories(nth: number, of: number): void {
  const chunks = Array.from({ length: Math.ceil(count / AT_ONCE) }, (_, at) => {
    const from = first + at * AT_ONCE;
    return [from, Math.min(from + AT_ONCE, first + count) - 1] as const;
  }).filter((_, at) => at % of === nth);
  const share = chunks.reduce((sum, [from, to]) => sum + to - from + 1, 0);

  describe(`what each recipient is told, ${nth + 1} of ${of}`, () => {
    const tally = new Tally();

    for (const [from, to] of chunks) {
      it(`keeps every invariant over the histories of seeds ${from} to ${to}`, async () => {
        for (let seed = from; seed <= to; seed += 1) await checkSeed(seed, tally);
      }, 300_000);
    }

    it('is held against histories in which everything happens', () => {
      if (share < AT_ONCE) return; // too few to say
      expect(Object.keys(tally.counts).sort()).toEqual(everything);
      for (const [what, times] of Object.entries(tally.counts)) {
        const isOften = times * (seldom[what] ?? 1) >= share;
        expect([what, isOften]).toEqual([what, true]);
      }
    });
  });
}

async function checkSeed(seed: number, tally: Tally): Promise<void> {
  const agreed = withChangingAgreements(historyOf(seed), seed);
  const events = withPast(withNeedToKnow(withSwitches(agreed, seed), seed), seed);
  try {
    await checkHistory(events, seed, tally);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    throw new Error(await shrunk(events, seed, error), { cause: error });
  }
}

/** In one of so many histories, on average: an officer must come after the table was switched, and switched back. */
const seldom: Readonly<Record<string, number>> = {
  'told of the past': 10,
  'withdrawn of the past': 10,
};

/** In each history, on average, unless it is seldom. */
const everything = [
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
  'rows on a consent',
  'rows on an agreement',
  'shared again',
  'taken back with a consent',
  'taken back with an agreement',
  'told as author or referrer',
  'told by another table',
  'told of the past',
  'withdrawals',
  'withdrawn of the past',
  'without a confidential address',
];
