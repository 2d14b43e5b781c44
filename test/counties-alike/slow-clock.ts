const RealDate = Date;
/** How much slower than time goes: all that a county does falls into one second of its clock. */
const SLOWER = 500;

/**
 * Puts a clock that begins at `from` and hardly moves in the place of the process's own. It moves at all
 * because a fold of the log knows that it is fresh by an instant after the one it was asked at; to the second
 * everything happens at once, whichever county it happens in.
 * @returns puts the process's own clock back
 */
export function slowClock(from: string): () => void {
  const [base, begun] = [RealDate.parse(from), performance.now()];
  class SlowDate extends RealDate {
    constructor(...given: readonly unknown[]) {
      if (given.length === 0) super(SlowDate.now());
      else super(...(given as [number]));
    }

    static override now(): number {
      return base + Math.floor((performance.now() - begun) / SLOWER);
    }
  }
  globalThis.Date = SlowDate as DateConstructor;
  return () => {
    globalThis.Date = RealDate;
  };
}
