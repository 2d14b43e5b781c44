import type { Cursor, StoredEvent } from '@common-thread/eventing/event-log';
import { WakeUps } from '../wake-ups.js';

/** Place of an event: which epoch, and its number within it from 0. */
export interface Place {
  readonly epoch: number;
  readonly position: number;
}

/** What a memory log would have on disk, with the faults a test may want to cause. */
export class MemoryStore {
  /** Rings after every append. */
  readonly appended = new WakeUps();
  /** Set to false, every call of a log over this store fails as if the engine were gone. */
  reachable = true;
  /** Set to true, appends are stored and their answers lost. */
  losesAnswers = false;

  readonly #events: StoredEvent[] = [];
  readonly #ids = new Set<string>();
  readonly #streams = new Map<string, StoredEvent[]>();
  /** Events before each epoch; the last is the current one. */
  readonly #epochStarts: number[] = [0];
  #epoch = 'created';

  /** Before the first event. */
  readonly start: Place = { epoch: 1, position: -1 };

  has(eventId: string): boolean {
    return this.#ids.has(eventId);
  }

  stream(streamId: string): readonly StoredEvent[] {
    return this.#streams.get(streamId) ?? [];
  }

  /** In log order; all of them go in at once. */
  add(events: readonly Omit<StoredEvent, 'cursor'>[]): void {
    for (const event of events) {
      const epoch = this.#epochStarts.length;
      const position = this.#events.length - this.#epochStarts[epoch - 1]!;
      this.#insert({ ...event, cursor: cursorOf({ epoch, position }) });
    }
    this.appended.ring();
  }

  after(place: Place, limit: number): readonly StoredEvent[] {
    const index = this.#epochStarts[place.epoch - 1]! + place.position + 1;
    return this.#events.slice(index, index + limit);
  }

  /** Whether this store has never handed the place out. */
  isBeyond({ epoch, position }: Place): boolean {
    const start = this.#epochStarts[epoch - 1];
    if (start === undefined) return true;
    return start + position >= (this.#epochStarts[epoch] ?? this.#events.length);
  }

  /** Another store that holds the first `keep` events, as a restored backup does. */
  restored(keep: number): MemoryStore {
    const copy = new MemoryStore();
    for (const event of this.#events.slice(0, keep)) copy.#insert(event);
    copy.#epochStarts.push(...this.#epochStarts.slice(1).map((start) => Math.min(start, keep)));
    copy.#epoch = this.#epoch;
    return copy;
  }

  /** Name of the current one. */
  get epoch(): string {
    return this.#epoch;
  }

  /** To be called after a restore, before the first append; by a name that no epoch had before. */
  openEpoch(name: string): void {
    this.#epochStarts.push(this.#events.length);
    this.#epoch = name;
  }

  #insert(event: StoredEvent): void {
    deepFreeze(event);
    this.#events.push(event);
    this.#ids.add(event.id);
    const stream = this.#streams.get(event.streamId);
    if (stream) stream.push(event);
    else this.#streams.set(event.streamId, [event]);
  }
}

export function cursorOf({ epoch, position }: Place): Cursor {
  return `${epoch}.${position}`;
}

export function placeOf(cursor: Cursor): Place {
  const [epoch, position] = cursor.split('.').map(Number);
  if (!Number.isInteger(epoch) || !Number.isInteger(position)) {
    throw new Error(`${JSON.stringify(cursor)} is no cursor of a memory log`);
  }
  return { epoch: epoch!, position: position! };
}

/** A reader that changed an event would change it for all: let it fail instead. */
function deepFreeze(value: object): void {
  for (const member of Object.values(value) as unknown[]) {
    if (typeof member === 'object' && member !== null && !Object.isFrozen(member)) {
      deepFreeze(member);
    }
  }
  Object.freeze(value);
}
