import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { KafkaAddress } from '@common-thread/adapters/kafka/address';
import { clientAt } from '@common-thread/adapters/kafka/address';
import { KafkaAdministration } from '@common-thread/adapters/kafka/administration';
import { KafkaFeedTailPublisher } from '@common-thread/adapters/kafka/feed-tail-publisher';
import { KafkaFeedTailSource } from '@common-thread/adapters/kafka/feed-tail-source';
import { groupPrefixOf, topicOf } from '@common-thread/adapters/kafka/feed-topic';
import { reachKafka } from '@common-thread/adapters/kafka/reach';
import type { LocalKafka } from '../../../infra/local/kafka.js';
import { Follower, until } from '../../contracts/feed-tail-follower.js';
import { ToldFeed } from '../../feeds/told-feed.js';
import { BROKER_STARTS_MS_MAX, ownBroker } from './broker.js';
import { quiet } from './kafka-tail.js';

const hub = 'fairholme-hub.safeguarding-hub';
const centre = 'larkfield-centres.childrens-centre';
const users = { 'feed-relay': 'relay-secret', [hub]: 'hub-secret', [centre]: 'centre-secret' };
const access = { relay: 'feed-relay', recipients: [hub, centre] };

describe('Kafka with authorisation on', () => {
  let broker: LocalKafka;
  let publisher: KafkaFeedTailPublisher;
  let feed: ToldFeed;

  const as = (username: string, password: string): KafkaAddress => ({
    brokers: [broker.address],
    clientId: 'test',
    credentials: { username, password },
  });
  const asUser = (user: keyof typeof users) => as(user, users[user]);

  beforeAll(async () => {
    broker = await ownBroker(users);
    const { username, password } = broker.administrator!;
    const administration = await KafkaAdministration.open(as(username, password), quiet);
    for (const { mend } of await administration.differences(access, true)) await mend();
    expect(await administration.differences(access, true)).toEqual([]);
    await administration.close();
    publisher = new KafkaFeedTailPublisher(asUser('feed-relay'), quiet);
    feed = new ToldFeed(hub);
  }, BROKER_STARTS_MS_MAX);
  afterAll(async () => {
    await publisher.close();
    await broker.stop();
  });

  const publish = () =>
    publisher.publish(hub, [
      feed.tell('session.attended', { line: 'family/f1', subject: 'registration/r1' }),
    ]);

  it('lets the relay publish and clear, and a recipient follow its own feed', async () => {
    await publish();
    await publisher.clear(hub);
    const follower = new Follower(new KafkaFeedTailSource(asUser(hub), quiet), hub);
    await follower.owns();
    await publish();
    await until(() => follower.sequences.includes(2));
    await until(() => follower.status.lag === 0);
    await follower.stop();
  });

  it('lets no recipient write, not even to its own topic', async () => {
    const producer = clientAt(asUser(centre), quiet).producer();
    await producer.connect();
    const messages = [{ value: 'made up', partition: 0 }];
    for (const topic of [topicOf(hub), topicOf(centre)]) {
      const sent = producer.send({ topic, messages });
      await expect(sent).rejects.toThrow(/topic authorization failed/i);
    }
    await producer.disconnect();
    const asRelay = new KafkaFeedTailPublisher(asUser(centre), quiet);
    await expect(asRelay.clear(hub)).rejects.toMatchObject({ name: 'TailRefused' });
    await asRelay.close();
  });

  it.each([
    ['read', hub, centre, /topic authorization failed/i],
    ['join', centre, hub, /group coordinator|group authorization/i],
  ])('lets no recipient %s what is another’s', async (_, topicOwner, groupOwner, refusal) => {
    const consumer = clientAt(asUser(centre), quiet).consumer({
      groupId: `${groupPrefixOf(groupOwner)}inbox`,
      allowAutoTopicCreation: false,
      retry: { retries: 1, restartOnFailure: async () => false },
    });
    const given: unknown[] = [];
    const crashed = new Promise<Error>((resolve) => {
      consumer.on('consumer.crash', ({ payload }) => resolve(payload.error));
    });
    const running = (async () => {
      await consumer.connect();
      await consumer.subscribe({ topic: topicOf(topicOwner), fromBeginning: true });
      await consumer.run({ eachMessage: async ({ message }) => void given.push(message) });
      return crashed;
    })().catch((error: unknown) => error);
    expect(String(await running)).toMatch(refusal);
    expect(given).toEqual([]);
    await consumer.disconnect();
  });

  it('says at once that a password is wrong', async () => {
    const wrong = as(hub, 'not-it');
    await expect(reachKafka(wrong, 'COMMON_THREAD_KAFKA', quiet)).rejects.toMatchObject({
      name: 'EngineRefused',
      message: expect.stringContaining('COMMON_THREAD_KAFKA_PASSWORD') as unknown,
    });
  });

  it('takes back by the command what is no longer declared, and repeats nothing', async () => {
    const { username, password } = broker.administrator!;
    const command = (what: string) =>
      promisify(execFile)(
        process.execPath,
        [...withTypeScript, 'infra/kafka/kafka-command.ts', what],
        {
          env: {
            ...process.env,
            COMMON_THREAD_KAFKA: broker.address,
            COMMON_THREAD_KAFKA_USER: username,
            COMMON_THREAD_KAFKA_PASSWORD: password,
          },
        },
      ).then(({ stdout }) => stdout);
    // The demonstration's four recipients, two of which this broker has not heard of.
    expect(await command('apply')).toMatch(/mended: topic .*brook-and-vale.* is missing/);
    expect(await command('apply')).toBe('as declared\n');
    const administration = await KafkaAdministration.open(as(username, password), quiet);
    const fewer = await administration.differences(
      { relay: 'feed-relay', recipients: [hub] },
      true,
    );
    await administration.close();
    expect(fewer.map(({ words }) => words)).toContainEqual(
      `granted and not declared: User:${centre} may read topic ${topicOf(centre)}`,
    );
  });
});

const withTypeScript = ['--no-warnings', '--import', './test/engines/typescript.mjs'];
