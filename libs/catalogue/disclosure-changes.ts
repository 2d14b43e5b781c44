import {
  disclosure,
  disclosureVersion,
  gradeOfHistory,
} from '@common-thread/disclosure/disclosure';
import type { AnyLine, Cell, Column } from '@common-thread/disclosure/disclosure-table';
import { columns, isFollowing, withheld } from '@common-thread/disclosure/disclosure-table';
import { cellInWords, columnWords } from './pages/telling-words.js';

/** The disclosure table as data, at one of its versions. */
export interface Table {
  readonly version: number;
  readonly lines: Readonly<Record<string, AnyLine>>;
  /** The most that may be told of what happened before a relationship began, by audience. */
  readonly gradeOfHistory: Readonly<Record<string, string>>;
}

/** Who would be told something else of an event than they were. */
export interface CellChange {
  readonly eventType: string;
  readonly column: Column;
  readonly line: AnyLine;
  readonly was: Cell;
  readonly is: Cell;
}

/** What is told of one event as a whole: which rows it becomes, by which name, for whom. */
export interface LineChange {
  readonly eventType: string;
  readonly what: string;
}

export interface TableChanges {
  readonly cells: readonly CellChange[];
  readonly lines: readonly LineChange[];
  /** Events the other table has no line for: nobody has been told of one yet. */
  readonly added: readonly string[];
}

export const tableNow: Table = { version: disclosureVersion, lines: disclosure, gradeOfHistory };

/** How one table differs from another, event by event and cell by cell. */
export function changesBetween(before: Table, after: Table): TableChanges {
  const known = Object.keys(before.lines);
  const added = Object.keys(after.lines).filter((type) => !known.includes(type));
  return {
    added,
    cells: [...known, ...added].flatMap((type) =>
      cellChanges(type, before.lines[type], after.lines[type]),
    ),
    lines: [
      ...known.flatMap((type) => lineChanges(type, before.lines[type], after.lines[type])),
      ...historyChanges(before, after),
    ],
  };
}

/**
 * What a table tells otherwise than the one released under the same version: a version says by which rules a
 * row was told, so its rules never change. An event nobody has been told of may have its line.
 */
export function underTheSameVersion(released: Table, now: Table): string[] {
  if (now.version > released.version) return [];
  const { added, cells, lines } = changesBetween(released, now);
  return [
    ...lines.map(({ eventType, what }) => `${eventType}: ${what}`),
    ...cells
      .filter(({ eventType }) => !added.includes(eventType))
      .map(({ eventType, column }) => `${eventType}, ${columnWords[column]}`),
  ];
}

/** A change as somebody who decides about it reads it. */
export function cellChangeInWords(change: CellChange, sealed: readonly string[]): string {
  const { eventType, column, line, was, is } = change;
  const told = (cell: Cell) =>
    isFollowing(line) ? cell.grade : cellInWords(eventType, line, cell, sealed);
  return `${columnWords[column]}\n  was: ${told(was)}\n  is:  ${told(is)}`;
}

function cellChanges(
  eventType: string,
  before: AnyLine | undefined,
  after: AnyLine | undefined,
): CellChange[] {
  const line = after ?? before;
  if (line === undefined) return [];
  return columns.flatMap((column) => {
    const [was, is] = [cellOf(before, column), cellOf(after, column)];
    return same(was, is) ? [] : [{ eventType, column, line, was, is }];
  });
}

function lineChanges(
  eventType: string,
  before: AnyLine | undefined,
  after: AnyLine | undefined,
): LineChange[] {
  if (after === undefined) return [{ eventType, what: 'nobody would be told of it any more' }];
  const [was, is] = [aboutWhole(before), aboutWhole(after)];
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => was[name] !== is[name],
  );
  return changed.map((name) => ({
    eventType,
    what: `${name} was ${was[name] ?? 'not said'} and would be ${is[name] ?? 'not said'}`,
  }));
}

function historyChanges(before: Table, after: Table): LineChange[] {
  return Object.keys(after.gradeOfHistory).flatMap((audience) => {
    const [was = 'withheld', is = 'withheld'] = [before, after].map(
      (table) => table.gradeOfHistory[audience],
    );
    if (was === is) return [];
    return [
      { eventType: 'the past', what: `${audience} was told ${was} and would be told ${is}` },
    ];
  });
}

function cellOf(line: AnyLine | undefined, column: Column): Cell {
  return line === undefined || isFollowing(line) ? withheld : line[column];
}

/** What a line says beside its cells. */
function aboutWhole(line: AnyLine | undefined): Record<string, string> {
  const isColumn = (name: string) => columns.some((column) => column === name);
  return Object.fromEntries(
    Object.entries(line ?? {})
      .filter(([name]) => !isColumn(name))
      .map(([name, value]) => [name, String(value)]),
  );
}

function same(one: Cell, other: Cell): boolean {
  return one.grade === other.grade && fieldsOf(one) === fieldsOf(other);
}

function fieldsOf(cell: Cell): string {
  return cell.grade === 'content' ? [...cell.fields].sort().join(' ') : '';
}
