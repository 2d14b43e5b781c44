import { acceptableAppend } from '@common-thread/eventing/acceptable-append';
import {
  EventLog,
  type Appended,
  type ExpectedRevision,
  type FollowOptions,
  type Followed,
  type NewEvent,
  type StoredEvent,
} from '@common-thread/eventing/event-log';
import { connectionStringOf, type LogAddress } from './address.js';
import { Appending } from './appending.js';
import { Connection } from './connection.js';
import { findEpochs, openEpoch, type Epochs } from './epochs.js';
import { followAll } from './following.js';
import { opening, type Opening } from './opening.js';
import { readStream } from './reading.js';
import { storedEvent } from './stored-form.js';
import { StreamNames } from './streams.js';

export interface EventStoreDbEventLogOptions extends LogAddress {
  /**
   * Begins the name of every stream of this log, such as `county/`, on a server that holds others too;
   * by default none, and the server is the log's alone.
   */
  readonly prefix?: string;
  /** For every call, default 5,000 ms; a silent subscription is given up after the same time. */
  readonly deadlineMs?: number;
  /** Told of each interruption that it tries to mend by itself: a try to open, a subscription. */
  readonly onTrouble?: (trouble: Error) => void;
  /** Clock of `caughtUp`. */
  readonly now?: () => Date;
}

const DEADLINE_MS = 5_000;

/**
 * The log on EventStoreDB or KurrentDB (ADR 0070). Besides the errors of the port, every method throws
 * EngineRefused for what waiting does not mend: wrong credentials, a certificate not trusted, a server
 * that is too old.
 */
export class EventStoreDbEventLog extends EventLog {
  readonly #connection: Connection;
  readonly #names: StreamNames;
  readonly #appending: Appending;
  readonly #now: () => Date;
  readonly #onTrouble: (trouble: Error) => void;
  #epochs: Promise<Epochs> | undefined;

  /** Connects on first use. `open` also sees to it that the server is there and fit. */
  constructor(options: EventStoreDbEventLogOptions) {
    super();
    this.#names = new StreamNames(options.prefix ?? '');
    this.#connection = new Connection(
      connectionStringOf(options),
      options.deadlineMs ?? DEADLINE_MS,
      () => (this.#epochs = undefined),
    );
    this.#appending = new Appending(this.#connection, this.#names);
    this.#now = options.now ?? (() => new Date());
    this.#onTrouble = options.onTrouble ?? (() => undefined);
  }

  /**
   * Tries, with growing pauses, until the server answers or time is up (`waitMs`, default 0: one try).
   *
   * @throws LogUnavailable where it never answered, EngineRefused at once
   */
  static async open(
    options: EventStoreDbEventLogOptions & Opening,
  ): Promise<EventStoreDbEventLog> {
    const log = new EventStoreDbEventLog(options);
    try {
      await opening(() => log.#ready(), options);
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
    this.#names.of(streamId);
    const { current } = await this.#ready();
    return this.#appending.append({ streamId, expected, events: encoded, epoch: current });
  }

  override async readStream(streamId: string, fromRevision = 0): Promise<readonly StoredEvent[]> {
    await this.#ready();
    const name = this.#names.of(streamId);
    const read = await readStream(this.#connection, name, fromRevision);
    return read.map((recorded) => storedEvent(recorded, streamId));
  }

  override async *follow(options: FollowOptions): AsyncGenerator<Followed> {
    const { beginning } = await this.#ready();
    const log = {
      connection: this.#connection,
      names: this.#names,
      beginning,
      now: this.#now,
      silenceMsMax: this.#connection.deadlineMs,
      onTrouble: this.#onTrouble,
    };
    yield* followAll(log, options);
  }

  override async epoch(): Promise<string> {
    return (await this.#ready()).name;
  }

  /**
   * To be done once after a restore of the server's files, or an import, before anything is appended: what
   * is written from now on has cursors of its own. Readers go on by themselves, except those that had
   * read more than was restored: they get CursorBeyondEpoch.
   *
   * @returns the number of the new epoch
   */
  async openEpoch(reason: string): Promise<number> {
    await this.#ready();
    const opened = await openEpoch(this.#connection, this.#names.epochs, reason, this.#now());
    this.#epochs = undefined;
    return opened;
  }

  /** Ends the connection. Abort followers first. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  /** Once, and again after every loss of the server: it may come back with another epoch. */
  #ready(): Promise<Epochs> {
    return (this.#epochs ??= findEpochs(this.#connection, this.#names.epochs, this.#now()).catch(
      (error: unknown) => {
        this.#epochs = undefined;
        throw error;
      },
    ));
  }
}
