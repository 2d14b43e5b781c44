import { acceptableAppend, bytesOf } from '@common-thread/eventing/acceptable-append';
import {
  EventLog,
  LogUnavailable,
  type Appended,
  type ExpectedRevision,
  type FollowOptions,
  type Followed,
  type NewEvent,
  type StoredEvent,
} from '@common-thread/eventing/event-log';
import type pg from 'pg';
import { WakeUps } from '../wake-ups.js';
import { Appending } from './event-log-appending.js';
import { rethrow } from './event-log-faults.js';
import { followLog } from './event-log-following.js';
import { storedEvent, type EventRow } from './event-log-rows.js';
import { assertEpochOfThisCluster, createLogSchema, currentEpoch } from './event-log-schema.js';
import { GroupCommit } from './group-commit.js';
import { createPool } from './pool.js';

export interface PostgresEventLogOptions {
  /** Database that holds, or will hold, the schema `log`. */
  readonly url: string;
  /** Connections at most: two for appends, the others for readers. Default 6. */
  readonly max?: number;
  /** Clock of `caughtUp`. */
  readonly now?: () => Date;
  /** Told when an idle connection dies. */
  readonly onIdleError?: (error: Error) => void;
}

const READ_STREAM = `
  select epoch, tx::text as tx_text, position, stream, revision, id, type, version, data, metadata
  from log.events
  where stream = $1 and revision >= $2
  order by revision`;

/** The log on PostgreSQL: appends in groups, read in the order of transactions (ADR 0003). */
export class PostgresEventLog extends EventLog {
  readonly #pool: pg.Pool;
  readonly #appended: WakeUps;
  readonly #now: () => Date;
  readonly #appends: GroupCommit;
  #checked: Promise<void> | undefined;

  /** Connects on first use. `open` also makes the schema. */
  constructor(options: PostgresEventLogOptions) {
    super();
    this.#pool = createPool({
      url: options.url,
      applicationName: 'common-thread log',
      max: options.max ?? 6,
      planning: 'by-index',
      ...(options.onIdleError ? { onIdleError: options.onIdleError } : {}),
    });
    this.#appended = wakeUpsOf(options.url);
    this.#now = options.now ?? (() => new Date());
    const appending = new Appending(this.#pool, () => this.#appended.ring());
    this.#appends = new GroupCommit((group) => this.#reaching(() => appending.commit(group)));
  }

  /**
   * @throws LogUnavailable, also when the log was restored or promoted and no epoch opened since
   */
  static async open(options: PostgresEventLogOptions): Promise<PostgresEventLog> {
    const log = new PostgresEventLog(options);
    try {
      await createLogSchema(log.#pool).catch(rethrow);
      await log.#check();
      return log;
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  override async append(
    streamId: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    const encoded = acceptableAppend(streamId, expected, events);
    return this.#appends.append({ streamId, expected, events: encoded, bytes: bytesOf(encoded) });
  }

  override async readStream(streamId: string, fromRevision = 0): Promise<readonly StoredEvent[]> {
    const { rows } = await this.#reaching(() =>
      this.#pool
        .query<EventRow & { readonly epoch: number }>({
          name: 'log-read-stream',
          text: READ_STREAM,
          values: [streamId, fromRevision],
        })
        .catch(rethrow),
    );
    return rows.map((row) => storedEvent(row.epoch, row));
  }

  override async *follow(options: FollowOptions): AsyncGenerator<Followed> {
    await this.#check();
    try {
      yield* followLog({ pool: this.#pool, appended: this.#appended, now: this.#now }, options);
    } catch (error) {
      this.#note(error);
      throw error;
    }
  }

  override async epoch(): Promise<string> {
    return this.#reaching(() => currentEpoch(this.#pool));
  }

  /** Ends the connections once what is under way is done. Abort followers first. */
  async close(): Promise<void> {
    if (!this.#pool.ended && !this.#pool.ending) await this.#pool.end();
  }

  async #reaching<T>(work: () => Promise<T>): Promise<T> {
    await this.#check();
    try {
      return await work();
    } catch (error) {
      this.#note(error);
      throw error;
    }
  }

  /** Once, and again after every loss of the store: it may come back as another. */
  #check(): Promise<void> {
    return (this.#checked ??= assertEpochOfThisCluster(this.#pool).catch((error: unknown) => {
      this.#checked = undefined;
      throw error;
    }));
  }

  #note(error: unknown): void {
    if (error instanceof LogUnavailable) this.#checked = undefined;
  }
}

/**
 * Shared by all logs of this process over one database, so that one's append wakes another's
 * reader.
 */
function wakeUpsOf(url: string): WakeUps {
  const { host, pathname } = new URL(url);
  const key = host + pathname;
  const known = wakeUpsByDatabase.get(key) ?? new WakeUps();
  wakeUpsByDatabase.set(key, known);
  return known;
}
const wakeUpsByDatabase = new Map<string, WakeUps>();
