import { Problem } from '@common-thread/platform/problem';

/** How many files of the audit one officer takes in an hour. Policy of the county. */
export const EXPORTS_AN_HOUR = 10;
const HOUR_MS = 3_600_000;

/**
 * A file leaves the service, and nothing in it can be taken back: whoever takes many in an hour is told to
 * wait. Each instance of the app counts for itself.
 */
export class ExportLimit {
  readonly #taken = new Map<string, readonly number[]>();

  constructor(private readonly now: () => number = Date.now) {}

  /**
   * @returns what takes it back, for a file that is not given after all
   * @throws Problem 429 with `Retry-After` where it is one too many
   */
  count(officer: string): () => void {
    const now = this.now();
    const lately = (this.#taken.get(officer) ?? []).filter((at) => at > now - HOUR_MS);
    if (lately.length >= EXPORTS_AN_HOUR) throw tooMany(lately[0]! + HOUR_MS - now);
    this.#taken.set(officer, [...lately, now]);
    return () => this.#giveBack(officer, now);
  }

  #giveBack(officer: string, at: number): void {
    const taken = this.#taken.get(officer) ?? [];
    const nth = taken.indexOf(at);
    this.#taken.set(
      officer,
      taken.filter((_, each) => each !== nth),
    );
  }
}

function tooMany(waitMs: number): Problem {
  const minutes = Math.ceil(waitMs / 60_000);
  return new Problem(429, 'exports/too-many', 'That is more files than are given in an hour', {
    detail: `${EXPORTS_AN_HOUR} files were taken in the last hour. Ask again in ${minutes} minutes.`,
    headers: { 'retry-after': String(Math.ceil(waitMs / 1_000)) },
  });
}
