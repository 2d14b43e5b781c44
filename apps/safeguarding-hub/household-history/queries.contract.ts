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

  it('says who is in the household, where they live, and what they are to one another', async () => {
    const line = family('f-household');
    const person = (id: string, about: Partial<Telling>) =>
      tell('person.registered', line, `person/${id}`, about);
    person('child', { fields: { kind: 'child', givenName: 'box.v1.child', sex: 'F' } });
    const mother = person('mother', { fields: { kind: 'adult', givenName: 'box.v1.wrong' } });
    agency.feed.correct(mother, { givenName: 'box.v1.right' });
    const joins = (id: string, personId: string, position: string, time: string) =>
      tell('membership.began', line, `membership/${id}`, {
        time,
        fields: { personId, position, address: 'box.v1.old', postcode: 'box.v1.code' },
      });
    joins('m1', 'child', 'child', '2024-01-01T12:00:00.000Z');
    joins('m2', 'mother', 'parent', '2024-01-01T12:00:00.000Z');
    joins('m3', 'uncle', 'other-adult', '2025-01-01T12:00:00.000Z');
    const mistaken = joins('m4', 'stranger', 'other-adult', '2025-02-01T12:00:00.000Z');
    tell('address.changed', line, 'membership/m1', {
      time: '2025-06-01T12:00:00.000Z',
      fields: { personId: 'child', address: 'box.v1.new' },
    });
    tell('membership.ended', line, 'membership/m3', { time: '2025-12-01T12:00:00.000Z' });
    agency.feed.withdraw(mistaken);
    const related = (relationship: string, parentalResponsibility: boolean) =>
      tell('relationship.recorded', line, 'family/f-household', {
        fields: {
          personId: 'mother',
          relatedPersonId: 'child',
          relationship,
          parentalResponsibility,
        },
      });
    related('guardian', false);
    related('parent', true);

    const { household } = (await history(line))!;
    const members = household!.members;
    expect(members.map((m) => [m.personId, m.current])).toEqual([
      ['child', true],
      ['mother', true],
      ['uncle', false],
    ]);
    expect(members[0]).toMatchObject({ kind: 'child', givenName: 'box.v1.child' });
    expect(members[0]!.memberships[0]).toMatchObject({
      position: 'child',
      since: new Date('2024-01-01T12:00:00Z'),
      until: null,
      address: 'box.v1.new',
      postcode: null,
      addresses: [
        { address: 'box.v1.old', since: '2024-01-01T12:00:00.000Z' },
        { address: 'box.v1.new', since: '2025-06-01T12:00:00.000Z' },
      ],
    });
    expect(members[1]).toMatchObject({ givenName: 'box.v1.right', corrected: true });
    expect(members[2]!.memberships[0]!.until).toEqual(new Date('2025-12-01T12:00:00Z'));
    expect(household!.relationships).toEqual([
      {
        personId: 'mother',
        relatedPersonId: 'child',
        relationship: 'parent',
        parentalResponsibility: true,
      },
    ]);
  });

  it('says which services are or were involved', async () => {
    const line = family('f-services');
    const at = (time: string, fields: Telling['fields'] = {}) => ({ time, fields });
    tell(
      'registration.began',
      line,
      'registration/r-a',
      at('2024-01-01T12:00:00.000Z', {
        provider: 'larkfield-centres.childrens-centre',
        placeId: 'elm-road',
      }),
    );
    tell('registration.ended', line, 'registration/r-a', at('2025-01-01T12:00:00.000Z'));
    const mistaken = tell('caseload.began', line, 'caseload/c-a', at('2024-02-01T12:00:00.000Z'));
    agency.feed.withdraw(mistaken);
    tell(
      'caseload.began',
      line,
      'caseload/c-b',
      at('2024-03-01T12:00:00.000Z', { trust: 'fairholme-health.health-visiting' }),
    );
    const service = 'brook-and-vale.childrens-centre';
    tell('involvement.began', line, 'family/x', at('2024-04-01T12:00:00.000Z', { service }));
    tell('involvement.ended', line, 'family/x', at('2024-05-01T12:00:00.000Z', { service }));
    tell('involvement.began', line, 'family/x', at('2024-06-01T12:00:00.000Z', { service }));
    const { involvements } = (await history(line))!.household!;
    expect(involvements.map(({ kind, service: who, until }) => [kind, who, until])).toEqual([
      ['caseload', 'fairholme-health.health-visiting', null],
      ['other', service, null],
      ['other', service, '2024-05-01T12:00:00.000Z'],
      ['registration', 'larkfield-centres.childrens-centre', '2025-01-01T12:00:00.000Z'],
    ]);
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
