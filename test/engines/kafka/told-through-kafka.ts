import type { KafkaAddress } from '@common-thread/adapters/kafka/address';
import { KafkaFeedTailPublisher } from '@common-thread/adapters/kafka/feed-tail-publisher';
import { KafkaFeedTailSource } from '@common-thread/adapters/kafka/feed-tail-source';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import type { FeedFault } from '@common-thread/projecting/feed-fault';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { Receiver } from '@common-thread/projecting/receiver';
import { TailPublishing } from '../../../apps/feed-relay/publishing/tail-publishing.js';
import { until } from '../../contracts/feed-tail-follower.js';
import { MarksOfOne } from '../../feeds/marks-of-one.js';
import { ToldFeed } from '../../feeds/told-feed.js';
import type { TestDatabase } from '../postgres.js';
import { quiet } from './kafka-tail.js';

/**
 * One feed, its tail published on Kafka, and an agency's inbox in PostgreSQL that is filled from it. The pages
 * answer, but nobody is ever told that they have more: what is not from Kafka is from comparing heads.
 */
export class ToldThroughKafka {
  readonly feed: ToldFeed;
  readonly faults: FeedFault[] = [];
  readonly publishing: TailPublishing;
  readonly #marks: MarksOfOne;
  readonly #inbox: PostgresInbox;
  readonly #running = new Map<Receiver, { stop: AbortController; done: Promise<void> }>();

  constructor(
    readonly recipient: string,
    private readonly address: KafkaAddress,
    private readonly database: TestDatabase,
  ) {
    this.feed = new ToldFeed(recipient);
    this.feed.changed = (_recipient, _after, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    this.#marks = new MarksOfOne(this.feed);
    this.#inbox = new PostgresInbox(database.pool(), 'agency');
    this.publishing = new TailPublishing({
      pages: this.feed,
      marks: this.#marks,
      publisher: new KafkaFeedTailPublisher(address, quiet),
    });
  }

  async start(): Promise<Receiver> {
    await this.#inbox.prepare();
    this.tell(1); // the first row makes the topic
    this.publishing.start();
    return this.receive();
  }

  /** An agency's process with connections of its own; resolves when it stands in the group. */
  async receive(): Promise<Receiver> {
    const receiver = new Receiver({
      recipient: this.recipient,
      inbox: new PostgresInbox(this.database.pool(), 'agency'),
      pages: this.feed,
      tail: new KafkaFeedTailSource(this.address, quiet),
      now: () => new Date(),
      onFault: (fault) => this.faults.push(fault),
    });
    const stop = new AbortController();
    this.#running.set(receiver, { stop, done: receiver.run(stop.signal) });
    await until(() => receiver.tail.state === 'following');
    return receiver;
  }

  async stopReceiving(receiver: Receiver): Promise<void> {
    this.#running.get(receiver)?.stop.abort();
    await this.#running.get(receiver)?.done;
    this.#running.delete(receiver);
  }

  tell(count: number): readonly FeedRow[] {
    const about = { line: 'family/f1', subject: 'registration/r1' };
    const rows = Array.from({ length: count }, () => this.feed.tell('session.attended', about));
    this.publishing.wake();
    return rows;
  }

  /** Every row told is on the broker, or was. */
  published(): Promise<void> {
    return until(() => this.#marks.published === this.feed.head);
  }

  /** The inbox has everything that was told, and what it has. */
  async complete(): Promise<readonly FeedRow[]> {
    await until(async () => (await this.#inbox.head()) === this.feed.head);
    return this.#inbox.rows(0, this.feed.head);
  }

  async end(): Promise<void> {
    for (const receiver of [...this.#running.keys()]) await this.stopReceiving(receiver);
    await this.publishing.stop();
    await this.database.drop();
  }
}
