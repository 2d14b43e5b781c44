import type { KafkaAddress } from '@common-thread/adapters/kafka/address';
import { clientAt } from '@common-thread/adapters/kafka/address';
import { KafkaFeedTailPublisher } from '@common-thread/adapters/kafka/feed-tail-publisher';
import { KafkaFeedTailSource } from '@common-thread/adapters/kafka/feed-tail-source';
import { inboxGroupOf, topicOf } from '@common-thread/adapters/kafka/feed-topic';
import type { Admin } from 'kafkajs';
import type { FeedTailEngine } from '../../contracts/feed-tail-engine.js';
import { until } from '../../contracts/feed-tail-follower.js';
import { sharedBroker } from './broker.js';
import { Cuttable } from './cuttable.js';

export const quiet = { debug: () => undefined, warn: () => undefined };

/** The adapter over a real broker. */
export const kafkaTail: FeedTailEngine = {
  name: 'Apache Kafka',
  async open() {
    const address = sharedBroker();
    const lines = new Cuttable();
    const publisher = new KafkaFeedTailPublisher(lines.through(address), quiet);
    const admin = await administrator(address);
    return {
      publisher,
      source: () => new KafkaFeedTailSource(lines.through(address), quiet),
      recreate: (recipient) => deleteTopic(admin, recipient),
      expire: (recipient) => expire(admin, recipient),
      resetToLatest: (recipient) => resetToLatest(admin, recipient),
      cut: () => lines.cut(),
      mend: () => lines.mend(),
      close: async () => {
        await publisher.close();
        await admin.disconnect();
      },
    };
  },
};

export async function administrator(address: KafkaAddress): Promise<Admin> {
  const admin = clientAt(address, quiet).admin();
  await admin.connect();
  return admin;
}

/** Gone for everybody; the publisher makes it anew. */
export async function deleteTopic(admin: Admin, recipient: string): Promise<void> {
  const topic = topicOf(recipient);
  await admin.deleteTopics({ topics: [topic] });
  await until(async () => !(await admin.listTopics()).includes(topic));
}

export async function expire(admin: Admin, recipient: string): Promise<void> {
  const topic = topicOf(recipient);
  await admin.fetchTopicOffsets(topic);
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '-1' }] });
}

/** Needs a group that nobody is in. */
export async function resetToLatest(admin: Admin, recipient: string): Promise<void> {
  const topic = topicOf(recipient);
  const [end] = await admin.fetchTopicOffsets(topic);
  const partitions = [{ partition: 0, offset: end!.high }];
  await admin.setOffsets({ groupId: inboxGroupOf(recipient), topic, partitions });
}

/** Does one thing as the administrator and leaves. */
export async function asAdministrator<Result>(
  address: KafkaAddress,
  act: (admin: Admin) => Promise<Result>,
): Promise<Result> {
  const admin = await administrator(address);
  return act(admin).finally(() => admin.disconnect());
}
