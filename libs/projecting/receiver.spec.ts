import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { ToldFeed } from '../../test/feeds/told-feed.js';
import { FeedFault } from './feed-fault.js';
import type { FeedRow } from './feed-row.js';
import { hashOf } from './feed-row.js';
import type { ReceiverOptions } from './receiver.js';
import { Receiver, verify } from './receiver.js';

const recipient = 'larkfield-centres.childrens-centre';
const about = { line: 'family/f1', subject: 'registration/r1', fields: { note: 'box.v1.a.b' } };

function opened(over: Partial<ReceiverOptions> = {}) {
  const feed = new ToldFeed(recipient);
  const inbox = new MemoryInbox();
  const faults: FeedFault[] = [];
  const receiver = new Receiver({
    recipient,
    inbox,
    pages: feed,
    now: () => new Date('2026-01-05T12:00:00Z'),
    onFault: (fault) => faults.push(fault),
    pageRows: 2,
    ...over,
  });
  return { feed, inbox, receiver, faults };
}

/** Counts how often it is looked through for rows that wait for a withdrawal. */
class CountingInbox extends MemoryInbox {
  looks = 0;

  override unanswered(): Promise<readonly number[]> {
    this.looks += 1;
    return super.unanswered();
  }
}

/** A row changed after it was signed, signed again where `sign` says so. */
function altered(row: FeedRow, envelope: Partial<FeedRow['envelope']>, sign = false): FeedRow {
  const changed = { ...row.envelope, ...envelope };
  return { ...row, envelope: changed, hash: sign ? hashOf(changed) : row.hash };
}

describe('verifying a row', () => {
  const row = new ToldFeed(recipient).tell('session.attended', about);
  const kindOf = (wrong: FeedRow) => {
    try {
      verify(wrong, recipient);
      return 'accepted';
    } catch (error) {
      return error instanceof FeedFault ? error.kind : 'thrown';
    }
  };

  it.each<[string, FeedRow, string]>([
    ['as it was told', row, 'accepted'],
    ['with another time', altered(row, { time: '2026-01-06T00:00:00.000Z' }), 'envelope-altered'],
    [
      'of another recipient',
      altered(row, { feed: 'brook-and-vale.childrens-centre' }, true),
      'another-feed',
    ],
    ['with another body', { ...row, body: { ...row.body!, note: 'other' } }, 'body-altered'],
    ['without its body', { ...row, body: null }, 'body-missing'],
    ['redacted and marked', { ...row, body: null, withdrawnBy: 'w' }, 'accepted'],
    [
      'redacted with another hash of its body',
      { ...altered(row, { bodyhash: '00' }), body: null, withdrawnBy: 'w' },
      'envelope-altered',
    ],
  ])('%s', (_, wrong, kind) => expect(kindOf(wrong)).toBe(kind));
});

