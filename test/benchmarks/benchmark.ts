/** One thing to be measured, in its own way. */
export interface Contender {
  readonly name: string;
  /** Does the work of one round and answers its figure, in the comparison's unit. The same work in each round. */
  round(round: number): Promise<number>;
  /**
   * What the round left behind, as a text that only the right outcome gives: the number is void
   * unless baseline and system agree on it.
   */
  outcome(round: number): Promise<string>;
}

/** Whether a goal is reached from below (a rate) or kept from above (a latency). */
export type Wanted = 'at least' | 'at most';

interface Aim {
  readonly title: string;
  /** Of the figures, such as `appends/s` or `ms`. */
  readonly unit: string;
  /** `at least` unless said otherwise. */
  readonly wanted?: Wanted;
  /** Of the ratio, system to baseline; or of the figure itself. */
  readonly goal: number;
}

export interface Comparison extends Aim {
  readonly baseline: Contender;
  readonly system: Contender;
}

export interface Figures {
  readonly name: string;
  readonly values: readonly number[];
}

export interface Result extends Aim {
  /** Absent where nothing else does the same. */
  readonly baseline?: Figures;
  readonly system: Figures;
  /** What the goal is held against, a round each: ratios, or figures where the goal is a plain one. */
  readonly judged: readonly number[];
}

export interface Report {
  /** The machine and what makes the engine durable, printed above the table. */
  readonly setting: Readonly<Record<string, string>>;
  readonly results: readonly Result[];
}

export interface BenchmarkOptions {
  /** Families of the county, where a goal speaks of size. */
  readonly families: number;
  /** Seconds a fixed-rate load runs in each round. */
  readonly seconds: number;
}

/** Measures and answers; the runner prints the table and keeps the JSON. */
export type Benchmark = (options: BenchmarkOptions) => Promise<Report>;

export const ROUNDS = 9;

/**
 * Runs baseline and system alternately in this process, after one round each that does not count; who
 * goes first changes every round. Only the ratios within a round are compared.
 *
 * @throws Error when a round's outcomes differ
 */
export async function compare(comparison: Comparison, rounds: number = ROUNDS): Promise<Result> {
  const { title, baseline, system } = comparison;
  const figures = { baseline: [] as number[], system: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const order =
      round % 2 === 0 ? (['baseline', 'system'] as const) : (['system', 'baseline'] as const);
    for (const side of order) {
      const figure = await comparison[side].round(round);
      if (round > 0) figures[side].push(figure);
    }
    const [expected, actual] = [await baseline.outcome(round), await system.outcome(round)];
    if (expected !== actual) {
      throw new Error(`${title}, round ${round}: ${system.name} left ${actual}, not ${expected}`);
    }
  }
  return {
    ...aimOf(comparison),
    baseline: { name: baseline.name, values: figures.baseline },
    system: { name: system.name, values: figures.system },
    judged: ratiosOf(figures.system, figures.baseline),
  };
}

/** A figure held against its goal as it is; a baseline, where there is one, says how far off it might be. */
export function judgedAlone(
  aim: Aim,
  name: string,
  values: readonly number[],
  baseline?: Figures,
): Result {
  const beside = baseline && { baseline };
  return { ...aimOf(aim), ...beside, system: { name, values }, judged: values };
}

/** System to baseline, a round each. */
export function ratiosOf(system: readonly number[], baseline: readonly number[]): number[] {
  return system.map((figure, nth) => figure / baseline[nth]!);
}

function aimOf({ title, unit, wanted = 'at least', goal }: Aim): Aim {
  return { title, unit, wanted, goal };
}

export function isMet({ judged, wanted, goal }: Result): boolean {
  return wanted === 'at most' ? median(judged) <= goal : median(judged) >= goal;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

/** The value that so many in a hundred do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)]!;
}
