import { Temporal } from 'temporal-polyfill';

/** Sweden writes days as we do, `YYYY-MM-DD`. Made once: every command asks for several days. */
const inLondon = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' });

/**
 * The calendar day (`YYYY-MM-DD`) of an instant where the work is done: Europe/London, two clock
 * changes a year.
 */
export function londonDay(instant: string): string {
  return inLondon.format(new Date(instant));
}

/** Whether a text is an RFC 3339 instant in UTC, `2026-01-05T09:00:00.000Z`. */
export function isInstant(text: string): boolean {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`; 30 February is none. */
export function isDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

/** The day so many days later; earlier where negative. */
export function daysAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The ISO 8601 week a day is in: `2026-W07`. Years turn with the week, not on 1 January. */
export function isoWeekOf(day: string): string {
  const date = Temporal.PlainDate.from(day);
  const year = String(date.yearOfWeek).padStart(4, '0');
  return `${year}-W${String(date.weekOfYear).padStart(2, '0')}`;
}

/** The day an ISO 8601 week begins, `2026-02-09` for `2026-W07`; undefined where the text is no week. */
export function mondayOfWeek(week: string): string | undefined {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(week) ?? [];
  if (year === undefined || number === undefined) return undefined;
  // 4 January is always in week 1.
  const inFirst = Temporal.PlainDate.from(`${year}-01-04`);
  const monday = inFirst.subtract({ days: inFirst.dayOfWeek - 1 });
  return monday.add({ weeks: Number(number) - 1 }).toString();
}

/** The instant (UTC) at which a day begins in London. */
export function beginningOfLondonDay(day: string): Date {
  const midnight = Temporal.PlainDate.from(day).toZonedDateTime('Europe/London');
  return new Date(midnight.epochMilliseconds);
}
