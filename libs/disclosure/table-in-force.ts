import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { FIRST_TABLE } from '@common-thread/domain/sharing/table';
import type { Tables } from './tables.js';

/** Which version of the disclosure table is in force, and which was where. */
export interface TableInForce {
  /** Those there are. */
  readonly tables: Tables;
  /** In the order of the log; the last one is in force now. */
  readonly versions: number[];
  /** By event recorded since the first switch: how many there had been before it. */
  readonly switchesBefore: Map<string, number>;
}

export function firstTable(tables: Tables): TableInForce {
  return { tables, versions: [FIRST_TABLE], switchesBefore: new Map() };
}

/** Goes on where another fold has come to; what was in force before that is not asked of this one. */
export function goOnWith({ versions }: TableInForce, version: number): void {
  versions.splice(0, versions.length, version);
}

/** Folds one event, in log order: a switch is in force from the next one on. */
export function foldTable(
  { versions, switchesBefore }: TableInForce,
  event: RecordedCommonThreadEvent,
): void {
  if (versions.length > 1) switchesBefore.set(event.id, versions.length - 1);
  if (event.type === 'TableSwitched') versions.push(event.data.tableVersion);
}

export function versionInForce({ versions }: TableInForce): number {
  return versions.at(-1) ?? FIRST_TABLE;
}

/** The version in force at an event's place in the log, and those since: by one of them it was told. */
export function versionsSince(
  { versions, switchesBefore }: TableInForce,
  eventId: string,
): readonly number[] {
  return [...new Set(versions.slice(switchesBefore.get(eventId) ?? 0))];
}
