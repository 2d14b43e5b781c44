import type { Audience } from '@common-thread/domain/identifiers';
import { lineOf } from './cells.js';
import { disclosure, disclosureVersion, gradeOfHistory } from './disclosure.js';
import type { AnyLine, Grade } from './disclosure-table.js';
import { columns, isFollowing } from './disclosure-table.js';
import earlier from './earlier-tables.json' with { type: 'json' };
import type { Policy } from './policy.js';
import { versionInForce, versionsLeft, versionsSince } from './table-in-force.js';

/** What one version of the disclosure table lets be told. */
export interface TableVersion {
  readonly version: number;
  readonly lines: Readonly<Record<string, AnyLine>>;
  readonly gradeOfHistory: Readonly<Record<Audience, Grade>>;
}

/** By version. */
export type Tables = ReadonlyMap<number, TableVersion>;

/** Released before that of now: written by `npm run catalogue -- --release`. */
export const earlierTables = earlier.tables as readonly TableVersion[];

/** Every version that may be in force at some place in the log: those released before, and that of now. */
export const allTables: Tables = tablesOf([
  ...earlierTables,
  { version: disclosureVersion, lines: disclosure, gradeOfHistory },
]);

export function tablesOf(versions: readonly TableVersion[]): Tables {
  return new Map(versions.map((each) => [each.version, each]));
}

/** A version that this code has not: an older release than the one by which it was switched to. */
export class UnknownTable extends Error {
  override readonly name = 'UnknownTable';
  constructor(version: number) {
    super(
      `version ${version} of the disclosure table is in force, and this release does not have it: run the ` +
        'release by which it was switched to, or a later one',
    );
  }
}

/** @throws UnknownTable */
export function tableOf(versions: Tables, version: number): TableVersion {
  const found = versions.get(version);
  if (!found) throw new UnknownTable(version);
  return found;
}

/** The table in force. @throws UnknownTable */
export function tableNow({ table }: Policy): TableVersion {
  return tableOf(table.tables, versionInForce(table));
}

/** The table in force at an event's place in the log. @throws UnknownTable */
export function tableAt(policy: Policy, eventId: string): TableVersion {
  return tablesSince(policy, eventId)[0] ?? tableNow(policy);
}

/** The table in force at an event's place in the log, and those since. @throws UnknownTable */
export function tablesSince({ table }: Policy, eventId: string): TableVersion[] {
  return versionsSince(table, eventId).map((version) => tableOf(table.tables, version));
}

/** Those of them since what is of a kind was last taken back from a recipient. @throws UnknownTable */
export function tablesLeft(
  { table }: Policy,
  eventId: string,
  whose: Parameters<typeof versionsLeft>[2],
): TableVersion[] {
  return versionsLeft(table, eventId, whose).map((version) => tableOf(table.tables, version));
}

/** An event that a version has no line for nobody had been told of: its line is that of now. */
export function lineIn({ lines }: TableVersion, eventType: string): AnyLine {
  return lines[eventType] ?? lineOf(eventType);
}

/**
 * What a switch between two versions would tear: the beginning and end of an involvement told as existence
 * in one and as an event in the other, for somebody it began for and ends otherwise.
 * @returns `ReferralRaised, childrens-centre`
 */
export function acrossExistence(one: TableVersion, other: TableVersion): string[] {
  return Object.entries(other.lines).flatMap(([type, line]) => {
    const was = one.lines[type];
    if (!was || isFollowing(line) || isFollowing(was)) return [];
    if (line.involvement !== 'begins' && line.involvement !== 'ends') return [];
    return columns
      .filter((column) => isExistence(line[column].grade) !== isExistence(was[column].grade))
      .map((column) => `${type}, ${column}`);
  });
}

function isExistence(grade: Grade): boolean {
  return grade === 'existence';
}
