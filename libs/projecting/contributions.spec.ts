import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { ToldFeed } from '../../test/feeds/told-feed.js';
import type { Contribution } from './contributions.js';
import {
  fieldsOf,
  foldContributions,
  instant,
  isCorrected,
  lastNamed,
  tagOf,
} from './contributions.js';
import type { FeedRow } from './feed-row.js';

const about = { line: 'contact/k1', subject: 'contact/k1' };

describe('contributions', () => {
  let feed: ToldFeed;
  beforeEach(() => (feed = new ToldFeed('fairholme-hub.safeguarding-hub')));

  async function fold(rows: readonly FeedRow[] = feed.told): Promise<readonly Contribution[]> {
    const inbox = new MemoryInbox();
    await inbox.append(rows);
    const told = await inbox.read(0, 100);
    return told.reduce<readonly Contribution[]>(foldContributions, []);
  }

  it('tell what was told last, corrections included, in order', async () => {
    const row = feed.tell('contact.received', { ...about, fields: { source: '6', need: 'N1' } });
    feed.correct(row, { source: '2A' });
    feed.correct(row, { source: '3B' });
    const [received] = await fold();
    expect(fieldsOf(received)).toEqual({ source: '3B', need: 'N1' });
    expect(isCorrected(received!)).toBe(true);
  });

  it('lose a withdrawn correction and keep the others', async () => {
    const row = feed.tell('contact.received', { ...about, fields: { source: '6' } });
    feed.correct(row, { source: '2A' });
    feed.withdraw(feed.correct(row, { source: '3B' }));
    expect(fieldsOf((await fold())[0])).toEqual({ source: '2A' });
  });

  it('keep a withdrawn row’s place and nothing it told, by the first withdrawal', async () => {
    const row = feed.tell('contact.rated', { ...about, fields: { rating: 'red' } });
    const first = feed.withdraw(row);
    feed.withdraw(row);
    const [rated] = await fold();
    expect(rated).toMatchObject({ fields: null, withdrawn: { id: first.envelope.id } });
    expect(lastNamed([rated!], 'contact.rated')).toBeUndefined();
  });

  it('are the same whether the rows came whole or redacted', async () => {
    const row = feed.tell('contact.received', { ...about, fields: { source: '6' } });
    feed.withdraw(feed.correct(row, { source: '2A' }));
    feed.withdraw(row);
    expect(await fold(feed.served)).toEqual(await fold(feed.told));
  });

  it('tag a thing by its own last event, whatever follows it from elsewhere', async () => {
    feed.tell('contact.received', about);
    const rated = feed.tell('contact.rated', about);
    const withMembership = feed.withdraw(rated, { subject: 'membership/m1' });
    expect(tagOf('contact/k1', await fold())).toBe(rated.envelope.occurrenceid);
    expect(tagOf('membership/m1', await fold())).toBe(withMembership.envelope.occurrenceid);
    expect(tagOf('contact/other', await fold())).toBeNull();
    const decided = feed.tell('contact.decided', about);
    const withdrawn = feed.withdraw(decided);
    expect(tagOf('contact/k1', await fold())).toBe(withdrawn.envelope.occurrenceid);
  });

  it('stay in order when a row comes late, as from a line that was parked', async () => {
    feed.tell('contact.received', about);
    feed.tell('contact.rated', about);
    const inbox = new MemoryInbox();
    await inbox.append(feed.told);
    const [first, second] = await inbox.read(0, 2);
    const late = foldContributions(foldContributions([], second!), first!);
    expect(late).toEqual(foldContributions(foldContributions([], first!), second!));
  });

  it('refuse to follow what is not there', async () => {
    const row = feed.tell('contact.received', about);
    feed.correct(row, { source: '6' });
    const inbox = new MemoryInbox();
    await inbox.append(feed.told);
    const [, correction] = await inbox.read(0, 2);
    expect(() => foldContributions([], correction!)).toThrow('follows a row that is not in this');
  });
});

describe('an instant', () => {
  it.each([
    ['2026-01-05T09:00:00.000Z', '2026-01-05T09:00:00.000Z'],
    ['2026-01-05T09:00:00Z', '2026-01-05T09:00:00.000Z'],
    ['2026-01-05T10:00:00+01:00', '2026-01-05T09:00:00.000Z'],
  ])('%s', (text, expected) => expect(instant(text)).toBe(expected));

  it('is refused where there is none', () => expect(() => instant('soon')).toThrow(RangeError));
});
