import { ExampleCounty, people } from '../examples/example-county.js';
import type { ExampleFamily } from '../examples/example-family.js';
import {
  exampleFamily,
  mustRecord,
  registered,
  restrictionTerms,
  robin,
} from '../examples/example-family.js';

const { larkfieldWorker, brookWorker, manager, triage } = people;
describe('while a family is restricted', () => {
  let county: ExampleCounty;
  let family: ExampleFamily;

  beforeEach(async () => {
    county = await ExampleCounty.open();
    family = await exampleFamily(county);
    await mustRecord(
      county.post(manager, `/v1/restrictions/${family.familyId}`, restrictionTerms),
    );
  });
  afterEach(() => county.close());

  it('answers those who had it as if there were no such family', async () => {
    const { familyId, registrationId, childId } = family;
    const nowhere = '00000000-0000-5000-8000-000000000000';
    const asks = [
      ['registrations', registrationId, 'attendances'],
      ['families', familyId, 'members'],
    ] as const;
    const session = { activity: 'stay-and-play', placeId: 'oak-lane', personIds: [childId] };
    for (const [kind, id, what] of asks) {
      const body = what === 'members' ? { personId: childId, position: 'child' } : session;
      const theirs = await county.post(larkfieldWorker, `/v1/${kind}/${id}/${what}`, body);
      const none = await county.post(larkfieldWorker, `/v1/${kind}/${nowhere}/${what}`, body);
      expect(theirs.status).toBe(404);
      expect({ ...theirs.body, requestId: null }).toEqual({ ...none.body, requestId: null });
    }
  });

  it('finds nobody of it by their details, as in a county without it', async () => {
    const answer = await registered(county, robin, brookWorker, 'brook-street');
    expect(answer.familyId).not.toBe(family.familyId);
    await county.close();
    county = await ExampleCounty.open();
    const elsewhere = await registered(county, robin, brookWorker, 'brook-street');
    expect(Object.keys(elsewhere)).toEqual(Object.keys(answer));
  });

  it('lets a hub open a matter about it all the same', async () => {
    const contact = await mustRecord(
      county.post(triage, '/v1/contacts', {
        channel: 'phone',
        source: '9',
        familyId: family.familyId,
        childIds: [family.childId],
        concern: 'Rang in the night',
      }),
    );
    expect(contact.status).toBe(201);
  });

  it('takes work again once it is lifted', async () => {
    const { familyId, registrationId, childId } = family;
    await mustRecord(
      county.post(manager, `/v1/restrictions/${familyId}/lift`, { reason: 'no-longer-needed' }),
    );
    const body = { activity: 'stay-and-play', placeId: 'oak-lane', personIds: [childId] };
    const path = `/v1/registrations/${registrationId}/attendances`;
    expect((await county.post(larkfieldWorker, path, body)).status).toBe(201);
  });
});

describe('while relay or vault have not heard of it', () => {
  it('answers that it is recorded and not yet in force, and in force once they have', async () => {
    const county = await ExampleCounty.open();
    try {
      const { familyId } = await exampleFamily(county);
      county.heldBack = true;
      const path = `/v1/restrictions/${familyId}`;
      const key = { 'idempotency-key': 'restrict-once' };
      const pending = await county.post(manager, path, restrictionTerms, key);
      expect(pending).toMatchObject({ status: 202, body: { id: familyId, inForce: false } });
      county.heldBack = false;
      const again = await county.post(manager, path, restrictionTerms, key);
      expect(again).toMatchObject({ status: 201, body: { id: familyId, inForce: true } });
    } finally {
      await county.close();
    }
  });
});

describe('restricting', () => {
  let county: ExampleCounty;
  beforeAll(async () => (county = await ExampleCounty.open()));
  afterAll(() => county.close());

  it('is a manager’s, of a family that is known', async () => {
    const { familyId } = await exampleFamily(county);
    expect(
      (await county.post(triage, `/v1/restrictions/${familyId}`, restrictionTerms)).status,
    ).toBe(403);
    const nobody = '/v1/restrictions/00000000-0000-5000-8000-000000000000';
    expect((await county.post(manager, nobody, restrictionTerms)).status).toBe(404);
    const late = { ...restrictionTerms, reviewOn: '2027-12-24' };
    const refused = await county.post(manager, `/v1/restrictions/${familyId}`, late);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reviewOn' }] } });
  });
});
