import { Temporal } from 'temporal-polyfill';
import type { MandatedReview } from '../code-lists.js';
import { isoWeekOf } from '../london-day.js';

/** Time from the date a review is counted from; negative weeks lie before an expected date. */
export interface AgeSpan {
  readonly days?: number;
  readonly weeks?: number;
  readonly months?: number;
}

/** When one review is offered. Policy, not code: a trust that works to other limits has its own list. */
export interface ReviewPolicy {
  readonly review: MandatedReview;
  readonly countedFrom: 'expected-date' | 'date-of-birth';
  /** The first day it is offered. */
  readonly opens: AgeSpan;
  /** The last day it is in time. */
  readonly due: AgeSpan;
  /** The last day a late one still counts as this review. */
  readonly countedUntil: AgeSpan;
}

/**
 * The five reviews of the Healthy Child Programme, England (guidance of 6 February 2026), with the
 * limits of the national health visiting metrics 2024 to 2025: antenatal from 28 weeks of pregnancy;
 * new birth at 10 to 14 days, counted to 30; 6 to 8 weeks; 12 months, counted from 9 to 15; 2 to 2½
 * years, 24 to 30 months.
 *
 * Unconfirmed: the sources give the antenatal review no last day but birth, and the reviews at 6 to 8
 * weeks and at 2 to 2½ years none for one that is late. Until a trust says otherwise these stand, so
 * that a late one is somebody's task for a time:
 * - antenatal: due by 36 weeks, counted to 42, the longest a pregnancy is let run; birth ends it;
 * - 6 to 8 weeks: counted to 12, when the contact suggested at 3 to 4 months takes its place;
 * - 2 to 2½ years: counted for 13 weeks more, a quarter late as the 12-month review may be.
 */
export const healthyChildProgramme: readonly ReviewPolicy[] = [
  {
    review: 'antenatal',
    countedFrom: 'expected-date',
    opens: { weeks: -12 },
    due: { weeks: -4 },
    countedUntil: { weeks: 2 },
  },
  {
    review: 'new-birth',
    countedFrom: 'date-of-birth',
    opens: { days: 10 },
    due: { days: 14 },
    countedUntil: { days: 30 },
  },
  {
    review: 'six-to-eight-weeks',
    countedFrom: 'date-of-birth',
    opens: { weeks: 6 },
    due: { weeks: 8 },
    countedUntil: { weeks: 12 },
  },
  {
    review: 'one-year',
    countedFrom: 'date-of-birth',
    opens: { months: 9 },
    due: { months: 12 },
    countedUntil: { months: 15 },
  },
  {
    review: 'two-to-two-and-a-half-years',
    countedFrom: 'date-of-birth',
    opens: { months: 24 },
    due: { months: 30 },
    countedUntil: { months: 30, weeks: 13 },
  },
];

/** One review of one child; days are `YYYY-MM-DD`, the week ISO 8601 (`2026-W07`). */
export interface ScheduledReview {
  readonly review: MandatedReview;
  readonly opensOn: string;
  readonly dueOn: string;
  readonly dueWeek: string;
  readonly countedUntil: string;
}

/** From which day a child's reviews are counted: unborn children have an expected date only. */
export type CountedFrom =
  | { readonly expectedDate: string; readonly dateOfBirth?: never }
  | { readonly dateOfBirth: string; readonly expectedDate?: never };

/**
 * A child's reviews, soonest due first: the antenatal one before birth, the other four after. None is
 * counted on from an expected date past birth: a child may come early, or may die.
 *
 * A month after the last of a shorter month ends on that month's last day.
 */
export function reviewSchedule(
  child: CountedFrom,
  policy: readonly ReviewPolicy[] = healthyChildProgramme,
): ScheduledReview[] {
  const [countedFrom, day] =
    child.dateOfBirth === undefined
      ? (['expected-date', child.expectedDate] as const)
      : (['date-of-birth', child.dateOfBirth] as const);
  const from = Temporal.PlainDate.from(day);
  return policy
    .filter((each) => each.countedFrom === countedFrom)
    .map(({ review, opens, due, countedUntil }) => {
      const dueOn = from.add(due).toString();
      return {
        review,
        opensOn: from.add(opens).toString(),
        dueOn,
        dueWeek: isoWeekOf(dueOn),
        countedUntil: from.add(countedUntil).toString(),
      };
    })
    .sort((one, other) => one.dueOn.localeCompare(other.dueOn));
}
