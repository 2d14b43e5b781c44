import type { FamilyHistoryTables } from '@common-thread/adapters/postgres/family-history-reader';
import { HistoryCursorRefused } from '@common-thread/adapters/postgres/history-reader';
import type { TestAgency } from '../../../test/feeds/agency-in-postgres.js';
import { openAgency } from '../../../test/feeds/agency-in-postgres.js';
import type { Telling } from '../../../test/feeds/told-feed.js';
import { readModels } from '../projections.js';
import { HouseholdHistoryQueries } from './queries.js';

describe('the household history', () => {
  let agency: TestAgency<FamilyHistoryTables>;
  let queries: HouseholdHistoryQueries;
  beforeAll(async () => {
    agency = await openAgency('fairholme-hub.safeguarding-hub', readModels);
    queries = new HouseholdHistoryQueries(agency.database);
  });
  afterAll(() => agency.close());

  const tell = (name: string, line: string, subject: string, about: Partial<Telling> = {}) =>
    agency.feed.tell(name, { line, subject, ...about });
  /** A family of its own for each test, that the hub is entitled to. */
  function family(name: string) {
    const line = `family/${name}`;
    tell('contact.received', line, `contact/of-${name}`, {
      ground: 'author+relation',
      entitlement: 'begins',
      time: '2026-01-01T09:00:00.000Z',
    });
    return line;
  }
  const visit = (line: string, about: Partial<Telling> = {}) =>
    tell('session.attended', line, 'registration/r1', {
      fields: { activity: 'stay-and-play', organisation: 'larkfield-centres' },
      ...about,
    });
  const history = async (line: string, request = {}) => {
    await agency.fold();
    return queries.findHistory(line, request);
  };
  const lines = async (line: string) => (await history(line))!.lines;

  it('tells every agency’s lines, newest first, each with its source and both its times', async () => {
    const line = family('f1');
    visit(line, { time: '2026-02-01T10:00:00.000Z', recorded: '2026-02-01T11:00:00.000Z' });
    tell('review.held', line, 'caseload/c1', {
      time: '2026-01-20T12:00:00.000Z',
      precision: 'day',
      learned: '2026-01-21T08:00:00.000Z',
      recorded: '2026-01-22T08:00:00.000Z',
      joined: true,
      fields: { childId: 'p1', organisation: 'fairholme-health' },
    });
    const told = await lines(line);
    expect(told.map((l) => l.name)).toEqual([
      'session.attended',
      'review.held',
      'contact.received',
    ]);
    expect(told[1]).toMatchObject({
      subject: 'caseload/c1',
      occurredAt: new Date('2026-01-20T12:00:00Z'),
      occurredPrecision: 'day',
      learnedAt: new Date('2026-01-21T08:00:00Z'),
      recordedAt: new Date('2026-01-22T08:00:00Z'),
      organisation: 'fairholme-health',
      joined: true,
      imported: false,
      author: false,
      fields: { childId: 'p1', organisation: 'fairholme-health' },
      corrections: [],
      withdrawnAt: null,
    });
    expect(told[2]).toMatchObject({ author: true, organisation: null });
  });

  it('marks as late what was learned long after it happened, by when its source learned of it', async () => {
    const line = family('f-late');
    const at = { time: '2026-02-01T10:00:00.000Z' };
    visit(line, { ...at, occurrence: '1', recorded: '2026-02-04T09:00:00.000Z' });
    visit(line, { ...at, occurrence: '2', recorded: '2026-02-05T10:00:00.000Z' });
    visit(line, { ...at, occurrence: '3', recorded: '2026-11-01T10:00:00.000Z', imported: true });
    visit(line, {
      ...at,
      occurrence: '4',
      recorded: '2026-11-01T10:00:00.000Z',
      learned: '2026-02-20T10:00:00.000Z',
      imported: true,
    });
    const told = (await lines(line)).slice(0, 4);
    expect(told.map((l) => l.late)).toEqual([false, true, false, true]);
  });

  it('shows a correction as such, with what was told first', async () => {
    const line = family('f-corrected');
    const row = visit(line);
    const wrong = agency.feed.correct(row, { activity: 'weaning' });
    agency.feed.correct(row, { activity: 'baby-massage' });
    agency.feed.withdraw(wrong);
    const told = (await lines(line))[0]!;
    expect(told.fields).toEqual({ activity: 'baby-massage', organisation: 'larkfield-centres' });
    expect(told.firstTold).toMatchObject({ activity: 'stay-and-play' });
    expect(told.corrections.map((c) => c.fields)).toEqual([null, { activity: 'baby-massage' }]);
  });

  it('shows what was withdrawn as withdrawn, without what it told', async () => {
    const line = family('f-withdrawn');
    const withdrawal = agency.feed.withdraw(visit(line), { time: '2026-03-01T00:00:00.000Z' });
    expect((await lines(line))[0]).toMatchObject({
      name: 'session.attended',
      fields: null,
      firstTold: null,
      withdrawnAt: new Date(withdrawal.envelope.recordedtime),
    });
  });

  it('tells one event once, however many rows told of it, with everybody they name', async () => {
    const line = family('f-once');
    const occurrence = '6f2c1a52-0000-5000-8000-000000000001';
    const forPerson = (personId: string) =>
      visit(line, {
        occurrence,
        time: '2026-02-01T10:00:00.000Z',
        fields: { personIds: [personId], activity: 'weaning' },
      });
    const [first] = [forPerson('p1'), forPerson('p2')];
    const both = await lines(line);
    expect(both).toHaveLength(2);
    expect(both[0]!.fields).toEqual({ personIds: ['p1', 'p2'], activity: 'weaning' });
    agency.feed.withdraw(first);
    const one = await lines(line);
    expect(one).toHaveLength(2);
    expect(one[0]).toMatchObject({ fields: { personIds: ['p2'] }, withdrawnAt: null });
  });

  it('comes by pages that neither miss nor repeat a line', async () => {
    const line = family('f-pages');
    for (let i = 0; i < 11; i += 1) visit(line, { time: '2026-02-01T10:00:00.000Z' });
    const seen: string[] = [];
    let before: string | null | undefined;
    do {
      const page = (await history(line, { limit: 5, ...(before ? { before } : {}) }))!;
      expect(page.lines.length).toBeLessThanOrEqual(5);
      seen.push(...page.lines.map((l) => l.id));
      before = page.next;
    } while (before);
    expect(new Set(seen).size).toBe(12);
    expect(seen).toHaveLength(12);
    await expect(history(line, { before: "2026' or true --" })).rejects.toThrow(
      HistoryCursorRefused,
    );
  });

  it('is not found by who is not entitled, and afterwards leaves what is our own', async () => {
    expect(await history('family/unheard-of')).toBeUndefined();
    const line = family('f-ended');
    visit(line);
    expect(await history(line)).toMatchObject({ entitled: true });
    tell('contact.feedback-given', line, 'contact/of-f-ended', {
      ground: 'author+relation',
      entitlement: 'ends',
    });
    const left = (await history(line))!;
    expect(left).toMatchObject({ entitled: false, household: null });
    expect(left.lines.map((l) => l.name)).toEqual(['contact.feedback-given', 'contact.received']);
    const other = 'family/f-told-only';
    visit(other, { entitlement: 'begins' });
    visit(other, { entitlement: 'ends' });
    expect(await history(other)).toBeUndefined();
  });

  it('puts a contact’s earlier rows beside the family it is linked to, until that is withdrawn', async () => {
    const line = family('f-linked');
    const own = 'contact/linked-later';
    const author = { ground: 'author+relation', fields: { rating: 'amber' } };
    tell('contact.received', own, own, author);
    tell('contact.rated', own, own, author);
    expect((await history(own))!.lines).toHaveLength(2);
    const link = tell('contact.linked', line, own, author);
    tell('contact.decided', line, own, author);
    const together = (await lines(line)).filter((l) => l.subject === own).map((l) => l.name);
    expect(together.sort()).toEqual([
      'contact.decided',
      'contact.linked',
      'contact.rated',
      'contact.received',
    ]);
    expect(await history(own)).toBeUndefined();
    agency.feed.withdraw(link);
    expect((await lines(line)).some((l) => l.subject === own)).toBe(false);
    expect((await history(own))!.lines).toHaveLength(4);
  });

  it('says that a history is incomplete when some of it could not be folded', async () => {
    const line = family('f-parked');
    expect(await history(line)).toMatchObject({ incomplete: false });
    visit(line, { time: 'not a time' });
    visit(line, { time: '2026-04-01T00:00:00.000Z' });
    const told = (await history(line))!;
    expect(told.incomplete).toBe(true);
    expect(told.lines).toHaveLength(1);
    expect(await history(family('f-beside'))).toMatchObject({ incomplete: false });
  });
});
