import type { Cursor } from '@common-thread/eventing/event-log';

/** A place in `$all`: byte offsets in the server's own files, equal after a restore of those files. */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** An event's place, with what shows whether this log still holds that very event there. */
export interface Place extends Position {
  /** Of the log, when the event was written. */
  readonly epoch: number;
  /** First eight digits of the event's id. */
  readonly mark: string;
}

export function markOf(eventId: string): string {
  return eventId.slice(0, 8);
}

export function cursorOf({ epoch, commit, prepare, mark }: Place): Cursor {
  return `${epoch}.${commit}.${prepare}.${mark}`;
}

export function placeOf(cursor: Cursor): Place {
  const parts = /^([1-9]\d{0,8})\.(\d{1,20})\.(\d{1,20})\.([0-9a-f]{8})$/.exec(cursor);
  if (!parts) throw new Error(`${JSON.stringify(cursor)} is no cursor of an EventStoreDB log`);
  return {
    epoch: Number(parts[1]),
    commit: BigInt(parts[2]!),
    prepare: BigInt(parts[3]!),
    mark: parts[4]!,
  };
}

export function isAtOrAfter(place: Position, other: Position): boolean {
  if (place.commit !== other.commit) return place.commit > other.commit;
  return place.prepare >= other.prepare;
}
