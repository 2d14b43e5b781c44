import {
  calendarDayInWords,
  clockTime,
  counted,
  dayInWords,
  durationInWords,
  instantInWords,
  sinceInWords,
} from './london-time.js';

describe('times in words', () => {
  it('are London times, winter and summer', () => {
    expect(clockTime(new Date('2026-01-12T14:09:00Z'))).toBe('2:09pm');
    expect(clockTime(new Date('2026-07-12T14:09:00Z'))).toBe('3:09pm');
    expect(dayInWords(new Date('2026-07-12T23:30:00Z'))).toBe('13 July 2026');
  });

  it('name noon and midnight and drop round minutes', () => {
    expect(clockTime(new Date('2026-01-12T12:00:00Z'))).toBe('midday');
    expect(clockTime(new Date('2026-01-12T00:00:00Z'))).toBe('midnight');
    expect(clockTime(new Date('2026-01-12T09:00:00Z'))).toBe('9am');
  });

  it('name the day only where it is another', () => {
    const now = new Date('2026-03-12T16:00:00Z');
    expect(sinceInWords(new Date('2026-03-12T14:09:00Z'), now)).toBe('2:09pm');
    expect(sinceInWords(new Date('2026-03-11T14:09:00Z'), now)).toBe('11 March 2026 at 2:09pm');
    expect(instantInWords(now)).toBe('12 March 2026 at 4pm');
  });

  it.each([
    [20_000, 'less than a minute'],
    [60_000, '1 minute'],
    [25 * 60_000, '25 minutes'],
    [3 * 3_600_000 + 5 * 60_000, '3 hours 5 minutes'],
    [3_600_000, '1 hour'],
    [52 * 3_600_000, '2 days 4 hours'],
    [-5, 'less than a minute'],
  ])('say %i ms as %s', (milliseconds, words) => {
    expect(durationInWords(milliseconds)).toBe(words);
  });

  it('say a birth date without moving it, and repeat what is no date', () => {
    expect(calendarDayInWords('2024-02-29')).toBe('29 February 2024');
    expect(calendarDayInWords('about March')).toBe('about March');
  });

  it('count', () => {
    expect(counted(1, 'child', 'children')).toBe('1 child');
    expect(counted(3, 'child', 'children')).toBe('3 children');
  });
});
