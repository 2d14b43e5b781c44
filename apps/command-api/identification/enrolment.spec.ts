import { randomUUID } from 'node:crypto';
import { ExampleCounty, brook, larkfield, people } from '../examples/example-county.js';
import {
  exampleFamily,
  mustRecord,
  nthId,
  registered,
  robin,
} from '../examples/example-family.js';

const { larkfieldWorker, brookWorker, visitor, triage } = people;
const atBrook = { placeId: 'brook-street' };

describe('a family is opened by identifying details', () => {
  let county: ExampleCounty;
  beforeEach(async () => (county = await ExampleCounty.open()));
  afterEach(() => county.close());

  it('is a new one where nobody matches', async () => {
    const before = (await county.events()).length;
    const { familyId } = await registered(county);
    expect(await county.typesAfter(before)).toEqual([
      'PersonRegistered',
      'MembershipBegan',
      'CentreRegistrationBegan',
    ]);
    const joined = (await county.events()).find(({ type }) => type === 'MembershipBegan');
    expect(joined?.data).toMatchObject({ familyId, position: 'child' });
  });

  it('is the household of the one who matches, told in the same words', async () => {
    const { familyId } = await registered(county);
    const before = (await county.events()).length;
    const known = await county.post(brookWorker, '/v1/registrations', {
      person: robin,
      ...atBrook,
    });
    expect(known).toMatchObject({ status: 201, body: { familyId } });
    expect(await county.typesAfter(before)).toEqual(['CentreRegistrationBegan']);
    const stranger = { ...robin, givenName: 'Ash' };
    const unknown = await county.post(brookWorker, '/v1/registrations', {
      person: stranger,
      ...atBrook,
    });
    expect(Object.keys(unknown.body)).toEqual(Object.keys(known.body));
    expect(unknown.body.familyId).not.toBe(familyId);
  });

  it('is a new one for somebody known who belongs to no household now', async () => {
    await registered(county);
    const childId = await nthId(county, 'PersonRegistered', 'person');
    const membershipId = await nthId(county, 'MembershipBegan', 'membership');
    await mustRecord(county.post(larkfieldWorker, `/v1/memberships/${membershipId}/end`, {}));
    const before = (await county.events()).length;
    await mustRecord(county.post(visitor, '/v1/caseloads', { person: robin }));
    expect(await county.typesAfter(before)).toEqual(['MembershipBegan', 'CaseloadBegan']);
    const joined = (await county.events()).findLast(({ type }) => type === 'MembershipBegan');
    expect(joined?.data.personId).toBe(childId);
  });

  it('asks for the NHS number where several match, and says nothing of them', async () => {
    await registered(county, { ...robin, nhsNumber: '999 000 0018' });
    await registered(county, { ...robin, nhsNumber: '999 000 0026' });
    const before = (await county.events()).length;
    const unclear = await county.post(brookWorker, '/v1/registrations', {
      person: robin,
      ...atBrook,
    });
    expect(unclear.status).toBe(409);
    expect(unclear.body.type).toMatch(/identity\/several-people$/);
    expect(JSON.stringify(unclear.body)).not.toContain('Quillfeather');
    expect(await county.typesAfter(before)).toEqual([]);
    const clear = await county.post(brookWorker, '/v1/registrations', {
      person: { ...robin, nhsNumber: '9990000026' },
      ...atBrook,
    });
    expect(clear.status).toBe(201);
  });

  it('is not that of somebody of one name and birthday who holds another number', async () => {
    const { familyId } = await registered(county, { ...robin, nhsNumber: '999 000 0018' });
    const other = await registered(county, { ...robin, nhsNumber: '999 000 0026' });
    expect(other.familyId).not.toBe(familyId);
  });

  it('is not found by an NHS number alone', async () => {
    const { familyId } = await registered(county, { ...robin, nhsNumber: '999 000 0018' });
    const { body } = await mustRecord(
      county.post(brookWorker, '/v1/registrations', {
        person: { ...robin, familyName: 'Fenwick', nhsNumber: '999 000 0018' },
        ...atBrook,
      }),
    );
    expect(body.familyId).not.toBe(familyId);
  });

  it('tells two homes of one child apart by an adult of one of them', async () => {
    const family = await exampleFamily(county);
    const grandparent = { kind: 'adult', givenName: 'Lee', familyName: 'Ashdown' } as const;
    const lee = { ...grandparent, dateOfBirth: '1961-05-02' };
    const second = await registered(county, lee, brookWorker, 'brook-street');
    await mustRecord(
      county.post(brookWorker, `/v1/families/${second.familyId}/members`, {
        person: robin,
        position: 'child',
      }),
    );
    const person = robin;
    const unclear = await county.post(people.otherVisitor, '/v1/caseloads', { person });
    expect(unclear.body.type).toMatch(/identity\/several-households$/);
    const wrongAdult = { familyName: 'Nobody', dateOfBirth: '1961-05-02' };
    const still = await county.post(people.otherVisitor, '/v1/caseloads', {
      person,
      adult: wrongAdult,
    });
    expect(still.status).toBe(409);
    const { givenName: _, kind: __, ...adult } = lee;
    const clear = await county.post(people.otherVisitor, '/v1/caseloads', { person, adult });
    expect(clear).toMatchObject({ status: 201, body: { familyId: second.familyId } });
    expect(clear.body.familyId).not.toBe(family.familyId);
  });

  it('refuses to take on twice, looking at the caller’s own record alone', async () => {
    await registered(county);
    const again = await county.post(larkfieldWorker, '/v1/registrations', {
      person: robin,
      placeId: 'oak-lane',
    });
    expect(again).toMatchObject({ status: 409 });
    expect(again.body.type).toMatch(/registration\/already-registered$/);
    const elsewhere = await county.post(brookWorker, '/v1/registrations', {
      person: robin,
      ...atBrook,
    });
    expect(elsewhere.status).toBe(201);
    const authors = (await county.events()).filter((e) => e.type === 'CentreRegistrationBegan');
    expect(authors.map(({ data }) => data.provider)).toEqual([larkfield, brook]);
  });

  it.each([
    ['another organisation’s centre', { placeId: 'brook-street' }, '/placeId'],
    ['a centre that is none', { placeId: 'nowhere' }, '/placeId'],
    ['a day to come', { occurredAt: '2026-11-26' }, '/occurredAt'],
    [
      'a birthday to come',
      { person: { ...robin, dateOfBirth: '2026-12-24' } },
      '/person/dateOfBirth',
    ],
    ['a postcode that is none', { postcode: 'NOWHERE' }, '/postcode'],
    ['no given name', { person: { ...robin, givenName: undefined } }, '/person/givenName'],
    ['a bad NHS number', { person: { ...robin, nhsNumber: '9990000019' } }, '/person/nhsNumber'],
    ['an unknown field inside', { person: { ...robin, shoeSize: 4 } }, '/person'],
  ])('refuses %s before anything is recorded', async (_, change, pointer) => {
    const before = (await county.events()).length;
    const body = { person: robin, placeId: 'oak-lane', ...change };
    const answer = await county.post(larkfieldWorker, '/v1/registrations', body);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    expect(await county.typesAfter(before)).toEqual([]);
  });

  it('links a contact by details, and once', async () => {
    const { unlinkedContactId } = await exampleFamily(county);
    const path = `/v1/contacts/${unlinkedContactId}/links`;
    const kit = { ...robin, givenName: 'Kit', familyName: 'Fenwick' };
    const key = { 'idempotency-key': randomUUID() };
    const before = (await county.events()).length;
    const linked = await county.post(triage, path, { person: kit }, key);
    expect(linked.status).toBe(201);
    expect(await county.typesAfter(before)).toEqual([
      'PersonRegistered',
      'MembershipBegan',
      'ContactLinked',
    ]);
    expect((await county.post(triage, path, { person: kit }, key)).body).toEqual(linked.body);
    const elsewhere = await county.post(triage, path, { person: { ...kit, givenName: 'Ash' } });
    expect(elsewhere.body.type).toMatch(/contact\/already-linked$/);
    const unclear = await county.post(triage, path, { familyId: linked.body.familyId });
    expect(unclear.body.type).toMatch(/contact\/link-unclear$/);
    expect(await county.typesAfter(before)).toHaveLength(3);
  });
});

