import type { TestAgency } from '../../../test/feeds/agency-in-postgres.js';
import { openAgency } from '../../../test/feeds/agency-in-postgres.js';
import type { Telling } from '../../../test/feeds/told-feed.js';
import { readModels } from '../projections.js';
import { LastLooked } from './last-looked.js';
import type { CaseloadTables } from './queries.js';
import { CaseloadQueries } from './queries.js';

describe('the caseload', () => {
  let agency: TestAgency<CaseloadTables>;
  let queries: CaseloadQueries;
  let lastLooked: LastLooked;
  beforeEach(async () => {
    agency = await openAgency('fairholme-health.health-visiting', readModels);
    queries = new CaseloadQueries(agency.database);
    lastLooked = new LastLooked(agency.database);
    await lastLooked.prepare();
    await lastLooked.prepare();
  });
  afterEach(() => agency.close());

  const who = { person: 'visitor-1', week: '2026-W10' };
  const tell = (name: string, family: string, about: Partial<Telling> = {}) =>
    agency.feed.tell(name, {
      line: `family/${family}`,
      subject: `caseload/of-${family}`,
      ground: 'author+relation',
      ...about,
    });
  const onCaseload = (family: string) =>
    tell('caseload.began', family, { entitlement: 'begins', fields: { trust: 't' } });
  const review = (kind: string, family: string, childId: string, fields: Telling['fields'] = {}) =>
    tell(`review.${kind}`, family, { fields: { childId, review: 'one-year', ...fields } });
  const list = async (request = {}) => {
    await agency.fold();
    return queries.list({ ...who, ...request });
  };
  const reviewsOf = async (family: string) => {
    await agency.fold();
    return (await queries.findFamily(family, who))!.reviews;
  };

  it('lists families by their earliest outstanding review, and counts those overdue', async () => {
    for (const family of ['held', 'later', 'overdue', 'none']) onCaseload(family);
    review('due', 'held', 'p1', { dueWeek: '2026-W01' });
    review('held', 'held', 'p1', { place: 'home' });
    review('due', 'later', 'p2', { dueWeek: '2026-W20' });
    review('due', 'overdue', 'p3', { dueWeek: '2026-W09', dueOn: 'box.v1.day' });
    const page = await list();
    expect(page.families.map((family) => family.familyId)).toEqual([
      'overdue',
      'later',
      'held',
      'none',
    ]);
    expect([page.total, page.overdue]).toEqual([4, 1]);
    const second = await list({ limit: 1, offset: 1 });
    expect(second.families.map((family) => family.familyId)).toEqual(['later']);
    expect([second.total, second.overdue]).toEqual([4, 1]);
  });

  it('neither counts nor puts first a family whose reviews can no longer be held in time', async () => {
    for (const family of ['long-past', 'overdue', 'later']) onCaseload(family);
    review('due', 'long-past', 'p1', { dueWeek: '2021-W09' });
    review('due', 'long-past', 'p1', { review: 'six-to-eight-weeks', dueWeek: '2026-W05' });
    review('due', 'overdue', 'p2', { dueWeek: '2025-W49' });
    review('due', 'overdue', 'p2', { review: 'new-birth', dueWeek: '2025-W01' });
    review('due', 'later', 'p3', { dueWeek: '2026-W20' });
    const page = await list();
    expect(page.families.map(({ familyId }) => familyId)).toEqual([
      'overdue',
      'later',
      'long-past',
    ]);
    expect(page.overdue).toBe(1);
    expect(page.families.map(({ reviews }) => reviews.map(({ state }) => state))).toEqual([
      ['overdue', 'not-held-in-time'],
      ['due'],
      ['not-held-in-time', 'not-held-in-time'],
    ]);
    const weekLater = await list({ week: '2026-W11' });
    expect(weekLater.overdue).toBe(0);
  });

  it('says of each review whether it is due, overdue, missed or held', async () => {
    onCaseload('f1');
    review('due', 'f1', 'p1', { dueWeek: '2026-W10', dueOn: 'box.v1.day' });
    expect(await reviewsOf('f1')).toMatchObject([
      { childId: 'p1', review: 'one-year', state: 'due', dueOn: 'box.v1.day', missed: [] },
    ]);
    review('due', 'f1', 'p1', { dueWeek: '2026-W09' });
    review('missed', 'f1', 'p1', { reason: 'no-access' });
    expect(await reviewsOf('f1')).toMatchObject([
      { state: 'overdue', dueWeek: '2026-W09', missed: [{ reason: 'no-access' }] },
    ]);
    const held = review('held', 'f1', 'p1', { place: 'clinic' });
    expect(await reviewsOf('f1')).toMatchObject([{ state: 'held' }]);
    agency.feed.withdraw(held);
    expect(await reviewsOf('f1')).toMatchObject([{ state: 'overdue', heldAt: null }]);
  });

  it('asks for no review before birth once the child is born, unless the birth is withdrawn', async () => {
    for (const family of ['f1', 'f2']) onCaseload(family);
    review('due', 'f1', 'p1', { review: 'antenatal', dueWeek: '2026-W09' });
    review('due', 'f2', 'p2', { review: 'antenatal', dueWeek: '2026-W09' });
    const born = tell('child.born', 'f1', {
      subject: 'person/p1',
      fields: { personId: 'p1', dateOfBirth: 'box.v1.day' },
    });
    const page = await list();
    expect(page.families.map(({ familyId }) => familyId)).toEqual(['f2', 'f1']);
    expect(page.overdue).toBe(1);
    expect(await reviewsOf('f1')).toMatchObject([{ state: 'not-held-in-time' }]);
    agency.feed.withdraw(born);
    expect(await reviewsOf('f1')).toMatchObject([{ state: 'overdue' }]);
    expect((await list()).overdue).toBe(2);
  });

  it('makes nothing of a review that does not say which child', async () => {
    onCaseload('f1');
    tell('review.due', 'f1', { ground: 'relation', fields: {} });
    expect(await reviewsOf('f1')).toEqual([]);
    expect((await list()).families).toHaveLength(1);
  });

  it('loses a family that goes off the caseload', async () => {
    onCaseload('f1');
    tell('caseload.ended', 'f1', { entitlement: 'ends', fields: { reason: 'moved-out' } });
    expect(await list()).toEqual({ families: [], total: 0, overdue: 0 });
    expect(await queries.findFamily('f1', who)).toBeUndefined();
  });

  it('counts what others told since this person last looked, an event once', async () => {
    const newsOf = async (person: string) =>
      (await list({ person })).families.map((family) => family.news);
    onCaseload('f1');
    const other = { ground: 'relation', subject: 'registration/r1' };
    tell('session.attended', 'f1', { ...other, joined: true });
    tell('session.attended', 'f1', { ...other, imported: true });
    tell('review.held', 'f1', { fields: { childId: 'p1', review: 'one-year' } });
    expect(await newsOf('visitor-1')).toEqual([0]);
    const visit = tell('session.attended', 'f1', { ...other, occurrence: 'twice' });
    tell('session.attended', 'f1', { ...other, occurrence: 'twice' });
    tell('contact.received', 'f1', { ground: 'relation', subject: 'contact/k1' });
    expect(await newsOf('visitor-1')).toEqual([2]);

    const seen = (await queries.findFamily('f1', who))!;
    agency.feed.withdraw(visit);
    await agency.fold();
    await lastLooked.mark('visitor-1', seen.line, seen.newsUpTo);
    expect(await newsOf('visitor-1')).toEqual([1]);
    await lastLooked.mark('visitor-1', seen.line, 1);
    expect(await newsOf('visitor-1')).toEqual([1]);
    expect(await newsOf('visitor-2')).toEqual([3]);
  });
});
