import fc from 'fast-check';
import { mandatedReviews } from '../code-lists.js';
import { daysAfter, isoWeekOf } from '../london-day.js';
import { reviewSchedule } from './review-schedule.js';
import { earliestWeekStillCounted } from './still-counted.js';

describe('a review still counts', () => {
  it.each([
    ['antenatal', '2026-W42'], // six weeks late at most
    ['new-birth', '2026-W45'], // sixteen days late at most
    ['six-to-eight-weeks', '2026-W44'], // four weeks late at most
    ['one-year', '2026-W34'], // three months late at most
    ['two-to-two-and-a-half-years', '2026-W35'], // a quarter late at most
  ])('%s in the week 2026-W48 where it was due from %s', (review, earliest) => {
    expect(earliestWeekStillCounted(review, '2026-W48')).toBe(earliest);
  });

  it('for ever where the policy does not have it, or nobody can say what week it is', () => {
    expect(earliestWeekStillCounted('school-entry', '2026-W48')).toBeUndefined();
    expect(earliestWeekStillCounted('one-year', 'now')).toBeUndefined();
    expect(
      mandatedReviews.map((each) => earliestWeekStillCounted(each, '2026-W48')),
    ).not.toContain(undefined);
  });

  it("by a trust's own list", () => {
    const own = {
      review: 'antenatal',
      countedFrom: 'expected-date',
      opens: { weeks: -12 },
      due: { weeks: -4 },
      countedUntil: { weeks: -2 },
    } as const;
    expect(earliestWeekStillCounted('antenatal', '2026-W48', [own])).toBe('2026-W46');
  });

  it('on its last day whatever the birthday, and not sixteen days later', () => {
    const days = fc.integer({ min: 0, max: 20_000 }).map((nth) => daysAfter('2000-01-01', nth));
    fc.assert(
      fc.property(days, (dateOfBirth) => {
        for (const { review, dueWeek, countedUntil } of reviewSchedule({ dateOfBirth })) {
          const earliest = (day: string) => earliestWeekStillCounted(review, isoWeekOf(day)) ?? '';
          expect(dueWeek >= earliest(countedUntil)).toBe(true);
          expect(dueWeek < earliest(daysAfter(countedUntil, 16))).toBe(true);
        }
      }),
      {
        examples: [['2020-02-29'], ['2024-02-29'], ['2046-02-25'], ['2025-11-30'], ['2026-08-31']],
      },
    );
  });
});
