import { randomUUID } from 'node:crypto';
import type { LocalKafka } from '../../../infra/local/kafka.js';
import { until } from '../../contracts/feed-tail-follower.js';
import { freshDatabase } from '../postgres.js';
import { BROKER_STARTS_MS_MAX, ownBroker } from './broker.js';
import { asAdministrator, deleteTopic, expire, resetToLatest } from './kafka-tail.js';
import { ToldThroughKafka } from './told-through-kafka.js';

/** Whatever becomes of a broker, an agency ends with every row it was told, without help. */
describe('an agency behind a real Kafka', () => {
  let broker: LocalKafka;
  let told: ToldThroughKafka;

  beforeAll(async () => {
    broker = await ownBroker();
  }, BROKER_STARTS_MS_MAX);
  beforeEach(async () => {
    const recipient = `centres-${randomUUID()}.childrens-centre`;
    told = new ToldThroughKafka(recipient, address(), await freshDatabase());
  });
  afterEach(async () => {
    await told.end();
    expect(told.faults).toEqual([]);
  });
  afterAll(() => broker.stop());

  const address = () => ({ brokers: [broker.address], clientId: 'test' });

  it('ends complete when the broker is killed and comes back', async () => {
    const receiver = await told.start();
    told.tell(10);
    await broker.kill();
    told.tell(10);
    await until(() => told.publishing.status.state === 'waiting');
    await until(() => receiver.tail.state === 'waiting');
    expect(await told.complete()).toEqual(told.feed.told); // from the pages alone
    await broker.restart();
    told.tell(10);
    await told.published();
    await until(() => receiver.tail.membership === 'owner');
    expect(await told.complete()).toEqual(told.feed.told);
  }, 180_000);

  it('ends complete when its topic is deleted under it', async () => {
    const receiver = await told.start();
    told.tell(5);
    await told.complete();
    await asAdministrator(address(), (admin) => deleteTopic(admin, told.recipient));
    told.tell(5);
    await told.published();
    expect(await told.complete()).toEqual(told.feed.told);
    await until(() => receiver.tail.membership === 'owner' && receiver.tail.lag === 0);
  });

  it.each([
    ['what it had not read has expired', expire],
    ['its group is put behind what it had not read', resetToLatest],
  ])('ends complete when %s', async (_, happening) => {
    const receiver = await told.start();
    told.tell(5);
    await told.complete();
    await told.stopReceiving(receiver);
    told.tell(5);
    await told.published();
    await asAdministrator(address(), (admin) => happening(admin, told.recipient));
    await told.receive();
    told.tell(5);
    expect(await told.complete()).toEqual(told.feed.told);
  });

  it('keeps one inbox true while the group is handed to and fro', async () => {
    const first = await told.start();
    for (let round = 0; round < 4; round += 1) {
      told.tell(10);
      const second = await told.receive();
      told.tell(10);
      await told.published();
      await told.stopReceiving(second);
    }
    expect(await told.complete()).toEqual(told.feed.told);
    await until(() => first.tail.membership === 'owner');
  }, 120_000);

  it('takes a withdrawn body from the inbox and from the topic', async () => {
    const receiver = await told.start();
    const [row] = told.tell(2);
    await told.complete();
    const withdrawal = told.feed.withdraw(row!);
    told.publishing.wake();
    await told.published();
    const held = await told.complete();
    expect(held).toEqual(told.feed.served);
    expect(held[1]).toMatchObject({ body: null, withdrawnBy: withdrawal.envelope.id });
    const kept = await asAdministrator(address(), (admin) =>
      admin.fetchTopicOffsets(`common-thread.feed.${told.recipient}.v1`),
    );
    expect(kept).toMatchObject([{ low: '3', high: '4' }]); // the withdrawal alone
    expect(receiver.status.state).toBe('receiving');
  });
});
