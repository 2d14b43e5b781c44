import { checkHistory } from './check-history.js';
import type { Reading } from './check-history.js';
import type { Happening } from './county/happening.js';
import { describeHappening } from './county/happening.js';
import { consistent } from './county/history.js';
import { Broken } from './invariants/broken.js';
import { Tally } from './tally.js';

/** The smallest history found that breaks the same invariant, and what it breaks. */
export async function shrunk(
  events: readonly Happening[],
  seed: number,
  broken: Broken,
  reading: Reading = {},
): Promise<string> {
  let best = events;
  let last = broken;
  for (let size = best.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < best.length;) {
      const fewer = consistent([...best.slice(0, at), ...best.slice(at + size)]);
      const still = await failureOf(fewer, seed, reading);
      if (fewer.length < best.length && still?.invariant === broken.invariant) {
        best = fewer;
        last = still;
      } else at += size;
    }
  }
  const lines = best.map((event) => `  ${describeHappening(event, best)}`);
  return [`seed ${seed} breaks "${last.invariant}"`, ...lines, `  → ${last.message}`].join('\n');
}

async function failureOf(events: readonly Happening[], seed: number, reading: Reading) {
  try {
    await checkHistory(events, seed, new Tally(), reading);
    return undefined;
  } catch (error) {
    return error instanceof Broken ? error : undefined;
  }
}
