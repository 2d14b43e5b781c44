import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { londonDay } from '@common-thread/domain/london-day';
import { FIRST_TABLE } from '@common-thread/domain/sharing/table';
import { kindOfEvent } from '@common-thread/disclosure/grounds';
import type { Fact } from './fact.js';
import type { RowRecord } from './told-rows.js';
import type { Task } from './tasks.js';

/*
 * What was told before a switch of the table stays told, and what was not stays untold, unless a named officer
 * says otherwise: then what may be told of the past by now is told, or what may no longer be told is withdrawn,
 * at the place of that event in the log.
 */

export type OfThePast = Extract<
  RecordedCommonThreadEvent,
  { type: 'PastRedisclosed' | 'PastWithdrawn' }
>;

/** Where another version of the table came into force: from the event after this ordinal on. */
export interface TableSwitch {
  readonly ordinal: number;
  readonly tableVersion: number;
}

/** A row of the past, and whether its recipient was told it as one related to the family. */
export interface PastRow {
  readonly record: RowRecord;
  readonly related: boolean;
}

/** What the store has of the past, brought in for the task at hand. */
export interface BroughtPast {
  readonly switches: readonly TableSwitch[];
  /** Lines to look at next, in order. */
  readonly lines: readonly string[];
  /** Rows to look at next, in order. */
  readonly rows: readonly PastRow[];
}

export const noPast: BroughtPast = { switches: [], lines: [], rows: [] };

/** Whether a row's ground names the relationship of its recipient, beside its part in the matter. */
export function isOnRelation(ground: string): boolean {
  return ground.split('+').includes('relation');
}

export function isOfThePast(event: RecordedCommonThreadEvent): event is OfThePast {
  return event.type === 'PastRedisclosed' || event.type === 'PastWithdrawn';
}

/** What is to be done for each recipient that is meant, in the order of their names. */
export function tasksOfThePast({ event }: Fact): Task[] {
  if (!isOfThePast(event)) return [];
  const recipients = [...event.data.recipients].sort();
  if (event.type === 'PastRedisclosed') {
    return recipients.map((recipient) => ({ kind: 'redisclose', recipient, after: '' }));
  }
  // What may still be told of it is told again in the order of the log.
  return recipients.flatMap((recipient): Task[] => [
    { kind: 'withdraw-past', recipient, after: 0 },
    { kind: 'redisclose', recipient, after: '' },
  ]);
}

/** The types of event of the kinds that are meant; what follows another is of none. */
export function typesMeant({ data: { kinds } }: OfThePast): string[] {
  return Object.entries(kindOfEvent).flatMap(([type, kind]) =>
    kinds.some((meant) => meant === kind) ? [type] : [],
  );
}

/** Whether something recorded is meant. */
export function isMeant(past: OfThePast, switches: readonly TableSwitch[], fact: Fact): boolean {
  const recordedUnder =
    switches.findLast(({ ordinal }) => ordinal < fact.ordinal)?.tableVersion ?? FIRST_TABLE;
  if (!typesMeant(past).includes(fact.type)) return false;
  if (!past.data.recordedUnder.includes(recordedUnder)) return false;
  if (past.type === 'PastWithdrawn') return true;
  const day = londonDay(fact.event.metadata.recordedAt);
  return past.data.from <= day && day <= past.data.until;
}
