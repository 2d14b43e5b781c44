import type { ContactSource } from '@common-thread/domain/code-lists';
import { daysAfter } from '@common-thread/domain/london-day';
import type { Cell, SheetRow } from './cells.js';
import { CELL_CHARACTERS_MAX, textOf } from './cells.js';
import type { ColumnName, ListNumber, Places } from './columns.js';
import { titleOf } from './columns.js';
import { readDay } from './dates.js';
import { readContactSource, readNoFurtherAction, readSex } from './specification.js';

/** One row of list 1 or 3, read: what is kept of it and nothing else. */
export interface ContactRow {
  readonly list: ListNumber;
  readonly childId: string;
  readonly sex?: 'M' | 'F' | 'U';
  /** A birth date, or for a child not born by the day of loading the day expected. */
  readonly birth?: { readonly kind: 'born' | 'expected'; readonly day: string };
  /** Day of the contact or referral, `YYYY-MM-DD`. */
  readonly day: string;
  readonly source: ContactSource;
  /** List 3 only: whether the referral ended in no further action. */
  readonly noFurtherAction?: boolean;
}

/** Why a row is not loaded. Column and reason are ours; nothing of the row is repeated. */
export interface Fault {
  readonly column: string;
  readonly reason: string;
}

export type ReadRow = { readonly contact: ContactRow } | { readonly faults: readonly Fault[] };

/** Letters, digits and the signs authorities' systems put between them. */
const CHILD_ID = /^[a-z0-9](?:[a-z0-9_./-]{0,38}[a-z0-9])?$/i;
/** A spreadsheet's short form of a long number: digits are lost. */
const ROUNDED = /^\d(?:\.\d+)?e\+?\d+$/i;
const EARLIEST_DAY = '1990-01-01';
const CHILD_YEARS_MAX = 26;
/**
 * A pregnancy is known about so long before birth at most (domain reference §11: referral 40
 * weeks before), with a margin.
 */
const PREGNANCY_DAYS_MAX = 44 * 7;

/** Reads one row of a list; `today` is the day of loading (`YYYY-MM-DD`, London). */
export function readContactRow(
  list: ListNumber,
  places: Places,
  { cells }: SheetRow,
  today: string,
): ReadRow {
  const unstorable = unstorableIn(cells);
  if (unstorable) return { faults: [unstorable] };
  const at = (name: ColumnName): Cell | undefined => {
    const place = places[name];
    return place === undefined ? undefined : cells[place];
  };
  const faults: Fault[] = [];
  const fault = (name: ColumnName, reason: string) => {
    faults.push({ column: titleOf(list, name), reason });
  };

  const childId = readChildId(at('child'), (reason) => fault('child', reason));
  const day = readContactDay(at('date'), today, (reason) => fault('date', reason));
  const source = readSource(at('source'), (reason) => fault('source', reason));
  const birth = readBirth(at('dateOfBirth'), day, today, (r) => fault('dateOfBirth', r));
  const nfa = list === 3 ? readNfa(at('noFurtherAction'), (r) => fault('noFurtherAction', r)) : {};
  if (faults.length > 0 || !childId || !day || !source) return { faults };
  return {
    contact: { list, childId, day, source, ...nfa, ...birth, ...readSexOf(textOf(at('sex'))) },
  };
}

function readSexOf(spelling: string): Pick<ContactRow, 'sex'> {
  const sex = readSex(spelling);
  // Not being able to read the sex is no reason to lose a contact.
  return sex ? { sex } : {};
}

type Complain = (reason: string) => void;

function unstorableIn(cells: readonly Cell[]): Fault | undefined {
  const texts = cells.filter((cell) => typeof cell === 'string');
  if (texts.some((text) => text.length > CELL_CHARACTERS_MAX)) {
    return {
      column: 'any',
      reason: `a cell is longer than ${CELL_CHARACTERS_MAX} characters`,
    };
  }
  if (texts.some((text) => text.includes('\u0000'))) {
    return { column: 'any', reason: 'a cell holds a NUL character' };
  }
  return undefined;
}

function readChildId(cell: Cell | undefined, complain: Complain): string | undefined {
  // A number column saved through a data frame writes whole numbers as 123.0.
  const text = textOf(cell).replace(/^(\d+)\.0+$/, '$1');
  if (text === '') complain('is empty');
  else if (ROUNDED.test(text)) {
    complain('is a number shortened to a power of ten; save the column as text');
  } else if (cell instanceof Date || !CHILD_ID.test(text)) {
    complain('is not an id of at most 40 letters and digits');
  } else return text;
  return undefined;
}

function readContactDay(
  cell: Cell | undefined,
  today: string,
  complain: Complain,
): string | undefined {
  const day = readDay(cell);
  if (textOf(cell) === '') complain('is empty');
  else if (!day) complain('is no date that can be read; write it as DD/MM/YYYY');
  else if (day > today) complain('is in the future');
  else if (day < EARLIEST_DAY) complain(`is before ${EARLIEST_DAY.slice(0, 4)}`);
  else return day;
  return undefined;
}

function readSource(cell: Cell | undefined, complain: Complain): ContactSource | undefined {
  const text = textOf(cell);
  const source = readContactSource(text);
  if (text === '') complain('is empty');
  else if (!source) complain('is not among the spellings of the specification');
  return source;
}

function readNfa(cell: Cell | undefined, complain: Complain): Pick<ContactRow, 'noFurtherAction'> {
  const answer = typeof cell === 'boolean' ? cell : readNoFurtherAction(textOf(cell));
  if (answer !== undefined) return { noFurtherAction: answer };
  complain(textOf(cell) === '' ? 'is empty' : 'is neither yes nor no');
  return {};
}

function readBirth(
  cell: Cell | undefined,
  contactDay: string | undefined,
  today: string,
  complain: Complain,
): Pick<ContactRow, 'birth'> {
  if (textOf(cell) === '') return {};
  const day = readDay(cell);
  if (!day) {
    complain('is no date that can be read; write it as DD/MM/YYYY');
    return {};
  }
  if (contactDay !== undefined && day > daysAfter(contactDay, PREGNANCY_DAYS_MAX)) {
    complain('is further after the contact than a pregnancy lasts');
  } else if (contactDay !== undefined && yearsBetween(day, contactDay) > CHILD_YEARS_MAX) {
    complain(`makes the child older than ${CHILD_YEARS_MAX} on that day`);
  }
  return { birth: { kind: day > today ? 'expected' : 'born', day } };
}

function yearsBetween(day: string, later: string): number {
  const years = Number(later.slice(0, 4)) - Number(day.slice(0, 4));
  return later.slice(5) < day.slice(5) ? years - 1 : years;
}
