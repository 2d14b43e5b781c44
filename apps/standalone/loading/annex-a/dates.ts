import { isDay } from '@common-thread/domain/london-day';
import type { Cell } from './cells.js';
import { textOf } from './cells.js';

const MONTHS = [
  'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec',
]; // prettier-ignore
const MONTHS_LONG =
  'january|february|march|april|may|june|july|august|september|october|november|december|sept';

/**
 * Serial days a spreadsheet counts from 30 December 1899; outside 1954 to 2119 a number is no
 * date.
 */
const SERIAL_MIN = 20_000;
const SERIAL_MAX = 80_000;
const SERIAL_OF_1970 = 25_569;
const DAY_MS = 86_400_000;
/** Two-digit years from here on are of the last century. */
const CENTURY_TURNS_AT = 70;

const TIME =
  '(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?: ?[ap]m)?(?:Z|[+-]\\d{2}:?\\d{2})?)?';
const ISO = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${TIME}$`, 'i');
const DAY_FIRST = new RegExp(`^(\\d{1,2})[-/. ](\\d{1,2})[-/. ](\\d{4}|\\d{2})${TIME}$`, 'i');
const MONTH = `(${MONTHS.join('|')}|${MONTHS_LONG})`;
const NAMED = new RegExp(
  `^(\\d{1,2})(?:st|nd|rd|th)?[-/. ]${MONTH}[-/., ]+(\\d{4}|\\d{2})${TIME}$`,
  'i',
);

/**
 * The calendar day (`YYYY-MM-DD`) of a cell: a date of the sheet, a bare serial number, or text
 * with the day before the month, as it is written in England. Undefined where it is none of
 * these, or no day of the calendar. A time beside it is dropped, the zone it may name with it.
 */
export function readDay(cell: Cell | undefined): string | undefined {
  if (cell instanceof Date) {
    return Number.isNaN(cell.getTime()) ? undefined : cell.toISOString().slice(0, 10);
  }
  const text = textOf(cell);
  if (/^\d{5}(\.\d+)?$/.test(text)) return ofSerial(Number(text));
  const iso = ISO.exec(text);
  if (iso) return day(iso[1], iso[2], iso[3]);
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst) return day(dayFirst[3], dayFirst[2], dayFirst[1]);
  const named = NAMED.exec(text);
  if (!named) return undefined;
  const month = MONTHS.indexOf((named[2] ?? '').slice(0, 3).toLowerCase()) + 1;
  return day(named[3], String(month), named[1]);
}

function ofSerial(serial: number): string | undefined {
  if (serial < SERIAL_MIN || serial >= SERIAL_MAX) return undefined;
  const instant = new Date((Math.floor(serial) - SERIAL_OF_1970) * DAY_MS);
  return instant.toISOString().slice(0, 10);
}

function day(year = '', month = '', dayOfMonth = ''): string | undefined {
  const century = Number(year) < CENTURY_TURNS_AT ? '20' : '19';
  const whole = year.length === 2 ? `${century}${year}` : year;
  const written = `${whole}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  return isDay(written) ? written : undefined;
}
