import { isDay } from '@common-thread/domain/london-day';

/** When something happened, as it was given. */
export interface GivenOccurrence {
  /** RFC 3339 UTC instant; noon where only the day was given. */
  readonly occurredAt: string;
  readonly occurredPrecision?: 'day';
}

const INSTANT =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})$/;
/** Nothing that anybody records here happened earlier: such a date is a slip of the keyboard. */
const EARLIEST = '1900-01-01';

/** Reads `2026-11-20` or `2026-11-20T14:09:00Z`; undefined where it is neither. */
export function readOccurrence(text: string): GivenOccurrence | undefined {
  const day = text.slice(0, 10);
  if (!isDay(day) || day < EARLIEST) return undefined;
  if (text === day) return { occurredAt: `${day}T12:00:00.000Z`, occurredPrecision: 'day' };
  const instant = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : { occurredAt: new Date(instant).toISOString() };
}
