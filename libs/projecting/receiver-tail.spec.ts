import {
  MemoryBroker,
  MemoryFeedTailPublisher,
  MemoryFeedTailSource,
} from '@common-thread/adapters/memory/feed-tail';
import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { ToldFeed } from '../../test/feeds/told-feed.js';
import type { FeedRow } from './feed-row.js';
import { hashOf } from './feed-row.js';
import { Receiver } from './receiver.js';

const recipient = 'larkfield-centres.childrens-centre';
const about = { line: 'family/f1', subject: 'registration/r1' };
const NEVER_MS = 3_600_000;

/** A receiver of which the pages are never heard of again, so that rows come from the tail alone. */
function opened(compareEveryMs = NEVER_MS) {
  const broker = new MemoryBroker();
  const feed = new ToldFeed(recipient);
  const inbox = new MemoryInbox();
  const heard = new Set<() => void>();
  const troubles: unknown[] = [];
  const stop = new AbortController();
  const wake = () => heard.forEach((resolve) => resolve());
  const receiver = new Receiver({
    recipient,
    inbox,
    pages: feed,
    tail: new MemoryFeedTailSource(broker),
    now: () => new Date('2026-01-05T12:00:00Z'),
    compareEveryMs,
    onAppended: wake,
    onComplete: wake,
    onFault: wake,
    onTrouble: (error) => {
      troubles.push(error);
      wake();
    },
  });
  const publisher = new MemoryFeedTailPublisher(broker);
  const publish = (...rows: FeedRow[]) => publisher.publish(recipient, rows);
  /** Each look follows something the receiver has done. */
  const until = async (holds: () => boolean | Promise<boolean>) => {
    while (!(await holds())) {
      await Promise.race([
        new Promise<void>((resolve) => heard.add(resolve)),
        new Promise((resolve) => setImmediate(resolve)),
      ]);
    }
  };
  const held = (head: number) => until(async () => (await inbox.head()) === head);
  const running = receiver.run(stop.signal);
  const follows = () => until(() => receiver.tail.membership === 'owner');
  const end = async () => {
    stop.abort();
    await running;
  };
  return { broker, feed, inbox, receiver, publish, until, held, follows, running, end, troubles };
}

describe('the receiver with a tail', () => {
  it('has its history from the pages and what comes after from the tail', async () => {
    const { feed, inbox, receiver, publish, held, follows, end } = opened();
    const early = feed.tell('session.attended', about);
    await follows();
    const late = feed.tell('session.attended', about);
    await publish(late);
    await held(2);
    expect(await inbox.rows(0, 10)).toEqual([early, late]);
    expect(receiver.received).toEqual({ pages: 1, tail: 1 });
    await end();
  });

  it('fills a hole in the tail from the pages, and passes over what comes twice', async () => {
    const { feed, inbox, publish, held, follows, end } = opened();
    await follows();
    const rows = Array.from({ length: 4 }, () => feed.tell('session.attended', about));
    await publish(rows[3]!, rows[3]!, rows[0]!);
    await held(4);
    expect(await inbox.rows(0, 10)).toEqual(rows);
    await end();
  });

  it('compares heads all the same: a last message may be lost', async () => {
    const { feed, held, follows, end } = opened(5);
    await follows();
    feed.tell('session.attended', about);
    await held(1);
    await end();
  });

  it('hears of rows from the pages again while the broker is away', async () => {
    const { broker, feed, held, receiver, until, end } = opened(5);
    await until(() => receiver.tail.membership === 'owner');
    broker.reachable = false;
    await until(() => receiver.tail.state === 'waiting');
    feed.tell('session.attended', about);
    await held(1);
    expect(receiver.status.state).toBe('receiving');
    broker.reachable = true;
    await until(() => receiver.tail.state === 'following');
    await end();
  });

  it('stops at a row of the tail that was received before with another hash', async () => {
    const { feed, publish, held, follows, running, receiver } = opened();
    await follows();
    const row = feed.tell('session.attended', about);
    await publish(row);
    await held(1);
    const envelope = { ...row.envelope, time: '2026-02-01T00:00:00.000Z' };
    await publish({ ...row, envelope, hash: hashOf(envelope) });
    await running; // without anybody asking it to end
    expect(receiver.status).toMatchObject({ state: 'stopped', fault: { kind: 'diverged' } });
    expect(receiver.tail.state).toBe('idle');
  });

  it('leaves to the pages what it could not take, and says so', async () => {
    const { feed, inbox, publish, held, follows, troubles, end } = opened(5);
    await follows();
    const append = inbox.append.bind(inbox);
    inbox.append = () => Promise.reject(new Error('connection refused'));
    await publish(feed.tell('session.attended', about));
    while (troubles.length === 0) await new Promise((resolve) => setImmediate(resolve));
    inbox.append = append;
    await held(1);
    await end();
  });
});
