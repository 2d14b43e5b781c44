import type { FeedRow } from '@common-thread/projecting/feed-row';
import { FeedTailPublisher } from '@common-thread/projecting/feed-tail';
import type { Admin, Kafka, Message, Producer } from 'kafkajs';
import kafkajs from 'kafkajs';
import type { KafkaAddress, KafkaLog } from './address.js';
import { clientAt, REQUEST_MS_MAX } from './address.js';
import { faultOf, protocolType } from './faults.js';
import { recordOf } from './feed-record.js';
import { FEED_PARTITIONS, feedTopicSettings, topicOf } from './feed-topic.js';
import { within } from './within.js';

/** Records of one request; a single row may be larger and goes alone. */
const BATCH_BYTES_MAX = 512 * 1024;
const RETRIES = 4;
/** A few requests and their retries. */
const WORK_MS_MAX = 2 * REQUEST_MS_MAX;
const EVERYTHING = '-1';
const ALL_REPLICAS = -1;

/** What is connected together and given up together. */
interface Session {
  readonly producer: Producer;
  readonly admin: Admin;
  /** Topics known to be there. */
  readonly topics: Set<string>;
}

/**
 * Publishes to Apache Kafka, acknowledged by every replica, each record once for as long as the broker
 * remembers this producer. After any failure it begins anew with another producer: the old one no
 * longer knows what the broker has.
 */
export class KafkaFeedTailPublisher extends FeedTailPublisher {
  readonly #kafka: Kafka;
  #session: Promise<Session> | undefined;

  constructor(address: KafkaAddress, log: KafkaLog) {
    super();
    this.#kafka = clientAt(address, log);
  }

  override publish(recipient: string, rows: readonly FeedRow[]): Promise<void> {
    const topic = topicOf(recipient);
    return this.#work('publishing', topic, async ({ producer }) => {
      for (const messages of batchesOf(rows)) {
        await producer.send({ topic, acks: ALL_REPLICAS, messages });
      }
    });
  }

  override clear(recipient: string): Promise<void> {
    const topic = topicOf(recipient);
    return this.#work('taking records away', topic, async ({ admin }) => {
      await admin.fetchTopicOffsets(topic); // else the client does not know who leads the topic
      const partitions = [{ partition: 0, offset: EVERYTHING }];
      await admin.deleteTopicRecords({ topic, partitions });
    });
  }

  override async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    if (session) await giveUp(session);
  }

  /** Once more with a topic made anew, where it turns out to be gone. */
  async #work(
    doing: string,
    topic: string,
    work: (session: Session) => Promise<void>,
  ): Promise<void> {
    try {
      await this.#once(doing, topic, work);
    } catch (error) {
      if (!isTopicGone(error)) throw error;
      await this.#once(doing, topic, work);
    }
  }

  async #once(
    doing: string,
    topic: string,
    work: (session: Session) => Promise<void>,
  ): Promise<void> {
    const session = (this.#session ??= this.#connect());
    const whole = session.then(async (connected) => {
      await makeWhereMissing(connected, topic);
      await work(connected);
    });
    try {
      await within(WORK_MS_MAX, doing, whole);
    } catch (error) {
      if (this.#session === session) this.#session = undefined;
      void giveUp(session);
      throw faultOf(error, doing);
    }
  }

  async #connect(): Promise<Session> {
    const producer = this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { retries: RETRIES },
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    const admin = this.#kafka.admin();
    const session = { producer, admin, topics: new Set<string>() };
    // Both to their end: one given up while it still connects would stay connected for good.
    const connected = await Promise.allSettled([producer.connect(), admin.connect()]);
    const failed = connected.find((attempt) => attempt.status === 'rejected');
    if (!failed) return session;
    await giveUp(Promise.resolve(session));
    throw failed.reason;
  }
}

async function makeWhereMissing({ admin, topics }: Session, topic: string): Promise<void> {
  if (topics.has(topic)) return;
  await admin.createTopics({
    waitForLeaders: true,
    topics: [
      {
        topic,
        numPartitions: FEED_PARTITIONS,
        replicationFactor: -1, // as the broker has it
        configEntries: Object.entries(feedTopicSettings).map(([name, value]) => ({ name, value })),
      },
    ],
  });
  topics.add(topic);
}

function isTopicGone(error: unknown): boolean {
  return protocolType(error) === 'UNKNOWN_TOPIC_OR_PARTITION';
}

async function giveUp(session: Promise<Session>): Promise<void> {
  const connected = await session.catch(() => undefined);
  await Promise.allSettled([connected?.producer.disconnect(), connected?.admin.disconnect()]);
}

/** The rows in order, in requests of a size that a broker takes. */
function* batchesOf(rows: readonly FeedRow[]): Generator<Message[]> {
  let batch: Message[] = [];
  let bytes = 0;
  for (const row of rows) {
    const record = recordOf(row);
    const size = Buffer.byteLength(record.value);
    if (batch.length > 0 && bytes + size > BATCH_BYTES_MAX) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push({ ...record, partition: 0 });
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
