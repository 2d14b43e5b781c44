import { replaceDate } from '../journeys/replaced-date.js';

/** How much slower than time goes: all that a county does falls into one second of its clock. */
const SLOWER = 500;

/**
 * Puts a clock that begins at `from` and hardly moves in the place of the process's own. It moves at all
 * because a fold of the log knows that it is fresh by an instant after the one it was asked at; to the second
 * everything happens at once, whichever county it happens in.
 * @returns puts the process's own clock back
 */
export function slowClock(from: string): () => void {
  const [base, begun] = [Date.parse(from), performance.now()];
  return replaceDate(() => base + Math.floor((performance.now() - begun) / SLOWER));
}
