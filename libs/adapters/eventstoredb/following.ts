import { setTimeout as pause } from 'node:timers/promises';
import {
  CursorBeyondEpoch,
  LogUnavailable,
  type FollowOptions,
  type Followed,
} from '@common-thread/eventing/event-log';
import { WakeUps } from '../wake-ups.js';
import type { Connection } from './connection.js';
import { isAtOrAfter, markOf, placeOf, type Position } from './cursor.js';
import { readAt, readHead } from './reading.js';
import { epochOf, positionOf, storedEvent, type RecordedEvent } from './stored-form.js';
import type { StreamNames } from './streams.js';
import { Subscription } from './subscription.js';

const BATCH_EVENTS_MAX = 1_000;
const CAUGHT_UP_EVERY_MS = 250;
/** A subscription is opened again after these pauses; then its reader is told. */
const REOPEN_AFTER_MS: readonly number[] = [50, 200, 500];

export interface Followable {
  readonly connection: Connection;
  readonly names: StreamNames;
  readonly beginning: Position;
  readonly now: () => Date;
  /** A subscription that says nothing for so long, while there is something to say, is given up. */
  readonly silenceMsMax: number;
  readonly onTrouble: (trouble: Error) => void;
}

/** Where a reader stands: everything up to here has been handed over and handled. */
interface Standing extends Position {
  /** Of the event there, whose presence shows that this is still the log it was. */
  readonly mark?: string;
  readonly epoch?: number;
}

/** What must be passed before a reader has caught up as of an instant. */
interface Head {
  readonly asOf: Date;
  readonly record: RecordedEvent | undefined;
}

/** The log from a cursor on, then live until the signal aborts. */
export async function* followAll(
  log: Followable,
  options: FollowOptions,
): AsyncGenerator<Followed> {
  const reader = new Reader(log, options);
  let interruptions = 0;
  while (!options.signal.aborted) {
    try {
      for await (const told of reader.follow()) {
        interruptions = 0;
        yield told;
      }
      return;
    } catch (error) {
      const pauseMs = REOPEN_AFTER_MS[interruptions];
      if (!(error instanceof LogUnavailable) || pauseMs === undefined) throw error;
      log.onTrouble(error);
      interruptions += 1;
      await pause(pauseMs, undefined, { signal: options.signal }).catch(() => undefined);
    }
  }
}

class Reader {
  readonly #wake = new WakeUps();
  readonly #isWanted: (streamId: string) => boolean;
  #standing: Standing;
  #subscription: Subscription | undefined;
  #head: Head | undefined;
  #askedAt = -Infinity;
  #asking = false;
  #fault: Error | undefined;
  #toldAsOf = '';

  constructor(
    private readonly log: Followable,
    private readonly options: FollowOptions,
  ) {
    const { prefixes, after } = options;
    this.#standing = after === undefined ? log.beginning : placeOf(after);
    this.#isWanted = (streamId) =>
      !prefixes?.length || prefixes.some((prefix) => streamId.startsWith(prefix));
  }

  async *follow(): AsyncGenerator<Followed> {
    const { signal } = this.options;
    this.#begin();
    try {
      await this.#assertHeld(await this.#askForHead());
      while (!signal.aborted) {
        const rung = this.#wake.rung;
        if (this.#fault) throw this.#fault;
        const taken = this.#subscription?.take(BATCH_EVENTS_MAX) ?? [];
        const events = this.#ours(taken);
        if (events.length > 0) yield { kind: 'events', events };
        this.#pass(taken);
        const asOf = this.#caughtUpAsOf();
        if (asOf !== undefined) yield { kind: 'caughtUp', asOf };
        const lookAgainMs = this.#goOn();
        if (taken.length === 0) await this.#wake.wait(rung, lookAgainMs, signal);
      }
    } finally {
      this.#subscription?.close();
      this.#subscription = undefined;
    }
  }

  #begin(): void {
    this.#head = undefined;
    this.#fault = undefined;
    this.#askedAt = -Infinity;
  }

  #ours(taken: readonly RecordedEvent[]) {
    return taken.flatMap((recorded) => {
      const streamId = this.log.names.idIn(recorded.streamId);
      if (streamId === undefined || !this.#isWanted(streamId)) return [];
      return [storedEvent(recorded, streamId)];
    });
  }

  /** Only now that they have been handled: a reader that stopped has not passed them. */
  #pass(taken: readonly RecordedEvent[]): void {
    const last = taken.at(-1);
    if (!last) return;
    this.#standing = { ...positionOf(last), mark: markOf(last.id) };
    // There was something to catch up with: to be said at once when that is done.
    this.#askedAt = -Infinity;
  }

  /** Asks where the log ends now; what was acknowledged before the question is before that end. */
  async #askForHead(): Promise<RecordedEvent | undefined> {
    const asOf = this.log.now();
    this.#askedAt = performance.now();
    const record = await readHead(this.log.connection);
    this.#head = { asOf, record };
    return record;
  }

  /**
   * A restored log may hold another event at the reader's place, or none; so may another log altogether.
   *
   * @throws CursorBeyondEpoch
   */
  async #assertHeld(head: RecordedEvent | undefined): Promise<void> {
    const { mark, epoch, ...position } = this.#standing;
    if (mark === undefined) return;
    const isHead = head && isSame(positionOf(head), position);
    const found = isHead ? head : await readAt(this.log.connection, position);
    const isThere =
      found &&
      isSame(positionOf(found), position) &&
      markOf(found.id) === mark &&
      (epoch === undefined || epochOf(found) === epoch);
    if (isThere) return;
    throw new CursorBeyondEpoch(`no event of this log lies at cursor ${this.options.after ?? ''}`);
  }

  #caughtUpAsOf(): string | undefined {
    if (!this.#head || !this.#isPassed(this.#head)) return undefined;
    const asOf = this.#head.asOf.toISOString();
    this.#head = undefined;
    if (asOf <= this.#toldAsOf) return undefined;
    this.#toldAsOf = asOf;
    return asOf;
  }

  #isPassed({ record }: Head): boolean {
    return record === undefined || isAtOrAfter(this.#standing, positionOf(record));
  }

  /**
   * Sees to it that something comes: events, or where the log ends.
   *
   * @returns when to look again where nothing does, ms
   */
  #goOn(): number {
    const { connection } = this.log;
    if (this.#head || this.#toldAsOf !== '') {
      this.#subscription ??= new Subscription(connection, this.#standing, this.#wake);
    }
    if (this.#head) return this.#patienceMs();
    const askInMs = this.#askedAt + CAUGHT_UP_EVERY_MS - performance.now();
    if (this.#asking || askInMs > 0) return Math.max(askInMs, 1);
    this.#asking = true;
    void this.#askForHead()
      .catch((error: Error) => (this.#fault = error))
      .finally(() => {
        this.#asking = false;
        this.#wake.ring();
      });
    return CAUGHT_UP_EVERY_MS;
  }

  /** There is more in the log than has come: for how long that may go on. @throws LogUnavailable */
  #patienceMs(): number {
    const { connection, silenceMsMax } = this.log;
    const heardAt = Math.max(this.#subscription?.heardAt ?? 0, this.#askedAt);
    const leftMs = heardAt + silenceMsMax - performance.now();
    if (leftMs > 0) return leftMs;
    connection.discard(connection.client);
    throw new LogUnavailable(
      `EventStoreDB at ${connection.hosts}: no new event came for ${silenceMsMax} ms, but there are some`,
    );
  }
}

function isSame(position: Position, other: Position): boolean {
  return position.commit === other.commit && position.prepare === other.prepare;
}
