import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import type { FeedFaultKind } from '@common-thread/projecting/feed-fault';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { hashOf } from '@common-thread/projecting/feed-row';
import type { Inbox } from '@common-thread/projecting/inbox';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import { ToldFeed } from '../feeds/told-feed.js';

const recipient = 'fairholme-hub.safeguarding-hub';

interface Opened {
  readonly inbox: Inbox;
  /** Another over the same rows, as a second receiver would have it. */
  readonly second: Inbox;
  /** Leaves the rows as they were kept before it was noted what they are about. */
  forgetMatters(): Promise<void>;
  close(): Promise<void>;
}

async function openPostgres(): Promise<Opened> {
  const database: TestDatabase = await freshDatabase();
  const open = () => new PostgresInbox(database.pool(), 'agency_test');
  return {
    inbox: open(),
    second: open(),
    forgetMatters: async () => {
      await database.pool().query('update agency_test.inbox set matter = null');
    },
    close: () => database.drop(),
  };
}

async function openMemory(): Promise<Opened> {
  const inbox = new MemoryInbox();
  const nothing = async () => undefined;
  return { inbox, second: inbox, forgetMatters: nothing, close: nothing };
}

describe.each([
  ['memory', openMemory],
  ['PostgreSQL', openPostgres],
] as const)('the inbox in %s', (_, open) => {
  let opened: Opened;
  let inbox: Inbox;
  let feed: ToldFeed;

  beforeEach(async () => {
    opened = await open();
    inbox = opened.inbox;
    await inbox.prepare();
    feed = new ToldFeed(recipient);
  });
  afterEach(() => opened.close());

  const visit = (line = 'family/f1', fields = { note: 'a "quoted" \\ note\n\twith a tab' }) =>
    feed.tell('session.attended', { line, subject: 'registration/r1', fields });

  async function faultOf(appending: Promise<unknown>): Promise<[FeedFaultKind, number]> {
    const thrown: unknown = await appending.catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'FeedFault' });
    const { kind, sequence } = thrown as { kind: FeedFaultKind; sequence: number };
    return [kind, sequence];
  }

  it('gives back what was appended, in order, and proves it', async () => {
    expect(await inbox.head()).toBe(0);
    const rows = [visit(), visit('family/f2'), visit()];
    expect(await inbox.append(rows)).toBe(3);
    expect(await inbox.head()).toBe(3);
    expect(await inbox.rows(0, 10)).toEqual(rows);
    for (const row of await inbox.rows(0, 10)) {
      expect(hashOf(row.envelope)).toBe(row.hash);
      expect(hashOf(row.body!)).toBe(row.envelope.bodyhash);
    }
    const read = await inbox.read(1, 1);
    expect(read.map((row) => [row.sequence, row.line])).toEqual([[2, 'family/f2']]);
    expect(read[0]!.fields).toEqual({ note: 'a "quoted" \\ note\n\twith a tab' });
    expect(await inbox.read(3, 10)).toEqual([]);
  });

  it('makes what it needs once, however often and at once it is asked', async () => {
    await Promise.all([inbox.prepare(), opened.second.prepare()]);
    await inbox.append([visit()]);
    await inbox.prepare();
    expect(await inbox.head()).toBe(1);
  });

  it('reads rows about some matters, and says how far nothing of them was left out', async () => {
    const about = (name: string) =>
      feed.tell(name, { line: 'family/f1', subject: 'contact/c1', fields: {} });
    const first = visit();
    const contact = about('contact.received');
    await inbox.append([first, contact, visit(), about('contact.rated'), visit()]);
    // What follows a row is about what that row is about.
    await inbox.append([feed.withdraw(contact), visit()]);
    const reading = async (after: number, to: number, limit: number) => {
      const { rows, reached } = await inbox.readOf(['contact', 'referral'], after, to, limit);
      return [rows.map((row) => row.sequence), reached];
    };
    expect(await reading(0, 1_000, 10)).toEqual([[2, 4, 6], 7]);
    expect(await reading(0, 1_000, 2)).toEqual([[2, 4], 4]);
    expect(await reading(4, 5, 10)).toEqual([[], 5]);
    expect(await reading(6, 1_000, 10)).toEqual([[], 7]);
    expect(await reading(7, 1_000, 10)).toEqual([[], 7]);
    expect((await inbox.readOf(['contact'], 0, 10, 1)).rows).toEqual(await inbox.read(1, 1));
    await opened.forgetMatters();
    const all = await inbox.readOf(['contact'], 0, 10, 10);
    expect(all.rows.map((row) => row.sequence)).toEqual(expect.arrayContaining([2, 4, 6]));
    expect(all.reached).toBe(7);
  });

  it('reads one line between two sequences', async () => {
    await inbox.append([visit(), visit('family/f2'), visit(), visit(), visit()]);
    const read = await inbox.readLine('family/f1', 2, 4, 10);
    expect(read.map((row) => row.sequence)).toEqual([3, 4]);
    expect(await inbox.readLine('family/f1', 1, 5, 1)).toHaveLength(1);
  });

  it('passes over rows it holds, and stops at one that has changed', async () => {
    const rows = [visit(), visit()];
    await inbox.append(rows);
    expect(await inbox.append([...rows, visit()])).toBe(3);
    const altered = { ...rows[1]!, hash: hashOf({ ...rows[1]!.envelope, ground: 'author' }) };
    expect(await faultOf(inbox.append([altered]))).toEqual(['diverged', 2]);
    expect(await inbox.head()).toBe(3);
  });

  it('stops at a hole, and writes none of that append', async () => {
    const [first, , third] = [visit(), visit(), visit()];
    expect(await faultOf(inbox.append([first, third]))).toEqual(['gap', 3]);
    expect(await inbox.head()).toBe(0);
    expect(await inbox.rows(0, 10)).toEqual([]);
  });

  it('takes the body of a withdrawn row with the withdrawal, in one append or later', async () => {
    const [early, late] = [visit(), visit()];
    const withdrawn = feed.withdraw(early);
    await inbox.append([early, late, withdrawn]);
    const laterWithdrawn = feed.withdraw(late);
    await inbox.append([laterWithdrawn]);
    const [one, two] = await inbox.rows(0, 10);
    expect(one).toEqual({ ...early, body: null, withdrawnBy: withdrawn.envelope.id });
    expect(two).toEqual({ ...late, body: null, withdrawnBy: laterWithdrawn.envelope.id });
    expect((await inbox.read(0, 2)).map((row) => row.fields)).toEqual([null, null]);
  });

  it('keeps the first withdrawal of a row withdrawn twice', async () => {
    const row = visit();
    const withdrawals = [feed.withdraw(row), feed.withdraw(row)];
    await inbox.append([row, withdrawals[0]!]);
    await inbox.append([withdrawals[1]!]);
    expect((await inbox.rows(0, 1))[0]!.withdrawnBy).toBe(withdrawals[0]!.envelope.id);
  });

  it('tells of each following row which row it finally follows', async () => {
    const row = visit();
    const correction = feed.correct(row, { note: 'amended' });
    const again = feed.withdraw(correction);
    await inbox.append([row]);
    await inbox.append([correction]);
    await inbox.append([again]);
    const read = await inbox.read(0, 10);
    expect(read.map((r) => [r.origin.sequence, r.follows])).toEqual([
      [1, false],
      [1, true],
      [1, true],
    ]);
    expect(read[2]!.originName).toBe('session.attended');
  });

  it('stops at a correction or withdrawal of a row never told', async () => {
    const elsewhere = new ToldFeed(recipient);
    const strange = elsewhere.withdraw(
      elsewhere.tell('session.attended', { line: 'family/f1', subject: 'registration/r1' }),
    );
    await inbox.append([visit()]);
    const envelope = { ...strange.envelope, withdraws: 'nothing-here' };
    const row: FeedRow = { ...strange, envelope, hash: hashOf(envelope) };
    expect(await faultOf(inbox.append([row]))).toEqual(['follows-unknown', 2]);
  });

  it('keeps a row that came redacted until its withdrawal comes, and says that it waits', async () => {
    const row = feed.tell('session.attended', {
      line: 'family/f1',
      subject: 'registration/r1',
      redacted: true,
    });
    await inbox.append([row]);
    expect(await inbox.unanswered()).toEqual([1]);
    await inbox.append([visit(), feed.withdraw(row)]);
    expect(await inbox.unanswered()).toEqual([]);
  });

  it.each([
    ['in one append', true],
    ['in two', false],
  ])('stops when a mark names a row that withdraws another, %s', async (_how, together) => {
    const [marked, other] = [
      feed.tell('session.attended', {
        line: 'family/f1',
        subject: 'registration/r1',
        redacted: true,
      }),
      visit(),
    ];
    const withdrawal = feed.withdraw(other);
    const envelope = { ...withdrawal.envelope, id: marked.withdrawnBy! };
    const wrong: FeedRow = { ...withdrawal, envelope, hash: hashOf(envelope) };
    if (!together) await inbox.append([marked, other]);
    expect(await faultOf(inbox.append(together ? [marked, other, wrong] : [wrong]))).toEqual([
      'mark-unanswered',
      3,
    ]);
  });

  it('keeps one order whoever appends at once', async () => {
    const rows = Array.from({ length: 60 }, () => visit());
    const appendings = Array.from({ length: 12 }, (_none, index) =>
      (index % 2 ? inbox : opened.second).append(rows.slice(0, 5 * (index + 1))),
    );
    expect(Math.max(...(await Promise.all(appendings)))).toBe(60);
    expect(await inbox.rows(0, 100)).toEqual(rows);
  });
});
