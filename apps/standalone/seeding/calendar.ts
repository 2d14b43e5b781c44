/*
 * Days of the synthetic county, counted from 1 January 1970. Plain numbers: a county has some
 * hundred thousand of them to add and compare.
 */

const DAY_MS = 86_400_000;
/** Monday; 1 January 1970 was a Thursday. */
const FIRST_MONDAY = 4;

export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

/** `YYYY-MM-DD` */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Noon UTC, which is how a fact known to the day is noted. */
export function noonOf(day: number): string {
  return `${dayText(day)}T12:00:00.000Z`;
}

/** An instant of a day; minutes are counted from midnight UTC. */
export function instantOf(day: number, minutes: number): string {
  return new Date(day * DAY_MS + Math.round(minutes) * 60_000).toISOString();
}

export function minutesBefore(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) - minutes * 60_000).toISOString();
}

/** From 0 for January. */
export function monthOf(day: number): number {
  return new Date(day * DAY_MS).getUTCMonth();
}

/** Monday to Friday but for 1 January, 25 and 26 December: near enough for invented work. */
export function isWorkingDay(day: number): boolean {
  const weekday = (((day - FIRST_MONDAY) % 7) + 7) % 7;
  return weekday < 5 && !/-(01-01|12-25|12-26)$/.test(dayText(day));
}

export function nextWorkingDay(day: number): number {
  let next = day;
  while (!isWorkingDay(next)) next += 1;
  return next;
}

/** The last so many working days that are over before `day`, oldest first. */
export function workingDaysBefore(day: number, count: number): number[] {
  const days: number[] = [];
  for (let each = day - 1; days.length < count; each -= 1) if (isWorkingDay(each)) days.push(each);
  return days.reverse();
}
