/** What a history can be guilty of. */
export const verdicts = [
  /** Acknowledged, and not there or never read. */
  'lost',
  /** There more than once. */
  'duplicated',
  /** A hole or an inversion in a stream, a feed or one read. */
  'reordered',
  /** One sequence or one key, two values. */
  'divergent',
  /** Refused, or sent by nobody, and there all the same. */
  'phantom',
  /** A read model that is not what folding its inbox anew gives. */
  'untrue',
  /** Something that waits for ever. */
  'stuck',
  /** Shown to somebody, and the audit does not say so. */
  'unaudited',
] as const;

export type Verdict = (typeof verdicts)[number];

export interface Finding {
  readonly verdict: Verdict;
  /** One sentence: what, where. */
  readonly words: string;
}

export function finding(verdict: Verdict, words: string): Finding {
  return { verdict, words };
}

/** How many findings there are of each verdict. */
export function countsOf(findings: readonly Finding[]): Readonly<Record<Verdict, number>> {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0]));
  for (const { verdict } of findings) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts as Record<Verdict, number>;
}
