import { Temporal } from 'temporal-polyfill';
import { isoWeekOf, mondayOfWeek } from '../london-day.js';
import type { ReviewPolicy } from './review-schedule.js';
import { healthyChildProgramme } from './review-schedule.js';

/**
 * The earliest week a review may have been due in and, held in the given week, still count as that
 * review. One due earlier can no longer be held in time, so it is no longer outstanding.
 *
 * Goes by weeks because the day is sealed: a review is given up at most sixteen days after its last day,
 * never before it. Nine of them are months: a week due at the end of February begins on a day counted
 * until 25 May and ends on one counted until 3 June. The others are the rest of that week.
 * @param week ISO 8601, `2026-W07`
 * @returns a week; undefined for a review the policy does not have, which is never given up
 */
export function earliestWeekStillCounted(
  review: string,
  week: string,
  policy: readonly ReviewPolicy[] = healthyChildProgramme,
): string | undefined {
  const own = policy.find((each) => each.review === review);
  const monday = mondayOfWeek(week);
  if (!own || monday === undefined) return undefined;
  const late = timeToBeLate(own);
  let first = Temporal.PlainDate.from(monday);
  // Forwards from each week's last day: months counted backwards end on other days.
  for (;;) {
    const lastOfWeekBefore = first.subtract({ days: 1 });
    if (Temporal.PlainDate.compare(lastOfWeekBefore.add(late), monday) < 0) break;
    first = first.subtract({ weeks: 1 });
  }
  return isoWeekOf(first.toString());
}

/** How long after it is due a late one still counts. */
function timeToBeLate({ due, countedUntil }: ReviewPolicy) {
  return Temporal.Duration.from({
    days: (countedUntil.days ?? 0) - (due.days ?? 0),
    weeks: (countedUntil.weeks ?? 0) - (due.weeks ?? 0),
    months: (countedUntil.months ?? 0) - (due.months ?? 0),
  });
}
