import { MemoryBroker, MemoryFeedTailPublisher } from '@common-thread/adapters/memory/feed-tail';
import type { Pause } from '@common-thread/eventing/pause';
import { TailRefused, TailUnavailable } from '@common-thread/projecting/feed-tail';
import { MarksOfOne } from '../../../test/feeds/marks-of-one.js';
import { ToldFeed } from '../../../test/feeds/told-feed.js';
import { TailPublishing } from './tail-publishing.js';

const recipient = 'larkfield-centres.childrens-centre';
const about = { line: 'family/f1', subject: 'registration/r1' };

function opened() {
  const feed = new ToldFeed(recipient);
  const marks = new MarksOfOne(feed);
  const broker = new MemoryBroker();
  const publisher = new MemoryFeedTailPublisher(broker);
  const interruptions: [string, boolean][] = [];
  // Time passes at once, and nothing else can stand in for it.
  const pause: Pause = () => new Promise((resolve) => setImmediate(resolve));
  const publishing = new TailPublishing({
    pages: feed,
    marks,
    publisher,
    pause,
    onInterrupted: (error, final) => {
      interruptions.push([error instanceof Error ? error.name : '', final]);
    },
  });
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  };
  const onBroker = () => broker.tail(recipient).rows.map(({ envelope }) => envelope.sequence);
  const tell = (count: number) =>
    Array.from({ length: count }, () => feed.tell('session.attended', about));
  return { feed, marks, broker, publisher, publishing, interruptions, until, onBroker, tell };
}

describe('publishing the tail of a feed', () => {
  it('publishes what has been told, and what is told while it runs', async () => {
    const { broker, feed, marks, publishing, until, tell } = opened();
    tell(3);
    publishing.start();
    await until(() => marks.published === 3);
    tell(1);
    publishing.wake();
    await until(() => marks.published === 4);
    expect(broker.tail(recipient).rows).toEqual(feed.told);
    await until(() => publishing.status.behind.size === 0);
    expect(publishing.status).toMatchObject({ state: 'publishing', refused: false });
    await publishing.stop();
    expect(publishing.status.state).toBe('stopped');
  });

  it('advances only when the broker has acknowledged, and loses nothing', async () => {
    const { broker, marks, publishing, interruptions, until, onBroker, tell } = opened();
    tell(2);
    broker.losesAcknowledgements = true;
    publishing.start();
    await until(() => interruptions.length > 0);
    expect(marks.published).toBe(0);
    expect(publishing.status.state).toBe('waiting');
    expect(publishing.status.behind).toEqual(new Map([[recipient, 2]]));
    broker.losesAcknowledgements = false;
    await until(() => marks.published === 2);
    await publishing.stop();
    expect(new Set(onBroker())).toEqual(new Set([1, 2])); // twice, which receivers compare
  });

  it('goes on after a restart where the broker had acknowledged', async () => {
    const first = opened();
    first.tell(2);
    first.publishing.start();
    await first.until(() => first.marks.published === 2);
    await first.publishing.stop();
    first.tell(1);
    const { feed: pages, marks, publisher } = first;
    const second = new TailPublishing({ pages, marks, publisher });
    second.start();
    await first.until(() => marks.published === 3);
    await second.stop();
    expect(first.onBroker()).toEqual([1, 2, 3]);
  });

  it('takes away what a withdrawal withdraws before it publishes that', async () => {
    const { broker, feed, marks, publishing, until, tell } = opened();
    const [row] = tell(2);
    publishing.start();
    await until(() => marks.published === 2);
    const withdrawal = feed.withdraw(row!);
    await until(() => marks.published === 3);
    await publishing.stop();
    expect(broker.tail(recipient).rows).toEqual([withdrawal]);
  });

  it('publishes what was withdrawn beforehand without its body', async () => {
    const { broker, feed, marks, publishing, until, tell } = opened();
    const [row] = tell(1);
    feed.withdraw(row!);
    publishing.start();
    await until(() => marks.published === 2);
    await publishing.stop();
    expect(broker.tail(recipient).rows).toEqual(feed.served);
    expect(broker.tail(recipient).rows[0]!.body).toBeNull();
  });

  it('leaves to the pages what nobody waits for any more', async () => {
    const { marks, publishing, until, onBroker, tell } = opened();
    tell(6_000);
    publishing.start();
    await until(() => marks.published === 6_000);
    await publishing.stop();
    expect(onBroker()).toEqual(Array.from({ length: 500 }, (_, index) => 5_501 + index));
  });

  it('gives way to another for good, and takes away what it published last', async () => {
    const { marks, publisher, publishing, interruptions, until, onBroker, tell } = opened();
    tell(1);
    publishing.start();
    await until(() => marks.published === 1);
    const publish = publisher.publish.bind(publisher);
    publisher.publish = async (...published) => {
      await publish(...published);
      await marks.takeOver(); // while this publish was under way
    };
    tell(1);
    publishing.wake();
    await until(() => interruptions.length > 0);
    expect(interruptions).toEqual([['FenceLost', true]]);
    expect(publishing.status.state).toBe('replaced');
    expect(marks.published).toBe(1);
    expect(onBroker()).toEqual([]);
    await publishing.stop();
  });

  it('says that it is refused, and goes on once it is not', async () => {
    const { marks, publisher, publishing, until, tell } = opened();
    const publish = publisher.publish.bind(publisher);
    publisher.publish = () => Promise.reject(new TailRefused('the topic is not granted'));
    tell(1);
    publishing.start();
    await until(() => publishing.status.refused);
    publisher.publish = () => Promise.reject(new TailUnavailable('away'));
    await until(() => publishing.status.state === 'waiting' && !publishing.status.refused);
    publisher.publish = publish;
    await until(() => marks.published === 1);
    await publishing.stop();
  });
});
