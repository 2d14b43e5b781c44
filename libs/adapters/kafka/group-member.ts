import { once } from 'node:events';
import { pause } from '@common-thread/eventing/pause';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { TailStatus } from '@common-thread/projecting/feed-tail';
import { TAIL_ROWS_MAX, TailUnavailable } from '@common-thread/projecting/feed-tail';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { KafkaLog } from './address.js';
import { REQUEST_MS_MAX } from './address.js';
import { rowOf } from './feed-record.js';
import { inboxGroupOf, topicOf } from './feed-topic.js';
import { GroupLag } from './group-lag.js';
import { within } from './within.js';

const HEARTBEAT_MS = 1_000;
/** The group goes on without a member that was not heard of for so long. */
const SESSION_MS = 10_000;
/** Somebody who joins waits for the others to finish what they were given. */
const REBALANCE_MS = 15_000;
/** Longest time without anything new before the broker answers all the same. */
const FETCH_MS = 500;
/** A client that says nothing for so long is stuck: neither crash nor end is told of every time. */
const SILENCE_MS_MAX = 30_000;
const LOOK_EVERY_MS = 1_000;

/** One membership of a recipient's group, from joining until something goes wrong with it. */
export class GroupMember {
  readonly #topic: string;
  readonly #consumer: Consumer;
  readonly #lag: GroupLag;
  readonly #failed: Promise<never>;
  #state: Omit<TailStatus, 'lag'> = { state: 'connecting', membership: 'none' };
  #assigned = false;
  #heardAt = performance.now();
  #hasFollowed = false;

  constructor(
    kafka: Kafka,
    private readonly recipient: string,
    private readonly onRows: (rows: readonly FeedRow[]) => Promise<void>,
    private readonly log: KafkaLog,
  ) {
    const groupId = inboxGroupOf(recipient);
    this.#topic = topicOf(recipient);
    this.#lag = new GroupLag(kafka.admin(), groupId, this.#topic);
    this.#consumer = kafka.consumer({
      groupId,
      heartbeatInterval: HEARTBEAT_MS,
      sessionTimeout: SESSION_MS,
      rebalanceTimeout: REBALANCE_MS,
      maxWaitTimeInMs: FETCH_MS,
      allowAutoTopicCreation: false,
      retry: { retries: 3, restartOnFailure: async () => false },
    });
    this.#failed = this.#listen();
    this.#failed.catch(() => undefined);
  }

  get status(): TailStatus {
    const owns = this.#state.membership === 'owner';
    return { ...this.#state, lag: owns ? this.#lag.rows : null };
  }

  /** It was once given the recipient's partition, or stood by for it. */
  get hasFollowed(): boolean {
    return this.#hasFollowed;
  }

  /** Gives rows until `signal` aborts. @throws whatever ended the membership */
  async follow(signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const ending = AbortSignal.any([signal, over.signal]);
    const aborted = signal.aborted ? Promise.resolve() : once(ending, 'abort');
    const trouble = Promise.race([this.#failed, this.#silence(ending), aborted]);
    const joining = this.#join(signal);
    try {
      await Promise.race([joining, trouble]);
      if (!signal.aborted) void this.#lag.watch(ending);
      await trouble;
    } finally {
      over.abort();
      await this.#leave(joining);
    }
  }

  /** Not before it has joined: what is given up while it still connects stays connected for good. */
  async #leave(joining: Promise<void>): Promise<void> {
    const left = joining
      .catch(() => undefined)
      .then(() => this.#consumer.disconnect())
      .catch(() => undefined);
    await within(REQUEST_MS_MAX, 'leave', left).catch(() => undefined);
  }

  async #join(signal: AbortSignal): Promise<void> {
    const consumer = this.#consumer;
    await within(REQUEST_MS_MAX, 'connect', consumer.connect());
    await within(
      REQUEST_MS_MAX,
      'subscribe',
      consumer.subscribe({ topics: [this.#topic], fromBeginning: true }),
    );
    this.#state = { state: 'connecting', membership: 'joining' };
    await consumer.run({
      eachBatchAutoResolve: false,
      eachBatch: (batch) => this.#take(batch, signal),
    });
  }

  /** Rejects when the client gives up by itself. */
  #listen(): Promise<never> {
    const consumer = this.#consumer;
    const heard = () => {
      this.#heardAt = performance.now();
    };
    consumer.on('consumer.heartbeat', heard);
    consumer.on('consumer.rebalancing', () => {
      this.#assigned = false;
      this.#state = { state: 'connecting', membership: 'joining' };
    });
    consumer.on('consumer.group_join', ({ payload }) => {
      heard();
      this.#hasFollowed = true;
      this.#assigned = (payload.memberAssignment[this.#topic] ?? []).length > 0;
      if (!this.#assigned) this.#state = { state: 'following', membership: 'standby' };
    });
    // Only now is it settled from where rows are given.
    consumer.on('consumer.fetch', () => {
      heard();
      if (this.#assigned) this.#state = { state: 'following', membership: 'owner' };
    });
    return new Promise((_resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
    });
  }

  async #take(given: EachBatchPayload, signal: AbortSignal): Promise<void> {
    const { messages: all } = given.batch;
    // Filling a hole from the pages may take longer than a session lasts.
    const beating = setInterval(() => {
      given.heartbeat().catch(() => undefined);
    }, HEARTBEAT_MS);
    try {
      for (let from = 0; from < all.length; from += TAIL_ROWS_MAX) {
        if (!given.isRunning() || given.isStale() || signal.aborted) return;
        const messages = all.slice(from, from + TAIL_ROWS_MAX);
        this.#lag.at(messages[0]!.offset);
        await this.#give(messages);
        const { offset } = messages.at(-1)!;
        given.resolveOffset(offset);
        this.#lag.past(offset);
      }
    } finally {
      clearInterval(beating);
    }
  }

  async #give(messages: readonly KafkaMessage[]): Promise<void> {
    const rows = messages.flatMap(({ value }) => rowOf(value) ?? []);
    if (rows.length < messages.length) {
      this.log.warn('tail.unreadable', { recipient: this.recipient });
    }
    if (rows.length > 0) await this.onRows(rows).catch(() => undefined);
  }

  /** Rejects once the client has said nothing for too long; ends when `signal` aborts. */
  async #silence(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (performance.now() - this.#heardAt > SILENCE_MS_MAX) {
        throw new TailUnavailable('the client for Kafka has fallen silent');
      }
      await pause(LOOK_EVERY_MS, signal);
    }
  }
}
