import type { Random } from '../../disclosure/county/random.js';

/** What may go wrong, each kind by itself: a failing run is tried again without one after another. */
export const faultKinds = [
  'kills',
  'delays',
  'outages',
  'lost answers',
  'two owners',
  'clock jumps',
  'poison',
  'bad broker',
  'forged rows',
  'torn pages',
  'restores',
  'log restores',
] as const;
export type FaultKind = (typeof faultKinds)[number];

const OUTAGE_TURNS_MAX = 12;
const DELAY_MS_MAX = 3_000;
const DAY_MS = 24 * 3_600_000;

/** Decides what goes wrong, from the seed alone. Some seeds see little, some much. */
export class Weather {
  #isCalm = false;
  /** Turns left of an outage, by the name of whoever cannot reach anything. */
  readonly #outages = new Map<string, number>();
  readonly #severity: number;

  constructor(
    private readonly random: Random,
    private readonly without: ReadonlySet<FaultKind>,
  ) {
    this.#severity = 0.3 + 1.7 * random.next();
  }

  /** From now on nothing goes wrong any more. */
  clearUp(): void {
    this.#isCalm = true;
    this.#outages.clear();
  }

  get isCalm(): boolean {
    return this.#isCalm;
  }

  happens(kind: FaultKind, probability: number): boolean {
    // The number is drawn whatever comes of it: leaving out one kind changes no other.
    const drawn = this.random.next();
    return !this.#isCalm && !this.without.has(kind) && drawn < probability * this.#severity;
  }

  delayMs(): number {
    return this.happens('delays', 0.01) ? 1 + this.random.below(DELAY_MS_MAX) : 0;
  }

  holdsAnswer(): boolean {
    return this.happens('delays', 0.15);
  }

  looksWithin(): boolean {
    return this.random.chance(0.2);
  }

  losesAnswer(): boolean {
    return this.happens('lost answers', 0.03);
  }

  /** An outage lasts for some turns of the same process. */
  isUnreachable(name: string): boolean {
    const left = this.#outages.get(name) ?? 0;
    if (left > 0) {
      this.#outages.set(name, left - 1);
      return true;
    }
    if (!this.happens('outages', 0.004)) return false;
    this.#outages.set(name, this.random.below(OUTAGE_TURNS_MAX));
    return true;
  }

  /** Where a clock jumps to, from the true time: up to a day either way. */
  clockErrorMs(): number {
    return this.random.chance(0.3) ? 0 : Math.round((this.random.next() * 2 - 1) * DAY_MS);
  }
}
