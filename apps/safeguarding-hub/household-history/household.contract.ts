import type { FamilyHistoryTables } from '@common-thread/adapters/postgres/family-history-reader';
import type { TestAgency } from '../../../test/feeds/agency-in-postgres.js';
import { openAgency } from '../../../test/feeds/agency-in-postgres.js';
import type { Telling } from '../../../test/feeds/told-feed.js';
import { readModels } from '../projections.js';
import { HouseholdHistoryQueries } from './queries.js';

describe('the household beside its history', () => {
  let agency: TestAgency<FamilyHistoryTables>;
  beforeAll(async () => {
    agency = await openAgency('fairholme-hub.safeguarding-hub', readModels);
  });
  afterAll(() => agency.close());

  const tell = (name: string, line: string, subject: string, about: Partial<Telling> = {}) =>
    agency.feed.tell(name, { line, subject, ...about });
  const family = (name: string) => {
    const line = `family/${name}`;
    tell('contact.received', line, `contact/of-${name}`, {
      ground: 'author+relation',
      entitlement: 'begins',
    });
    return line;
  };
  const householdOf = async (line: string) => {
    await agency.fold();
    return (await new HouseholdHistoryQueries(agency.database).findHistory(line))!.household!;
  };

  it('takes an expected child as the birth tells it, and as before where that is withdrawn', async () => {
    const line = family('f-birth');
    const subject = 'person/sorrel';
    const told = { personId: 'sorrel', telephone: 'box.v1.number' };
    tell('person.registered', line, subject, {
      fields: { ...told, kind: 'unborn', sex: 'U', expectedDate: 'box.v1.expected' },
    });
    const born = tell('child.born', line, subject, {
      fields: { personId: 'sorrel', sex: 'F', dateOfBirth: 'box.v1.wrong' },
    });
    agency.feed.correct(born, { dateOfBirth: 'box.v1.born', givenName: 'box.v1.sorrel' });
    expect((await householdOf(line)).members).toMatchObject([
      {
        kind: 'child',
        sex: 'F',
        dateOfBirth: 'box.v1.born',
        givenName: 'box.v1.sorrel',
        telephone: 'box.v1.number',
        corrected: true,
      },
    ]);
    agency.feed.withdraw(born);
    expect((await householdOf(line)).members).toMatchObject([
      { kind: 'unborn', sex: 'U', dateOfBirth: null, expectedDate: 'box.v1.expected' },
    ]);
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

    const { members, relationships } = await householdOf(line);
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
    expect(relationships).toEqual([
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
    const { involvements } = await householdOf(line);
    expect(involvements.map(({ kind, service: who, until }) => [kind, who, until])).toEqual([
      ['caseload', 'fairholme-health.health-visiting', null],
      ['other', service, null],
      ['other', service, '2024-05-01T12:00:00.000Z'],
      ['registration', 'larkfield-centres.childrens-centre', '2025-01-01T12:00:00.000Z'],
    ]);
  });
});
