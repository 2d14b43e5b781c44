import type {
  Appended,
  ExpectedRevision,
  Followed,
  FollowOptions,
  NewEvent,
  StoredEvent,
} from '@common-thread/eventing/event-log';
import { EventLog, RevisionConflict } from '@common-thread/eventing/event-log';
import type { Registry } from 'prom-client';
import { Counter, Histogram } from 'prom-client';

/** The private log, with its appends and their conflicts counted. */
export class MeasuredEventLog extends EventLog {
  readonly #conflicts: Counter;
  readonly #appends: Histogram;

  constructor(
    private readonly log: EventLog,
    metrics: Registry,
  ) {
    super();
    this.#conflicts = new Counter({
      name: 'common_thread_append_conflicts_total',
      help: 'Appends refused because the stream had moved on; most are tried again by themselves',
      registers: [metrics],
    });
    this.#appends = new Histogram({
      name: 'common_thread_append_seconds',
      help: 'Duration of appends that were acknowledged',
      registers: [metrics],
    });
  }

  override async append(
    streamId: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    const observe = this.#appends.startTimer();
    try {
      const appended = await this.log.append(streamId, expected, events);
      observe();
      return appended;
    } catch (error) {
      if (error instanceof RevisionConflict) this.#conflicts.inc();
      throw error;
    }
  }

  override readStream(streamId: string, fromRevision?: number): Promise<readonly StoredEvent[]> {
    return this.log.readStream(streamId, fromRevision);
  }

  override follow(options: FollowOptions): AsyncIterable<Followed> {
    return this.log.follow(options);
  }

  override epoch(): Promise<string> {
    return this.log.epoch();
  }
}
