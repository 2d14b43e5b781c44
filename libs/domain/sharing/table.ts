import type { Command, Decider } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { occurrenceRefusal } from '../occurrence.js';
import type { TableEvent } from './table-events.js';

/** `insteadOf` is the version that whoever signed was shown as being in force. */
export type SwitchTable = Command<'SwitchTable', DataOf<TableEvent, 'TableSwitched'>>;
export type TableCommand = SwitchTable;

/** The one stream of its kind. */
export const COUNTY_TABLE = 'county';
/** In force until another is switched to. */
export const FIRST_TABLE = 1;

export interface TableInForce {
  readonly version: number;
}

/**
 * Which version of the disclosure table is in force. Back to an earlier one is a switch like any other. That
 * a version has been released is for whoever has the tables to see.
 */
export const table: Decider<TableCommand, TableEvent, TableInForce> = {
  category: 'table',
  initialState: { version: FIRST_TABLE },

  decide(command, { version }) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    const { tableVersion, insteadOf } = command.data;
    if (tableVersion === version) return [];
    if (insteadOf !== version) return anotherInForce(version);
    return [{ type: 'TableSwitched', data: command.data }];
  },

  evolve: (_, event) => ({ version: event.data.tableVersion }),
};

function anotherInForce(version: number): Refusal {
  return new Refusal(
    'table/another-in-force',
    `Version ${version} is in force. Read what the new version changes against that one, and sign again.`,
    '/insteadOf',
  );
}
