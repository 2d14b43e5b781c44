import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  beginningOfLondonDay,
  daysAfter,
  isDay,
  isInstant,
  isoWeekOf,
  londonDay,
  mondayOfWeek,
} from './london-day.js';

describe('days', () => {
  it.each([
    ['2026-01-05T23:30:00.000Z', '2026-01-05'],
    ['2026-07-05T23:30:00.000Z', '2026-07-06'],
    ['2026-03-29T00:59:59.000Z', '2026-03-29'],
    ['2026-10-25T23:30:00.000Z', '2026-10-25'],
  ])('%s is %s in London', (instant, day) => {
    expect(londonDay(instant)).toBe(day);
  });

  it('agree with the calendar of the time zone at any hour', () => {
    const anyInstant = fc.date({
      min: new Date('1972-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyInstant, (date) => {
        const zoned = Temporal.Instant.from(date.toISOString()).toZonedDateTimeISO(
          'Europe/London',
        );
        expect(londonDay(date.toISOString())).toBe(zoned.toPlainDate().toString());
      }),
    );
  });

  it('are days of the calendar, written in one way', () => {
    for (const day of ['2024-02-29', '1900-01-01']) expect(isDay(day)).toBe(true);
    for (const none of ['2025-02-29', '2026-2-9', '2026-04-31', '20260209', '', 'x2026-02-09']) {
      expect(isDay(none)).toBe(false);
    }
  });

  it('are counted over months and years', () => {
    expect(daysAfter('2026-02-27', 2)).toBe('2026-03-01');
    expect(daysAfter('2026-01-01', -1)).toBe('2025-12-31');
  });
});

describe('instants', () => {
  it('are whole and in UTC', () => {
    expect(isInstant('2026-03-02T10:00:00.000Z')).toBe(true);
    for (const none of ['2026-03-02', '2026-03-02T10:00:00', '2026-03-02T25:00:00Z']) {
      expect(isInstant(none)).toBe(false);
    }
  });
});

describe('weeks', () => {
  it.each([
    ['2026-01-01', '2026-W01'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-01', '2026-W53'],
    ['2024-12-30', '2025-W01'],
  ])('%s is in %s', (day, week) => {
    expect(isoWeekOf(day)).toBe(week);
  });

  it('begin on a Monday', () => {
    expect(mondayOfWeek('2026-W01')).toBe('2025-12-29');
    expect(mondayOfWeek('2026-W53')).toBe('2026-12-28');
    for (const none of ['2026-W7', '2026-02-09', '']) expect(mondayOfWeek(none)).toBeUndefined();
  });

  it('never fall as days rise, and turn every seven', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (nth) => {
        const day = daysAfter('1950-01-02', nth); // a Monday
        const next = isoWeekOf(daysAfter(day, 1));
        expect(next >= isoWeekOf(day)).toBe(true);
        expect(next !== isoWeekOf(day)).toBe(nth % 7 === 6);
      }),
    );
  });

  it.each([
    ['2026-01-05', '2026-01-05T00:00:00.000Z'],
    ['2026-07-06', '2026-07-05T23:00:00.000Z'],
    ['2026-03-29', '2026-03-29T00:00:00.000Z'],
  ])('%s begins in London at %s', (day, instant) => {
    expect(beginningOfLondonDay(day).toISOString()).toBe(instant);
  });
});
