/** A change that somebody who relies on what was released would not survive. */
export interface BreakingChange {
  /** `ReviewMissed/reason`, `health-visiting: uk.common-thread.review.missed.v1/reason` */
  readonly where: string;
  /** What broke. */
  readonly what: string;
  /** What to do instead. */
  readonly instead: string;
}

export function inWords({ where, what, instead }: BreakingChange): string {
  return `${where}: ${what}. ${instead}`;
}
