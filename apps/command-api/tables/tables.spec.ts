import { ExampleCounty, people } from '../examples/example-county.js';
import { mustRecord } from '../examples/example-family.js';

const signedBy = 'fairholme-hub/information-governance-lead';

describe('switching the disclosure table', () => {
  let county: ExampleCounty;
  beforeEach(async () => {
    county = await ExampleCounty.open();
  });
  afterEach(() => county.close());

  const to = (tableVersion: number, insteadOf: number, as = people.governance) =>
    county.post(as, '/v1/tables/switches', { tableVersion, insteadOf, signedBy });

  it('is recorded as an event that says who signed, and who recorded it', async () => {
    await mustRecord(to(2, 1));
    const event = (await county.events()).at(-1);
    expect(event).toMatchObject({
      type: 'TableSwitched',
      streamId: 'table-county',
      data: { tableVersion: 2, insteadOf: 1, signedBy },
      metadata: { recordedBy: people.governance.id },
    });
    expect((await to(2, 1)).status).toBe(200);
    await mustRecord(to(1, 2));
  });

  it('is refused to a version that was not released, with the field at fault', async () => {
    const { status, body } = await to(9, 1);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: '/tableVersion' }]);
    expect(JSON.stringify(body.errors)).toContain('Released are: 1, 2');
  });

  it('is refused where another is in force than whoever signed was shown', async () => {
    await mustRecord(to(2, 1));
    const { status, body } = await to(1, 1);
    expect([status, body.type]).toEqual([422, expect.stringMatching(/another-in-force$/)]);
  });
});

describe('telling and withdrawing the past', () => {
  let county: ExampleCounty;
  beforeEach(async () => {
    county = await ExampleCounty.open();
  });
  afterEach(() => county.close());

  const past = {
    tableVersion: 1,
    recordedUnder: [1],
    kinds: ['attendance'],
    recipients: ['fairholme-health.health-visiting'],
    signedBy,
  };
  const days = { from: '2026-01-05', until: '2026-03-01', reason: 'table-changed' };

  it('is recorded as an event that says what, for whom, why, and who signed', async () => {
    const data = { ...past, ...days };
    await mustRecord(county.post(people.governance, '/v1/tables/redisclosures', data));
    expect((await county.events()).at(-1)).toMatchObject({
      type: 'PastRedisclosed',
      streamId: 'table-county',
      data,
      metadata: { recordedBy: people.governance.id },
    });
  });

  it('is refused where it names a version that was never in force, or none that is', async () => {
    const send = (data: object) =>
      county.post(people.governance, '/v1/tables/redisclosures', { ...past, ...days, ...data });
    const never = await send({ recordedUnder: [2] });
    expect([never.status, never.body.type]).toEqual([
      422,
      expect.stringMatching(/table\/never-in-force$/),
    ]);
    expect((await send({ recordedUnder: ['one'] })).body.errors).toMatchObject([
      { pointer: '/recordedUnder' },
    ]);
    expect((await send({ recipients: [] })).body.errors).toMatchObject([
      { pointer: '/recipients' },
    ]);
  });

  it('by a withdrawal is recorded and not yet in force until relay and vault know it', async () => {
    const data = { ...past, reason: 'told-in-error' };
    const key = { 'idempotency-key': 'withdraw-once' };
    const send = () => county.post(people.governance, '/v1/tables/withdrawals', data, key);
    county.heldBack = true;
    expect(await send()).toMatchObject({ status: 202, body: { inForce: false } });
    county.heldBack = false;
    expect(await send()).toMatchObject({ status: 201, body: { inForce: true } });
  });
});
