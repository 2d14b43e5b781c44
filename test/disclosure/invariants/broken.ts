import type { RanRow } from '../running/plain-run.js';

/** An invariant does not hold. Its name stays the same while the history that shows it shrinks. */
export class Broken extends Error {
  override readonly name = 'Broken';
  constructor(
    readonly invariant: string,
    detail: string,
  ) {
    super(`${invariant}: ${detail}`);
  }
}

export function must(
  holds: boolean,
  invariant: string,
  detail: string | (() => string),
): asserts holds {
  if (!holds) throw new Broken(invariant, typeof detail === 'function' ? detail() : detail);
}

/** `elm-centres.childrens-centre #12 attendance … on family/…`, for whoever reads a failure. */
export function nameRow({ row }: RanRow): string {
  const { feed, sequence, type, partitionkey } = row.envelope;
  return `${feed} #${sequence} ${type} on ${partitionkey}`;
}
