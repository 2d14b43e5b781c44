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