describe('somebody joins a family', () => {
  let county: ExampleCounty;
  beforeEach(async () => (county = await ExampleCounty.open()));
  afterEach(() => county.close());

  it('as a twin of a member, whose details are the same but for the name', async () => {
    const { familyId } = await registered(county);
    const path = `/v1/families/${familyId}/members`;
    const twin = { person: { ...robin, givenName: 'Wren' }, position: 'child' };
    const { body } = await mustRecord(county.post(larkfieldWorker, path, twin));
    expect(body.personId).not.toBe(undefined);
    const names = (await county.events()).filter(({ type }) => type === 'PersonRegistered');
    expect(names).toHaveLength(2);
  });

  it('by an id only where it is in reach, or their own organisation has just registered it', async () => {
    const { familyId } = await registered(county);
    const elsewhere = { ...robin, givenName: 'Ash' };
    await registered(county, elsewhere, brookWorker, 'brook-street');
    const ash = await nthId(county, 'PersonRegistered', 'person');
    const path = `/v1/families/${familyId}/members`;
    const before = (await county.events()).length;
    const taken = await county.post(larkfieldWorker, path, { personId: ash, position: 'child' });
    expect(taken.status).toBe(404);
    const theirs = await mustRecord(
      county.post(brookWorker, '/v1/people', { kind: 'adult', givenName: 'Kim' }),
    );
    const notOurs = { personId: theirs.body.id, position: 'parent' };
    expect((await county.post(larkfieldWorker, path, notOurs)).status).toBe(404);
    const nobody = { personId: randomUUID(), position: 'parent' };
    expect((await county.post(larkfieldWorker, path, nobody)).status).toBe(404);
    expect(await county.typesAfter(before)).toEqual(['PersonRegistered']);
    const ours = await mustRecord(
      county.post(larkfieldWorker, '/v1/people', { kind: 'adult', givenName: 'Kim' }),
    );
    const joined = { personId: ours.body.id, position: 'parent' };
    expect((await county.post(larkfieldWorker, path, joined)).status).toBe(201);
  });

  it('once, at whatever instant it is asked under two keys', async () => {
    const { familyId } = await registered(county);
    const kim = { kind: 'adult', givenName: 'Kim' };
    const { body } = await mustRecord(county.post(larkfieldWorker, '/v1/people', kim));
    const path = `/v1/families/${familyId}/members`;
    const joins = { personId: body.id, position: 'parent' };
    const before = (await county.events()).length;
    const answers = await Promise.all([
      county.post(larkfieldWorker, path, joins),
      county.post(larkfieldWorker, path, joins),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(await county.typesAfter(before)).toEqual(['MembershipBegan']);
  });

  it('again after leaving, in a record of its own', async () => {
    const { familyId } = await registered(county);
    const first = await nthId(county, 'MembershipBegan', 'membership');
    await mustRecord(county.post(larkfieldWorker, `/v1/memberships/${first}/end`, {}));
    const path = `/v1/families/${familyId}/members`;
    const joins = { person: robin, position: 'child' };
    const key = { 'idempotency-key': randomUUID() };
    const again = await mustRecord(county.post(larkfieldWorker, path, joins, key));
    expect(again.body.id).not.toBe(first);
    const repeated = await county.post(larkfieldWorker, path, joins, key);
    expect([repeated.status, repeated.body]).toEqual([201, again.body]);
  });

  it('needs either an id or details', async () => {
    const { familyId } = await registered(county);
    const path = `/v1/families/${familyId}/members`;
    const neither = await county.post(larkfieldWorker, path, { position: 'child' });
    expect(neither).toMatchObject({ status: 422, body: { errors: [{ pointer: '/person' }] } });
  });
});
