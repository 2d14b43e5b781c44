import type { Command, Decider, Decision } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { listRefusal, sameMembers } from '../limits.js';
import { isDay } from '../london-day.js';
import { occurrenceRefusal } from '../occurrence.js';
import type { TableEvent } from './table-events.js';

/** `insteadOf` is the version that whoever signed was shown as being in force. */
export type SwitchTable = Command<'SwitchTable', DataOf<TableEvent, 'TableSwitched'>>;
/** `tableVersion` is the version that whoever signed was shown as being in force. */
export type RedisclosePast = Command<'RedisclosePast', DataOf<TableEvent, 'PastRedisclosed'>>;
export type WithdrawPast = Command<'WithdrawPast', DataOf<TableEvent, 'PastWithdrawn'>>;
export type TableCommand = SwitchTable | RedisclosePast | WithdrawPast;

/** The one stream of its kind. */
export const COUNTY_TABLE = 'county';
/** In force until another is switched to. */
export const FIRST_TABLE = 1;

export interface TableInForce {
  readonly version: number;
  /** Every version that was in force, that of now among them. */
  readonly versions: readonly number[];
  /** What was said last of the past; nothing once the table was switched after it. */
  readonly said: PastEvent | undefined;
}

type PastEvent = Exclude<TableEvent, { type: 'TableSwitched' }>;

/**
 * Which version of the disclosure table is in force, and what of the past is told anew or taken back because
 * of it. Back to an earlier version is a switch like any other. That a version has been released is for
 * whoever has the tables to see.
 */
export const table: Decider<TableCommand, TableEvent, TableInForce> = {
  category: 'table',
  initialState: { version: FIRST_TABLE, versions: [FIRST_TABLE], said: undefined },

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    switch (command.type) {
      case 'SwitchTable': {
        const { tableVersion, insteadOf } = command.data;
        if (tableVersion === state.version) return [];
        if (insteadOf !== state.version) return anotherInForce(state.version, '/insteadOf');
        return [{ type: 'TableSwitched', data: command.data }];
      }
      case 'RedisclosePast':
        return saying({ type: 'PastRedisclosed', data: command.data }, state);
      case 'WithdrawPast':
        return saying({ type: 'PastWithdrawn', data: command.data }, state);
    }
  },

  evolve(state, event) {
    if (event.type !== 'TableSwitched') return { ...state, said: event };
    const version = event.data.tableVersion;
    const versions = [...new Set([...state.versions, version])];
    return { version, versions, said: undefined };
  },
};

/** The same twice in a row is said once. */
function saying(event: PastEvent, state: TableInForce): Decision<TableEvent> {
  const days = event.type === 'PastRedisclosed' ? daysRefusal(event.data) : undefined;
  const refusal = selectionRefusal(event.data, state) ?? days;
  if (refusal) return refusal;
  return state.said !== undefined && isSame(event, state.said) ? [] : [event];
}

function isSame(one: PastEvent, other: PastEvent): boolean {
  const [a, b] = [one.data, other.data];
  const [daysOfOne, daysOfOther] = [one, other].map((event) =>
    event.type === 'PastRedisclosed' ? `${event.data.from} ${event.data.until}` : '',
  );
  return (
    one.type === other.type &&
    daysOfOne === daysOfOther &&
    a.reason === b.reason &&
    a.tableVersion === b.tableVersion &&
    a.signedBy === b.signedBy &&
    sameMembers(a.recordedUnder.map(String), b.recordedUnder.map(String)) &&
    sameMembers(a.kinds, b.kinds) &&
    sameMembers(a.recipients, b.recipients)
  );
}

function anotherInForce(version: number, pointer: string): Refusal {
  return new Refusal(
    'table/another-in-force',
    `Version ${version} is in force. Read what is changed against that one, and sign again.`,
    pointer,
  );
}

/** A record is of the past of one version or another: of one never in force there is none. */
function selectionRefusal(
  {
    tableVersion,
    recordedUnder,
    kinds,
    recipients,
  }: WithdrawPast['data'] | RedisclosePast['data'],
  { version, versions }: TableInForce,
): Refusal | undefined {
  if (tableVersion !== version) return anotherInForce(version, '/tableVersion');
  if (!recordedUnder.every((each) => versions.includes(each))) {
    return new Refusal(
      'table/never-in-force',
      `Nothing was recorded under it. In force have been: ${versions.join(', ')}.`,
      '/recordedUnder',
    );
  }
  return (
    listRefusal(recordedUnder.map(String), '/recordedUnder') ??
    listRefusal(kinds, '/kinds') ??
    listRefusal(recipients, '/recipients')
  );
}

function daysRefusal({ from, until }: RedisclosePast['data']): Refusal | undefined {
  const words = 'Give the first and the last day on which it was recorded, YYYY-MM-DD.';
  if (isDay(from) && isDay(until) && from <= until) return undefined;
  return new Refusal('table/days', words, isDay(from) ? '/until' : '/from');
}
