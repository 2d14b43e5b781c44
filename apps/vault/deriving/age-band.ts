import { Temporal } from 'temporal-polyfill';
import type { AgeBand } from '@common-thread/domain/deriving';

/** First whole year of age of each band, youngest first. */
const BANDS: readonly (readonly [number, AgeBand])[] = [
  [0, '0'],
  [1, '1-4'],
  [5, '5-9'],
  [10, '10-15'],
  [16, '16-17'],
  [18, 'adult'],
];

/**
 * The band on a day (`YYYY-MM-DD`). Whoever was born on 29 February is a year older on 1 March of
 * a common year.
 */
export function ageBand(
  birth: { readonly dateOfBirth?: string; readonly expectedDate?: string },
  on: string,
): AgeBand | undefined {
  if (birth.dateOfBirth === undefined) {
    return birth.expectedDate === undefined ? undefined : 'unborn';
  }
  const born = Temporal.PlainDate.from(birth.dateOfBirth);
  const day = Temporal.PlainDate.from(on);
  if (Temporal.PlainDate.compare(day, born) < 0) return 'unborn';
  const hadBirthday = day.month > born.month || (day.month === born.month && day.day >= born.day);
  const years = day.year - born.year - (hadBirthday ? 0 : 1);
  return BANDS.findLast(([from]) => years >= from)?.[1];
}