describe('the receiver', () => {
  it('fills the inbox from the pages, page by page, and knows when it is complete', async () => {
    const { feed, inbox, receiver } = opened();
    for (let i = 0; i < 5; i += 1) feed.tell('session.attended', about);
    expect(await receiver.catchUp()).toBe(5);
    expect(await inbox.rows(0, 10)).toEqual(feed.told);
    expect(receiver.status).toEqual({
      state: 'receiving',
      fault: null,
      completeAt: new Date('2026-01-05T12:00:00Z'),
    });
  });

  it('fills from the pages what was lost on another way, and passes over what came twice', async () => {
    const { feed, inbox, receiver } = opened();
    const rows = Array.from({ length: 7 }, () => feed.tell('session.attended', about));
    await receiver.offer([rows[1]!, rows[0]!]);
    expect(await inbox.head()).toBe(2);
    await receiver.offer([rows[5]!, rows[4]!, rows[1]!]);
    await receiver.offer([rows[4]!]);
    expect(await inbox.rows(0, 10)).toEqual(rows);
    expect(receiver.received).toEqual({ pages: 5, tail: 2 });
  });

  it('stops, visibly and once, at a known sequence with another hash', async () => {
    const { feed, inbox, receiver, faults } = opened();
    const row = feed.tell('session.attended', about);
    await receiver.catchUp();
    const other = altered(row, { time: '2026-02-01T00:00:00.000Z' }, true);
    await expect(receiver.offer([other])).rejects.toBeInstanceOf(FeedFault);
    await expect(receiver.offer([other])).rejects.toBeInstanceOf(FeedFault);
    expect(receiver.status).toMatchObject({ state: 'stopped', fault: { kind: 'diverged' } });
    expect(faults).toHaveLength(1);
    expect(faults[0]!.message).toBe(
      'feed stopped at sequence 1: it was received before with another hash',
    );
    expect(await inbox.rows(0, 10)).toEqual([row]);
  });

  it('stops when the relay has lost rows that were received', async () => {
    const { feed, inbox, receiver } = opened();
    await inbox.append([feed.tell('session.attended', about)]);
    const restored = new Receiver({
      recipient,
      inbox,
      pages: new ToldFeed(recipient),
      now: () => new Date(0),
    });
    await expect(restored.catchUp()).rejects.toMatchObject({ kind: 'pages-behind' });
    expect(receiver.status.state).toBe('waiting');
    await restored.run(AbortSignal.timeout(60_000)); // returns at once: it is stopped
  });

  it('stops when the relay was restored behind it and has grown past it since', async () => {
    const { feed, inbox, receiver } = opened();
    for (let i = 0; i < 3; i += 1) feed.tell('session.attended', about);
    await receiver.catchUp();
    const restored = new ToldFeed(recipient);
    restored.tell('session.attended', about);
    const other = { ...about, fields: { note: 'box.v1.c.d' } };
    for (let i = 0; i < 4; i += 1) restored.tell('session.attended', other);
    const again = new Receiver({ recipient, inbox, pages: restored, now: () => new Date(0) });
    await expect(again.catchUp()).rejects.toMatchObject({ kind: 'diverged' });
    expect(await inbox.rows(0, 10)).toEqual(feed.told);
  });

  it('stops when the relay has lost a withdrawal that a row was received with', async () => {
    const { feed, inbox, receiver } = opened({ pageRows: 1 });
    const row = feed.tell('session.attended', about);
    const { envelope } = feed.withdraw(row);
    await inbox.append((await feed.page(recipient, 0, 1)).rows); // the page with the withdrawal is never read
    const restored = new ToldFeed(recipient);
    restored.tell('session.attended', about);
    const faults: FeedFault[] = [];
    const again = new Receiver({
      recipient,
      inbox,
      pages: restored,
      now: () => new Date(0),
      onFault: (fault) => faults.push(fault),
    });
    await expect(again.catchUp()).rejects.toMatchObject({ kind: 'withdrawal-lost', sequence: 1 });
    expect(faults).toHaveLength(1);
    expect((await inbox.rows(0, 1))[0]?.withdrawnBy).toBe(envelope.id);
    // Where nothing was lost it goes on.
    expect(await receiver.catchUp()).toBe(2);
  });

  it('goes on while a withdrawal that a row came with has only not been told yet', async () => {
    const { feed, inbox, receiver } = opened();
    const row = feed.tell('session.attended', { ...about, redacted: true });
    expect(await receiver.catchUp()).toBe(1);
    expect(await receiver.catchUp()).toBe(1);
    expect(await inbox.unanswered()).toEqual([1]);
    feed.withdraw(row);
    expect(await receiver.catchUp()).toBe(2);
    expect(await inbox.unanswered()).toEqual([]);
  });

  it('looks for lost withdrawals no more once every mark is answered', async () => {
    const inbox = new CountingInbox();
    const { feed, receiver } = opened({ inbox });
    feed.withdraw(feed.tell('session.attended', about));
    await receiver.catchUp();
    feed.tell('session.attended', about);
    await receiver.catchUp();
    expect(inbox.looks).toBe(1);
    feed.tell('session.attended', { ...about, redacted: true });
    await receiver.catchUp();
    expect(inbox.looks).toBe(2);
  });

  it('receives what is told while it runs, and ends when it is asked to', async () => {
    const stop = new AbortController();
    const reached: (() => void)[] = [];
    const { feed, inbox, receiver } = opened({
      onAppended: (head) => head === 3 && reached.forEach((resolve) => resolve()),
    });
    const third = new Promise<void>((resolve) => reached.push(resolve));
    const running = receiver.run(stop.signal);
    for (let i = 0; i < 3; i += 1) feed.tell('session.attended', about);
    await third;
    stop.abort();
    await running;
    expect(await inbox.head()).toBe(3);
  });

  it('compares heads although nothing is heard', async () => {
    const stop = new AbortController();
    const { feed, receiver } = opened({
      compareEveryMs: 5,
      onAppended: () => stop.abort(),
    });
    feed.changed = (_recipient, _after, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    const running = receiver.run(stop.signal);
    await Promise.resolve();
    feed.tell('session.attended', about);
    await running;
    expect(stop.signal.aborted).toBe(true);
  });

  it('says that it waits while the pages cannot be reached', async () => {
    const stop = new AbortController();
    const troubles: unknown[] = [];
    const { feed, receiver } = opened({
      onTrouble: (error) => {
        troubles.push(error);
        stop.abort();
      },
    });
    feed.unavailable = true;
    await receiver.run(stop.signal);
    expect(receiver.status.state).toBe('waiting');
    expect(troubles).toMatchObject([{ name: 'FeedUnavailable' }]);
    feed.unavailable = false;
    feed.tell('session.attended', about);
    expect(await receiver.catchUp()).toBe(1);
    expect(receiver.status.state).toBe('receiving');
  });

  it('takes a body from the inbox when its withdrawal comes', async () => {
    const { feed, inbox, receiver } = opened();
    const row = feed.tell('session.attended', about);
    await receiver.catchUp();
    const withdrawal = feed.withdraw(row);
    await receiver.catchUp();
    expect((await inbox.rows(0, 1))[0]).toMatchObject({
      body: null,
      withdrawnBy: withdrawal.envelope.id,
    });
  });
});
