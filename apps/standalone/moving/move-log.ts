import type { Pool } from 'pg';
import { closeAsMoved } from '@common-thread/adapters/postgres/event-log-schema';
import type { Cursor, EventLog, StoredEvent } from '@common-thread/eventing/event-log';
import { PostgresReactionJournal } from '../../command-api/reactions/postgres-reaction-journal.js';
import type { NewPlace } from '../../feed-relay/store/reseating.js';
import { relayStandsAt, replaceFacts, seatRelay } from '../../feed-relay/store/reseating.js';
import { PostgresRelayStore } from '../../feed-relay/store/postgres-relay-store.js';
import type { Contents, TargetLog } from './import-events.js';
import { contentsOf, ForeignEvents, importEvents } from './import-events.js';

export interface Move {
  readonly source: EventLog;
  readonly target: TargetLog;
  /** Of the database that holds the source, the relay's tables and the reactions' checkpoint. */
  readonly pool: Pool;
  /** What the source says of itself from then on: where it went. */
  readonly to: string;
  readonly signal: AbortSignal;
  /** What is being done, and to how many events it has been. */
  readonly onProgress: (doing: string, events: number) => void;
}

const PLACES_AT_ONCE = 1_000;

/**
 * Moves the event log: imports it, compares the two, seats everybody who follows it at the same event in the
 * new one, and closes the old one for good. Killed anywhere, it is done again and does the rest. Nobody may
 * append meanwhile.
 *
 * @throws ForeignEvents before anything but the target has been changed
 */
export async function moveLog(move: Move): Promise<Contents> {
  const { source, target, signal, onProgress } = move;
  await importEvents(source, target, {
    signal,
    onProgress: (events) => onProgress('Moving', events),
  });
  const journal = await PostgresReactionJournal.open(move.pool);
  const reactionsAt = await journal.checkpoint(await source.epoch());
  let reacted: string | undefined;
  const left = await contentsOf(source, signal, ({ id, cursor }) => {
    if (cursor === reactionsAt) reacted = id;
  });
  const seats = new Seats(move, [reacted]);
  await seats.prepare();
  const arrived = await contentsOf(target, signal, (event) => seats.note(event));
  assertEqual(left, arrived);
  await seats.take();
  if (reacted !== undefined) {
    await journal.advance(await target.epoch(), seats.cursorOf(reacted));
  }
  await closeAsMoved(move.pool, move.to);
  return arrived;
}

/** Where in the new log whoever stood in the old one goes on. */
class Seats {
  readonly #cursors = new Map<string, Cursor>();
  #relayAt: string | undefined;
  #places: NewPlace[] = [];
  #noted = 0;

  constructor(
    private readonly move: Move,
    private readonly others: readonly (string | undefined)[],
  ) {}

  async prepare(): Promise<void> {
    await PostgresRelayStore.open(this.move.pool);
    this.#relayAt = await relayStandsAt(this.move.pool);
  }

  async note({ id, cursor }: StoredEvent): Promise<void> {
    if (id === this.#relayAt || this.others.includes(id)) this.#cursors.set(id, cursor);
    this.#noted += 1;
    this.#places.push({ eventId: id, cursor });
    if (this.#places.length >= PLACES_AT_ONCE) await this.#replace();
  }

  async take(): Promise<void> {
    await this.#replace();
    const eventId = this.#relayAt;
    if (eventId === undefined) return;
    await seatRelay(this.move.pool, { eventId, cursor: this.cursorOf(eventId) });
  }

  cursorOf(eventId: string): Cursor {
    const cursor = this.#cursors.get(eventId);
    if (cursor !== undefined) return cursor;
    throw new Error(`the log does not hold event ${eventId}, at which one of its readers stands`);
  }

  async #replace(): Promise<void> {
    await replaceFacts(this.move.pool, this.#places);
    this.#places = [];
    this.move.onProgress('Comparing', this.#noted);
  }
}

function assertEqual(left: Contents, arrived: Contents): void {
  for (const [stream, events] of left.streams) {
    const there = arrived.streams.get(stream) ?? 0;
    if (there === events) continue;
    throw new ForeignEvents(`${stream} has ${events} events, and ${there} where it was moved to`);
  }
  if (left.hash === arrived.hash && left.events === arrived.events) return;
  throw new ForeignEvents('the log that was moved differs from the one it was moved from');
}
