import type { Cursor } from '@common-thread/eventing/event-log';

/** Place of an event in the log; events are read in this order. */
export interface Place {
  readonly epoch: number;
  /** Transaction id (xid8): 64 bits, hence text. */
  readonly tx: string;
  /** Within the transaction, from 1. */
  readonly position: number;
}

export function startOfEpoch(epoch: number): Place {
  return { epoch, tx: '0', position: 0 };
}

export function cursorOf({ epoch, tx, position }: Place): Cursor {
  return `${epoch}.${tx}.${position}`;
}

export function placeOf(cursor: Cursor): Place {
  const parts = /^([1-9]\d{0,8})\.(\d{1,20})\.(\d{1,9})$/.exec(cursor);
  if (!parts) throw new Error(`${JSON.stringify(cursor)} is no cursor of a PostgreSQL log`);
  return { epoch: Number(parts[1]), tx: parts[2]!, position: Number(parts[3]) };
}
