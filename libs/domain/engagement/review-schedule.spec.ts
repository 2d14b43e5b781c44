import fc from 'fast-check';
import { mandatedReviews } from '../code-lists.js';
import { daysAfter } from '../london-day.js';
import { healthyChildProgramme, reviewSchedule } from './review-schedule.js';

describe('the mandated reviews', () => {
  it('are the five, each once', () => {
    expect(healthyChildProgramme.map(({ review }) => review)).toEqual(mandatedReviews);
  });

  it('of an unborn child are the antenatal one, before birth', () => {
    expect(reviewSchedule({ expectedDate: '2026-06-11' })).toEqual([
      {
        review: 'antenatal',
        opensOn: '2026-03-19', // 28 weeks of 40
        dueOn: '2026-05-14', // 36
        dueWeek: '2026-W20',
        countedUntil: '2026-06-25', // 42
      },
    ]);
  });

  it('of a child are the other four, from the date of birth', () => {
    const schedule = reviewSchedule({ dateOfBirth: '2026-01-05' });
    expect(schedule.map(({ review, opensOn, dueOn }) => [review, opensOn, dueOn])).toEqual([
      ['new-birth', '2026-01-15', '2026-01-19'],
      ['six-to-eight-weeks', '2026-02-16', '2026-03-02'],
      ['one-year', '2026-10-05', '2027-01-05'],
      ['two-to-two-and-a-half-years', '2028-01-05', '2028-07-05'],
    ]);
    expect(schedule.map(({ dueWeek }) => dueWeek)).toEqual([
      '2026-W04',
      '2026-W10',
      '2027-W01',
      '2028-W27',
    ]);
  });

  it('keep to the month of a child born on a day that it lacks', () => {
    const dueOn = (dateOfBirth: string) =>
      reviewSchedule({ dateOfBirth }).map((each) => each.dueOn);
    expect(dueOn('2024-02-29')[2]).toBe('2025-02-28');
    expect(dueOn('2025-08-31')[3]).toBe('2028-02-29');
  });

  it("follow a trust's own list", () => {
    const own = [
      {
        review: 'antenatal',
        countedFrom: 'expected-date',
        opens: { weeks: -12 },
        due: { weeks: -6 },
        countedUntil: { weeks: 0 },
      },
    ] as const;
    expect(reviewSchedule({ expectedDate: '2026-06-11' }, own)[0]?.dueOn).toBe('2026-04-30');
  });

  it('are overdue for a time each, before they are given up', () => {
    const schedule = [
      ...reviewSchedule({ expectedDate: '2026-06-11' }),
      ...reviewSchedule({ dateOfBirth: '2026-01-05' }),
    ];
    expect(schedule.map(({ review, countedUntil }) => [review, countedUntil])).toEqual([
      ['antenatal', '2026-06-25'],
      ['new-birth', '2026-02-04'],
      ['six-to-eight-weeks', '2026-03-30'],
      ['one-year', '2027-04-05'],
      ['two-to-two-and-a-half-years', '2028-10-04'],
    ]);
  });

  it('open before they are due and are due before they no longer count', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.boolean(), (nth, born) => {
        const day = daysAfter('2000-01-01', nth);
        const schedule = reviewSchedule(born ? { dateOfBirth: day } : { expectedDate: day });
        for (const { opensOn, dueOn, countedUntil } of schedule) {
          expect(opensOn < dueOn && daysAfter(dueOn, 14) < countedUntil).toBe(true);
        }
      }),
    );
  });
});
