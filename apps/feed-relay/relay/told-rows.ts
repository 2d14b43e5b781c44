import type { Grade } from '@common-thread/disclosure/disclosure-table';
import type { RestsOnAgreement } from '@common-thread/disclosure/telling';
import type { EventRef } from './fact.js';
import { NotInMemory } from './not-in-memory.js';

/** What the relay remembers of a row it told. Never served. */
export interface RowRecord {
  readonly recipient: string;
  readonly sequence: number;
  /** Public id. */
  readonly id: string;
  readonly event: EventRef;
  /** Ordinal of the event whose handling told it. */
  readonly toldAt: number;
  readonly line: string;
  readonly personId: string;
  /** The membership or link it rests on. */
  readonly via: string | null;
  readonly grade: Grade;
  readonly fields: readonly string[];
  /** Public id of the row it corrects or withdraws. */
  readonly follows: string | null;
  /** Told as the author or referrer. */
  readonly own: boolean;
  /** The agreement without which it would not have been told; a correction's is that of its row. */
  readonly agreement: RestsOnAgreement | null;
  /** Public id of the row withdrawing it, once there is one. */
  withdrawnBy: string | null;
}

/**
 * The rows told about the events in memory, found by what they tell, follow and rest on. Asking about
 * an event that was not looked up throws.
 */
export class ToldRows {
  readonly #lookedUp = new Set<string>();
  readonly #seen = new Set<string>();
  readonly #byEvent = new Map<string, RowRecord[]>();
  readonly #byTarget = new Map<string, RowRecord[]>();
  readonly #byVia = new Map<string, RowRecord[]>();
  readonly #byFollowed = new Map<string, RowRecord[]>();

  /** Whether all rows about an event are here. */
  isLookedUp(eventId: string): boolean {
    return this.#lookedUp.has(eventId);
  }

  /** From now on all rows about an event are here: they were fetched, or it is new. */
  lookedUp(eventId: string): void {
    this.#lookedUp.add(eventId);
  }

  /** Adding a row a second time changes nothing. */
  add(row: RowRecord): void {
    const key = `${row.recipient} ${row.sequence}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    append(this.#byEvent, row.event.eventId, row);
    if (row.event.targetId !== null) append(this.#byTarget, row.event.targetId, row);
    if (row.via !== null) append(this.#byVia, row.via, row);
    if (row.follows !== null) append(this.#byFollowed, row.follows, row);
  }

  /** Rows that tell an event, every recipient's. */
  of(eventId: string): readonly RowRecord[] {
    return this.#about(this.#byEvent, eventId);
  }

  /** Rows that tell of an event's corrections and withdrawals. */
  following(eventId: string): readonly RowRecord[] {
    return this.#about(this.#byTarget, eventId);
  }

  /** Rows that rest on a membership or link. */
  restingOn(eventId: string): readonly RowRecord[] {
    return this.#about(this.#byVia, eventId);
  }

  /** Rows that correct or withdraw one row. */
  followersOf(rowId: string): readonly RowRecord[] {
    return this.#byFollowed.get(rowId) ?? [];
  }

  #about(index: Map<string, RowRecord[]>, eventId: string): readonly RowRecord[] {
    if (!this.#lookedUp.has(eventId)) throw new NotInMemory(`what was told of ${eventId}`);
    return index.get(eventId) ?? [];
  }
}

function append(index: Map<string, RowRecord[]>, key: string, row: RowRecord): void {
  const rows = index.get(key);
  if (rows) rows.push(row);
  else index.set(key, [row]);
}
