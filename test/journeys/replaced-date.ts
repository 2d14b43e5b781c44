const RealDate = Date;

/**
 * Puts another clock in the place of the process's own. It gives ms since 1970, and may ask the real one.
 * @returns puts the process's own clock back
 */
export function replaceDate(now: (real: DateConstructor) => number): () => void {
  class OtherDate extends RealDate {
    constructor(...given: readonly unknown[]) {
      if (given.length === 0) super(OtherDate.now());
      else super(...(given as [number]));
    }

    static override now(): number {
      return now(RealDate);
    }
  }
  globalThis.Date = OtherDate as DateConstructor;
  return () => {
    globalThis.Date = RealDate;
  };
}
