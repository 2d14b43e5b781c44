import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { RecipientId } from '@common-thread/domain/identifiers';
import { FIRST_TABLE } from '@common-thread/domain/sharing/table';
import type { KindOfTelling } from './grounds.js';
import type { Tables } from './tables.js';

/** Which version of the disclosure table is in force, and which was where. */
export interface TableInForce {
  /** Those there are. */
  readonly tables: Tables;
  /** In the order of the log; the last one is in force now. */
  readonly versions: number[];
  /** By event recorded since the first switch: how many there had been before it. */
  readonly switchesBefore: Map<string, number>;
  /** What of the past was taken back, in the order of the log. */
  readonly withdrawals: PastWithdrawal[];
}

interface PastWithdrawal {
  /** How many switches there had been before it. */
  readonly switches: number;
  readonly recordedUnder: readonly number[];
  readonly kinds: readonly KindOfTelling[];
  readonly recipients: readonly RecipientId[];
}

export function firstTable(tables: Tables): TableInForce {
  return { tables, versions: [FIRST_TABLE], switchesBefore: new Map(), withdrawals: [] };
}

/** Goes on where another fold has come to; what was in force before that is not asked of this one. */
export function goOnWith({ versions }: TableInForce, version: number): void {
  versions.splice(0, versions.length, version);
}

/** Folds one event, in log order: a switch is in force from the next one on. */
export function foldTable(
  { versions, switchesBefore, withdrawals }: TableInForce,
  { id, type, data }: RecordedCommonThreadEvent,
): void {
  const switches = versions.length - 1;
  if (switches > 0) switchesBefore.set(id, switches);
  if (type === 'TableSwitched') versions.push(data.tableVersion);
  if (type === 'PastWithdrawn') {
    const { recordedUnder, kinds, recipients } = data;
    withdrawals.push({ switches, recordedUnder, kinds, recipients });
  }
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

/**
 * Those of them by which a recipient may still know an event of a kind: what was taken back is known by none
 * of the versions before that.
 */
export function versionsLeft(
  table: TableInForce,
  eventId: string,
  { recipient, kind }: { readonly recipient: RecipientId; readonly kind: KindOfTelling },
): readonly number[] {
  const { versions, switchesBefore, withdrawals } = table;
  const before = switchesBefore.get(eventId) ?? 0;
  const recordedUnder = versions[before] ?? FIRST_TABLE;
  const taken = withdrawals.findLast(
    (each) =>
      each.switches >= before &&
      each.recordedUnder.includes(recordedUnder) &&
      each.kinds.includes(kind) &&
      each.recipients.includes(recipient),
  );
  return [...new Set(versions.slice(Math.max(before, taken?.switches ?? 0)))];
}
