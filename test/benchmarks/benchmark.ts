/** One thing to be measured, in its own way. */
export interface Contender {
  readonly name: string;
  /** Does the work of one round and answers its rate; more is better. The same work in each round. */
  round(round: number): Promise<number>;
  /**
   * What the round left behind, as a text that only the right outcome gives: the number is void
   * unless baseline and system agree on it.
   */
  outcome(round: number): Promise<string>;
}

export interface Comparison {
  readonly title: string;
  /** Of the rates, such as `appends/s`. */
  readonly unit: string;
  /** The ratio wanted, system to baseline. */
  readonly goal: number;
  readonly baseline: Contender;
  readonly system: Contender;
}

export interface Result {
  readonly title: string;
  readonly unit: string;
  readonly goal: number;
  readonly baseline: { readonly name: string; readonly rates: readonly number[] };
  readonly system: { readonly name: string; readonly rates: readonly number[] };
  /** System to baseline, round by round. */
  readonly ratios: readonly number[];
}

export interface Report {
  /** The machine and what makes the engine durable, printed above the table. */
  readonly setting: Readonly<Record<string, string>>;
  readonly results: readonly Result[];
}

/** Measures and answers; the runner prints the table and keeps the JSON. */
export type Benchmark = () => Promise<Report>;

const ROUNDS = 9;

/**
 * Runs baseline and system alternately in this process, after one round each that does not count; who
 * goes first changes every round. Only the ratios within a round are compared.
 *
 * @throws Error when a round's outcomes differ
 */
export async function compare(comparison: Comparison): Promise<Result> {
  const { title, unit, goal, baseline, system } = comparison;
  const rates = { baseline: [] as number[], system: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const order =
      round % 2 === 0 ? (['baseline', 'system'] as const) : (['system', 'baseline'] as const);
    for (const side of order) {
      const rate = await comparison[side].round(round);
      if (round > 0) rates[side].push(rate);
    }
    const [expected, actual] = [await baseline.outcome(round), await system.outcome(round)];
    if (expected !== actual) {
      throw new Error(`${title}, round ${round}: ${system.name} left ${actual}, not ${expected}`);
    }
  }
  return {
    title,
    unit,
    goal,
    baseline: { name: baseline.name, rates: rates.baseline },
    system: { name: system.name, rates: rates.system },
    ratios: rates.system.map((rate, nth) => rate / rates.baseline[nth]!),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
