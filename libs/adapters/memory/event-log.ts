import { acceptableAppend, type EncodedEvent } from '@common-thread/eventing/acceptable-append';
import {
  CursorBeyondEpoch,
  EventLog,
  LogUnavailable,
  RevisionConflict,
  UnacceptableEvent,
  type Appended,
  type ExpectedRevision,
  type FollowOptions,
  type Followed,
  type NewEvent,
  type StoredEvent,
} from '@common-thread/eventing/event-log';
import { cursorOf, MemoryStore, placeOf } from './event-store.js';

const BATCH_EVENTS_MAX = 1_000;
const CAUGHT_UP_EVERY_MS = 250;

/** The log in memory, for tests and simulations: every guarantee of the port except durability. */
export class MemoryEventLog extends EventLog {
  /** A second log over one store behaves as the first does after a restart. */
  constructor(
    readonly store: MemoryStore = new MemoryStore(),
    private readonly now: () => Date = () => new Date(),
  ) {
    super();
  }

  override async append(
    streamId: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    const encoded = acceptableAppend(streamId, expected, events);
    await this.#reached();
    const stream = this.store.stream(streamId);
    const last = expected === 'no-stream' ? -1 : expected;
    if (stream.length - 1 !== last) {
      const held = stream.slice(last + 1, last + 1 + events.length);
      if (sameIds(held, events)) return { revision: last + events.length };
      const actual = stream.length === 0 ? 'no-stream' : stream.length - 1;
      throw new RevisionConflict(streamId, expected, actual);
    }
    const taken = events.find(({ id }) => this.store.has(id));
    if (taken) throw new UnacceptableEvent(`event id ${taken.id} is already in the log`);
    this.store.add(encoded.map((event, nth) => storedFrom(event, streamId, last + 1 + nth)));
    if (this.store.losesAnswers) throw new LogUnavailable('the answer was lost');
    return { revision: last + events.length };
  }

  override async readStream(streamId: string, fromRevision = 0): Promise<readonly StoredEvent[]> {
    await this.#reached();
    return this.store.stream(streamId).slice(fromRevision);
  }

  override async *follow({ prefixes, after, signal }: FollowOptions): AsyncGenerator<Followed> {
    let place = after === undefined ? this.store.start : placeOf(after);
    let tellAt = 0;
    while (!signal.aborted) {
      const rung = this.store.appended.rung;
      const asOf = this.now();
      await this.#reached();
      if (this.store.isBeyond(place)) {
        throw new CursorBeyondEpoch(`no event of this log lies at cursor ${cursorOf(place)}`);
      }
      const read = this.store.after(place, BATCH_EVENTS_MAX);
      const events = read.filter(({ streamId }) => isWanted(streamId, prefixes));
      const last = read.at(-1);
      if (last) place = placeOf(last.cursor);
      if (events.length > 0) yield { kind: 'events', events };
      if (last) {
        tellAt = 0; // there was something to catch up with: say at once when that is done
        continue;
      }
      if (performance.now() >= tellAt) {
        yield { kind: 'caughtUp', asOf: asOf.toISOString() };
        tellAt = performance.now() + CAUGHT_UP_EVERY_MS;
      }
      await this.store.appended.wait(rung, Math.max(1, tellAt - performance.now()), signal);
    }
  }

  override async epoch(): Promise<string> {
    await this.#reached();
    return this.store.epoch;
  }

  /** Never answers in the same turn, as no engine does. */
  async #reached(): Promise<void> {
    await Promise.resolve();
    if (!this.store.reachable) throw new LogUnavailable('the memory store is unplugged');
  }
}

function storedFrom(
  { event, data, metadata }: EncodedEvent,
  streamId: string,
  revision: number,
): Omit<StoredEvent, 'cursor'> {
  return {
    ...event,
    data: JSON.parse(data) as StoredEvent['data'],
    metadata: JSON.parse(metadata) as StoredEvent['metadata'],
    streamId,
    revision,
  };
}

function sameIds(held: readonly StoredEvent[], events: readonly NewEvent[]): boolean {
  return events.every(({ id }, nth) => held[nth]?.id === id);
}

function isWanted(streamId: string, prefixes: readonly string[] | undefined): boolean {
  return !prefixes?.length || prefixes.some((prefix) => streamId.startsWith(prefix));
}
