import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { MemoryStore } from '@common-thread/adapters/memory/event-store';
import { cursorOf, placeOf } from '@common-thread/adapters/memory/event-store';
import type {
  Appended,
  ExpectedRevision,
  Followed,
  FollowOptions,
  NewEvent,
  StoredEvent,
} from '@common-thread/eventing/event-log';
import { CursorBeyondEpoch, EventLog, LogUnavailable } from '@common-thread/eventing/event-log';
import type { Bell } from '../machine/bell.js';
import { listenTo } from '../machine/bell.js';
import type { Life } from '../machine/life.js';

const CAUGHT_UP_EVERY_MS = 250;
const BATCH_EVENTS_MAX = 7;

const gone = () => new LogUnavailable('the simulated log cannot be reached');

/** The log as one life meets it: the memory log, with its own time and its faults. */
export class SimulatedLog extends EventLog {
  readonly #log: MemoryEventLog;

  constructor(
    private readonly store: MemoryStore,
    private readonly appended: Bell,
    private readonly life: Life,
    private readonly now: () => Date,
  ) {
    super();
    this.#log = new MemoryEventLog(store, now);
  }

  override append(
    streamId: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    return this.life.write(`log.append ${streamId} ${expected}`, gone, async () => {
      const appended = await this.#log.append(streamId, expected, events);
      this.appended.ring();
      return appended;
    });
  }

  override readStream(streamId: string, from?: number): Promise<readonly StoredEvent[]> {
    return this.life.read('log.readStream', gone, () => this.#log.readStream(streamId, from));
  }

  override epoch(): Promise<string> {
    return this.life.read('log.epoch', gone, () => this.#log.epoch());
  }

  override async *follow({ prefixes, after, signal }: FollowOptions): AsyncGenerator<Followed> {
    let place = after === undefined ? this.store.start : placeOf(after);
    while (!signal.aborted) {
      const listening = listenTo(this.appended);
      const asOf = this.now();
      const from = place;
      const read = await this.life.read('log.follow', gone, async () => {
        if (this.store.isBeyond(from)) throw new CursorBeyondEpoch(cursorOf(from));
        return this.store.after(from, BATCH_EVENTS_MAX);
      });
      const events = read.filter(
        ({ streamId }) =>
          !prefixes?.length || prefixes.some((prefix) => streamId.startsWith(prefix)),
      );
      const last = read.at(-1);
      if (last) place = placeOf(last.cursor);
      if (events.length > 0) yield { kind: 'events', events };
      if (last) continue;
      yield { kind: 'caughtUp', asOf: asOf.toISOString() };
      await this.life.untilRung(listening, CAUGHT_UP_EVERY_MS, signal);
    }
  }
}
