const LONDON = 'Europe/London';

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: LONDON,
  hour: 'numeric',
  minute: '2-digit',
  hourCycle: 'h12',
});
const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: LONDON,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const weekday = new Intl.DateTimeFormat('en-GB', {
  timeZone: LONDON,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});

/** `2:09pm`, `midday`, `midnight`, in London. */
export function clockTime(instant: Date): string {
  const text = clock.format(instant).replaceAll(/\s/g, '').toLowerCase();
  if (text === '12:00pm') return 'midday';
  if (text === '12:00am') return 'midnight';
  return text.replace(':00', '');
}

/** `12 March 2026`, in London. */
export function dayInWords(instant: Date): string {
  return day.format(instant);
}

/** `Thursday 12 March`, in London. */
export function weekdayInWords(instant: Date): string {
  return weekday.format(instant).replace(',', '');
}

/** `12 March 2026 at 2:09pm`, in London. */
export function instantInWords(instant: Date): string {
  return `${dayInWords(instant)} at ${clockTime(instant)}`;
}

/** `2:09pm` on the same day in London, else `12 March 2026 at 2:09pm`. */
export function sinceInWords(instant: Date, now: Date): string {
  return dayInWords(instant) === dayInWords(now) ? clockTime(instant) : instantInWords(instant);
}

/** `25 minutes`, `3 hours 5 minutes`, `2 days 4 hours`: at most two parts, rounded down. */
export function durationInWords(milliseconds: number): string {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60_000);
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  const rest = minutes % 60;
  if (days > 0) return joined(counted(days, 'day'), hours > 0 ? counted(hours, 'hour') : '');
  if (hours > 0) return joined(counted(hours, 'hour'), rest > 0 ? counted(rest, 'minute') : '');
  return minutes === 0 ? 'less than a minute' : counted(minutes, 'minute');
}

/** `1 child`, `3 children`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** A calendar day such as a date of birth, `YYYY-MM-DD`, as `12 March 2026`; as given where it is none. */
export function calendarDayInWords(date: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  // Noon, so that no zone can move it to another day.
  return parts ? dayInWords(new Date(`${date}T12:00:00Z`)) : date;
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
