import { randomUUID } from 'node:crypto';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { idleTail, TAIL_ROWS_MAX } from '@common-thread/projecting/feed-tail';
import { ToldFeed } from '../feeds/told-feed.js';
import type { FeedTailEngine, OpenTail } from './feed-tail-engine.js';
import { Follower, until } from './feed-tail-follower.js';

const about = { line: 'family/f1', subject: 'registration/r1' };

/** What every adapter of the tail's ports keeps; each runs every case. */
export function describeFeedTail(engine: FeedTailEngine): void {
  let tail: OpenTail;
  let feed: ToldFeed;
  let followers: Follower[] = [];

  beforeAll(async () => {
    tail = await engine.open();
  });
  beforeEach(() => {
    feed = new ToldFeed(`centres-${randomUUID()}.childrens-centre`);
  });
  afterEach(async () => {
    tail.mend();
    await Promise.all(followers.map((follower) => follower.stop()));
    followers = [];
  });
  afterAll(() => tail.close());

  const tell = (count: number) =>
    Array.from({ length: count }, () =>
      feed.tell('session.attended', { ...about, fields: { note: 'box.v1.a.b – “ü”' } }),
    );
  const publish = async (count: number) => {
    const rows = tell(count);
    await tail.publisher.publish(feed.recipient, rows);
    return rows;
  };
  const follow = (taking?: (rows: readonly FeedRow[]) => Promise<void>) => {
    const follower = new Follower(tail.source(), feed.recipient, taking);
    followers.push(follower);
    return follower;
  };
  /** A follower of a group that has begun, so that nothing is told before it. */
  const followed = async (taking?: (rows: readonly FeedRow[]) => Promise<void>) => {
    await tail.publisher.publish(feed.recipient, []);
    const follower = follow(taking);
    await follower.owns();
    return follower;
  };

  it('gives rows as they were published, in order, to that recipient alone', async () => {
    const follower = await followed();
    const other = new ToldFeed(`hub-${randomUUID()}.safeguarding-hub`);
    await tail.publisher.publish(other.recipient, [other.tell('session.attended', about)]);
    const rows = [...(await publish(3)), ...(await publish(2))];
    const redacted = feed.tell('session.attended', { ...about, redacted: true });
    await tail.publisher.publish(feed.recipient, [redacted]);
    await until(() => follower.given.length >= 6);
    expect(follower.given).toEqual([...rows, redacted]);
  });

  it('keeps the order of a publish as large as there may be', async () => {
    const follower = await followed();
    const rows = await publish(TAIL_ROWS_MAX);
    await until(() => follower.given.length >= TAIL_ROWS_MAX);
    expect(follower.given).toEqual(rows);
  });

  it('gives at first what is there', async () => {
    const rows = await publish(2);
    const follower = await followed();
    await until(() => follower.given.length > 1);
    expect(follower.given).toEqual(rows);
  });

  it('goes on where the group had come to, in another process', async () => {
    const first = await followed();
    await publish(2);
    await until(() => first.sequences.length === 2);
    await first.stop();
    await publish(2);
    const second = follow();
    await until(() => second.sequences.includes(4));
    expect(second.sequences.slice(-2)).toEqual([3, 4]);
  });

  it('gives every row to at least one of two followers', async () => {
    const first = await followed();
    const second = follow();
    await until(() => second.status.membership !== 'none');
    await publish(5);
    const either = () => new Set([...first.sequences, ...second.sequences]);
    await until(() => either().size === 5);
  });

  it('gives no more until what it gave was taken, and says how far it is behind', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const started: number[] = [];
    const follower = await followed(async (rows) => {
      started.push(rows[0]!.envelope.sequence);
      await held;
    });
    await publish(1);
    await until(() => started.length === 1);
    await publish(3);
    await until(() => (follower.status.lag ?? 0) >= 3);
    expect(started).toEqual([1]);
    release();
    await until(() => follower.sequences.length === 4 && follower.status.lag === 0);
  });

  it('passes over rows that were not taken, and goes on', async () => {
    const follower = await followed(async ([row]) => {
      if (row?.envelope.sequence === 1) throw new Error('the inbox cannot be reached');
    });
    await publish(1);
    await until(() => follower.status.lag === 0);
    await publish(1);
    await until(() => follower.given.length > 0);
    expect(follower.sequences).toEqual([2]);
  });

  it('takes away what was published, and gives what comes after', async () => {
    const first = await followed();
    await publish(1);
    await until(() => first.given.length > 0);
    await first.stop();
    await publish(3);
    await tail.publisher.clear(feed.recipient);
    await publish(1);
    const second = follow();
    await until(() => second.given.length > 0);
    expect(second.sequences).toEqual([5]);
  });

  it('takes away what is not there', async () => {
    await tail.publisher.clear(feed.recipient);
    await publish(1);
    await tail.publisher.clear(feed.recipient);
    await tail.publisher.clear(feed.recipient);
    await publish(1);
  });

  it('says that it cannot be reached, and goes on by itself when it can', async () => {
    const follower = await followed();
    tail.cut();
    const rows = tell(1);
    const refused = { name: 'TailUnavailable' };
    await expect(tail.publisher.publish(feed.recipient, rows)).rejects.toMatchObject(refused);
    await expect(tail.publisher.clear(feed.recipient)).rejects.toMatchObject(refused);
    await until(() => follower.status.state === 'waiting');
    expect(follower.status).toEqual({ state: 'waiting', membership: 'none', lag: null });
    tail.mend();
    await tail.publisher.publish(feed.recipient, rows);
    await until(() => follower.sequences.includes(1));
  });

  it.each([
    ['its records have expired', 'expire'],
    ['it was deleted and made anew', 'recreate'],
  ] as const)('gives what is published after %s', async (_, happening) => {
    const follower = await followed();
    await publish(2);
    await until(() => follower.sequences.length === 2);
    await tail[happening](feed.recipient);
    // A follower finds out in its own time; what is published before that is a hole.
    await until(async () => {
      await publish(1);
      return follower.sequences.length > 2;
    });
  });

  it('gives what is published after its group was put behind everything', async () => {
    const first = await followed();
    await first.stop();
    await publish(2);
    await tail.resetToLatest(feed.recipient);
    const second = follow();
    await second.owns();
    await publish(1);
    await until(() => second.given.length > 0);
    expect(second.sequences).toEqual([3]);
  });

  it('is idle before it follows and after it has stopped', async () => {
    const source = tail.source();
    expect(source.status(feed.recipient)).toEqual(idleTail);
    const follower = await followed();
    await until(() => follower.status.state === 'following');
    await follower.stop();
    expect(follower.status).toEqual(idleTail);
  });
}
