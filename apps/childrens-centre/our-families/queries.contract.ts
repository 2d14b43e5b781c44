import type { TestAgency } from '../../../test/feeds/agency-in-postgres.js';
import { openAgency } from '../../../test/feeds/agency-in-postgres.js';
import type { Telling } from '../../../test/feeds/told-feed.js';
import { readModels } from '../projections.js';
import type { OurFamiliesTables } from './queries.js';
import { OurFamiliesQueries } from './queries.js';

describe('our families', () => {
  let agency: TestAgency<OurFamiliesTables>;
  let queries: OurFamiliesQueries;
  beforeEach(async () => {
    agency = await openAgency('larkfield-centres.childrens-centre', readModels);
    queries = new OurFamiliesQueries(agency.database);
  });
  afterEach(() => agency.close());

  const provider = 'larkfield-centres.childrens-centre';
  function registered(family: string, about: Partial<Telling> & { placeId?: string } = {}) {
    const { placeId = 'elm-road', ...rest } = about;
    const line = `family/${family}`;
    agency.feed.tell('person.registered', {
      line,
      subject: `person/child-of-${family}`,
      joined: true,
      fields: { kind: 'child', givenName: 'box.v1.name' },
    });
    agency.feed.tell('membership.began', {
      line,
      subject: `membership/of-${family}`,
      joined: true,
      fields: { personId: `child-of-${family}`, position: 'child' },
    });
    return agency.feed.tell('registration.began', {
      line,
      subject: `registration/${family}-${placeId}`,
      ground: 'author+relation',
      entitlement: 'begins',
      fields: { provider, placeId },
      ...rest,
    });
  }
  const list = async (request = {}) => {
    await agency.fold();
    const { families, total } = await queries.list(request);
    return { ids: families.map((family) => family.familyId), families, total };
  };

  it('lists families registered with us, the latest first, with their people', async () => {
    registered('f1', { time: '2026-01-01T09:00:00.000Z' });
    registered('f2', { time: '2026-02-01T09:00:00.000Z' });
    const { ids, families, total } = await list();
    expect([ids, total]).toEqual([['f2', 'f1'], 2]);
    expect(families[1]).toMatchObject({
      line: 'family/f1',
      registrations: [{ placeId: 'elm-road', since: new Date('2026-01-01T09:00:00Z') }],
      members: [{ personId: 'child-of-f1', givenName: 'box.v1.name', current: true }],
    });
  });

  it('lists a family once, with each of our centres it goes to', async () => {
    registered('f1', { time: '2026-01-01T09:00:00.000Z' });
    registered('f1', { time: '2026-03-01T09:00:00.000Z', placeId: 'mill-lane' });
    const { families, total } = await list();
    expect(total).toBe(1);
    expect(families[0]!.registrations.map((r) => r.placeId)).toEqual(['mill-lane', 'elm-road']);
    expect((await list({ places: ['elm-road'] })).ids).toEqual(['f1']);
    expect((await list({ places: ['oak-hill'] })).total).toBe(0);
  });

  it('finds a family where people work, and what it was to those of a centre it left', async () => {
    registered('f1');
    registered('f1', { placeId: 'mill-lane' });
    agency.feed.tell('registration.ended', {
      line: 'family/f1',
      subject: 'registration/f1-mill-lane',
      ground: 'author+relation',
      fields: { reason: 'moved-away' },
    });
    await agency.fold();
    expect(await queries.findFamily('f1', ['elm-road'])).toMatchObject({ familyId: 'f1' });
    expect(await queries.findFamily('f1', ['mill-lane'])).toBeUndefined();
    expect(await queries.hasBeenAt(['mill-lane'], 'f1')).toBe(true);
    expect(await queries.hasBeenAt(['oak-hill'], 'f1')).toBe(false);
  });

  it('comes in pages', async () => {
    for (let i = 1; i <= 5; i += 1) registered(`f${i}`, { time: `2026-01-0${i}T09:00:00.000Z` });
    const first = await list({ limit: 2 });
    expect([first.ids, first.total]).toEqual([['f5', 'f4'], 5]);
    expect((await list({ limit: 2, offset: 4 })).ids).toEqual(['f1']);
    expect(await list({ offset: 9 })).toMatchObject({ ids: [], total: 5 });
  });

  it('loses a family whose registration ends, or was recorded in error', async () => {
    registered('f1');
    const mistaken = registered('f2');
    agency.feed.tell('registration.ended', {
      line: 'family/f1',
      subject: 'registration/f1-elm-road',
      ground: 'author+relation',
      entitlement: 'ends',
      fields: { reason: 'moved-away' },
    });
    agency.feed.withdraw(mistaken, { entitlement: 'ends' });
    expect(await list()).toMatchObject({ ids: [], total: 0 });
    expect(await queries.findFamily('f1')).toBeUndefined();
    expect(await queries.findFamily('f2')).toBeUndefined();
  });

  it('never shows another provider’s registration', async () => {
    agency.feed.tell('registration.began', {
      line: 'family/f9',
      subject: 'registration/elsewhere',
      ground: 'relation',
    });
    expect((await list()).total).toBe(0);
  });

  it('finds one of ours', async () => {
    registered('f1');
    await agency.fold();
    expect(await queries.findFamily('f1')).toMatchObject({ familyId: 'f1', line: 'family/f1' });
    expect(await queries.findFamily('f2')).toBeUndefined();
  });
});
