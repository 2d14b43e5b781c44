/** When, by whom and because of what an event was recorded. Opaque ids and codes only: nothing personal. */
export interface EventMetadata {
  /** UUID of the command that recorded it; a stream holding it has already done that command. */
  readonly commandId: string;
  /** The vault's keyed hash of the command's body, so that one key with another body is refused. */
  readonly fingerprint: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** The organisation on whose behalf it was recorded. */
  readonly organisation: string;
  /** Opaque id of the person or system that recorded it. */
  readonly recordedBy: string;
  readonly role: string;
  /** RFC 3339 UTC instant at which the fact happened; never a birth date. */
  readonly occurredAt: string;
  /** `day` where the source gave a date only; `occurredAt` is then noon UTC of that day. */
  readonly occurredPrecision?: 'day';
  /**
   * RFC 3339 UTC instant at which the recording agency learned of it, where it says so (imported:
   * when its source recorded it).
   */
  readonly learnedAt?: string;
  /** RFC 3339 UTC instant of recording here, from our own clock. */
  readonly recordedAt: string;
  /** Backfilled from outside: no reaction, no place in a queue. */
  readonly imported?: true;
}

export interface NewEvent {
  /** UUID, unique in the log; derived from the command, so that a retry sends the same. */
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: EventMetadata;
}

/** An event as the log holds it: at the version it was written with, personal fields sealed. */
export interface StoredEvent extends NewEvent {
  readonly streamId: string;
  /** From 0, without holes within a stream. */
  readonly revision: number;
  /** Opaque place in the whole log; only the log that made it can compare it. */
  readonly cursor: Cursor;
}

/** Opaque. On PostgreSQL `(epoch, transaction, position)`; never shown outside the private log's readers. */
export type Cursor = string;

export type ExpectedRevision = number | 'no-stream';

export interface Appended {
  /** Revision of the last event of the append. */
  readonly revision: number;
}

export type Followed =
  /** One or more events in log order; at most 1,000. */
  | { readonly kind: 'events'; readonly events: readonly StoredEvent[] }
  /** Every append acknowledged before `asOf` (RFC 3339 UTC) has been delivered. */
  | { readonly kind: 'caughtUp'; readonly asOf: string };

export interface FollowOptions {
  /** Stream id prefixes, such as `referral-`; none means the whole log. */
  readonly prefixes?: readonly string[];
  /** Exclusive; absent means from the beginning. */
  readonly after?: Cursor;
  readonly signal: AbortSignal;
}

/** Limits of one append; the caller is told before the store sees it. */
export const APPEND_BYTES_MAX = 512 * 1024;
export const APPEND_EVENTS_MAX = 500;

/**
 * The private log. Guarantees every adapter keeps (test/contracts/event-log.contract.ts):
 * - an append is all or nothing, to one stream, at the exact expected revision; one winner;
 * - the same event ids at the same expected revision again answer as the first time, also after a
 *   restart; nothing is written twice;
 * - once `append` resolves the events are durable and every reader will see them, in one order, in
 *   which the revisions of each stream rise;
 * - one member of a group refused for its data is refused alone.
 */
export abstract class EventLog {
  /**
   * @throws RevisionConflict when the stream is not at `expected`
   * @throws UnacceptableEvent when an event can never be stored (size, NUL, id taken, malformed)
   * @throws LogUnavailable when the store cannot be reached: the append may or may not have happened
   */
  abstract append(
    streamId: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended>;

  /** From `fromRevision` (inclusive, default 0); empty when there is no such stream. */
  abstract readStream(streamId: string, fromRevision?: number): Promise<readonly StoredEvent[]>;

  /**
   * Everything after a cursor, then live until `signal` aborts. `caughtUp` comes at least every
   * 500 ms while there is nothing to deliver. Throws LogUnavailable; reopen from the last cursor handled.
   */
  abstract follow(options: FollowOptions): AsyncIterable<Followed>;

  /**
   * Names the epoch in which events are recorded now. It is another after every restore, promotion, import
   * or move, also where nothing was lost up to a reader's cursor: what came after it may have been.
   * @throws LogUnavailable
   */
  abstract epoch(): Promise<string>;
}

export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
  constructor(
    readonly streamId: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`stream ${streamId} is at ${actual}, not at ${expected}`);
  }
}

export class UnacceptableEvent extends Error {
  override readonly name = 'UnacceptableEvent';
}

export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
}

/** A cursor from an epoch that has been closed behind it: reconcile by event id, do not guess. */
export class CursorBeyondEpoch extends Error {
  override readonly name = 'CursorBeyondEpoch';
}
