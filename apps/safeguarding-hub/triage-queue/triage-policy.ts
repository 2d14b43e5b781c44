import { Temporal } from 'temporal-polyfill';
import type { Rating } from '@common-thread/domain/code-lists';

/** How long a task may take. Hub hours run only while the hub is open; a working day ends at closing time. */
export interface TimeLimit {
  readonly limit: number;
  readonly unit: 'elapsed-hours' | 'hub-hours' | 'working-days';
  /** Whether a new rating keeps the clock that started when the contact was received. */
  readonly startsAt: 'received' | 'rated';
}

/** One hub's limits as data: procedures differ by authority and change (domain reference §3, §4). */
export interface TriagePolicy {
  readonly version: number;
  /** Until a contact is rated. */
  readonly rate: TimeLimit;
  /** Until it is decided, by band; null where the hub sets no limit. */
  readonly decide: Readonly<Record<Rating, TimeLimit | null>>;
  /** Until whoever asked is told, from the decision. */
  readonly tell: TimeLimit;
  /** Opening and closing time in London by weekday, Monday first; null while closed all day. */
  readonly hours: readonly (readonly [opens: string, closes: string] | null)[];
  /** Days (`YYYY-MM-DD`) on which the hub is closed besides. */
  readonly closedOn: readonly string[];
}

/** England and Wales bank holidays of 2025 to 2027 (domain reference §4). */
const bankHolidays = [
  '2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26',
  '2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28',
  '2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28',
]; // prettier-ignore

/** Fairholme's: rated on the day it is read, red within two hours whatever the hour, the rest in hub hours. */
export const fairholmeTriagePolicy: TriagePolicy = {
  version: 1,
  rate: { limit: 4, unit: 'hub-hours', startsAt: 'received' },
  decide: {
    red: { limit: 2, unit: 'elapsed-hours', startsAt: 'received' },
    amber: { limit: 6, unit: 'hub-hours', startsAt: 'received' },
    green: { limit: 1, unit: 'working-days', startsAt: 'received' },
    blue: null,
  },
  tell: { limit: 1, unit: 'working-days', startsAt: 'received' },
  hours: [
    ['08:30', '17:00'],
    ['08:30', '17:00'],
    ['10:30', '17:00'],
    ['08:30', '17:00'],
    ['08:30', '16:30'],
    null,
    null,
  ],
  closedOn: bankHolidays,
};

const LONDON = 'Europe/London';
/** A calendar with no opening at all in a year is a mistake in the policy. */
const DAYS_LOOKED_AHEAD_MAX = 366;

/** When a task that started then is due. */
export function dueAt(start: Date, limit: TimeLimit, policy: TriagePolicy): Date {
  switch (limit.unit) {
    case 'elapsed-hours':
      return new Date(start.getTime() + limit.limit * 3_600_000);
    case 'hub-hours':
      return afterHubHours(start, limit.limit, policy);
    case 'working-days':
      return afterWorkingDays(start, limit.limit, policy);
  }
}

function afterHubHours(start: Date, hours: number, policy: TriagePolicy): Date {
  let leftMs = hours * 3_600_000;
  for (const { opens, closes } of openings(start, policy)) {
    const from = Math.max(opens, start.getTime());
    if (closes - from >= leftMs && closes > from) return new Date(from + leftMs);
    leftMs -= Math.max(0, closes - from);
  }
  throw new Error(`triage policy ${policy.version} opens too rarely to be worked by`);
}

/** The next working day is day one, whatever the hour of receipt. */
function afterWorkingDays(start: Date, days: number, policy: TriagePolicy): Date {
  const startDay = londonDayOf(start).toString();
  let left = days;
  for (const { day, closes } of openings(start, policy)) {
    if (day <= startDay) continue;
    left -= 1;
    if (left <= 0) return new Date(closes);
  }
  throw new Error(`triage policy ${policy.version} opens too rarely to be worked by`);
}

function* openings(start: Date, policy: TriagePolicy) {
  const first = londonDayOf(start);
  for (let ahead = 0; ahead <= DAYS_LOOKED_AHEAD_MAX; ahead += 1) {
    const date = first.add({ days: ahead });
    const day = date.toString();
    const hours = policy.hours[date.dayOfWeek - 1];
    if (!hours || policy.closedOn.includes(day)) continue;
    const [opens, closes] = hours.map(
      (time) => date.toZonedDateTime({ timeZone: LONDON, plainTime: time }).epochMilliseconds,
    );
    yield { day, opens: opens!, closes: closes! };
  }
}

function londonDayOf(instant: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(LONDON)
    .toPlainDate();
}
