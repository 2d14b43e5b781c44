import { bugNames, plantedSeams } from './planted/bugs.js';
import type { Run } from './simulate.js';
import { simulate } from './simulate.js';
import { withoutStacks } from './without-stacks.js';

/** So many seeds find each; most are found by the first few. */
const SEEDS_MAX = 100;

/** The invariants by which a bug shows itself: what is found is what was planted. */
const shownBy: Readonly<Record<string, readonly string[]>> = {
  'acknowledge-before-commit': ['nothing acknowledged is lost'],
  'bare-position-cursor': ['nobody who follows the log passes over an event'],
  'checkpoint-after-rows': [
    'every read model folds every feed',
    'live read models equal rebuilt ones',
  ],
  'checkpoint-before-rows': ['live read models equal rebuilt ones'],
  'filtered-feed': ['the receiver accepts every feed', 'the inbox equals the pages'],
  'inbox-takes-gap': ['the receiver accepts every feed', 'the inbox equals the pages'],
  'last-writer-wins': ['the inbox equals the pages'],
  'no-idempotency-look-up': ['no command fails by itself', 'one command, one answer'],
  'publish-before-commit': ['no row is read before it is committed'],
  'reaction-without-derived-ids': ['a referral opens one contact and is answered once'],
  'recomputed-row': ['the receiver accepts every feed', 'the inbox equals the pages'],
  'skip-on-error': ['live read models equal rebuilt ones'],
};

/** The first run that a bug breaks. */
async function firstFound(bug: string): Promise<Run | undefined> {
  for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
    const run = await simulate({ seed, seams: plantedSeams(bug) });
    if (run.broken) return run;
  }
  return undefined;
}

describe('a bug that is planted', () => {
  withoutStacks();

  it.each(bugNames)(
    '%s is found, and found to be it',
    async (bug) => {
      const found = await firstFound(bug);
      expect(shownBy[bug]).toContain(found?.broken?.invariant);
      const clean = await simulate({ seed: found?.seed ?? 0 });
      expect(clean.broken).toBeUndefined();
    },
    300_000,
  );
});
