import { ExampleCounty, people } from '../examples/example-county.js';
import type { ExampleFamily } from '../examples/example-family.js';
import { exampleFamily } from '../examples/example-family.js';

const { governance, larkfieldWorker, visitor } = people;

describe('the end of what lets somebody know', () => {
  let county: ExampleCounty;
  let family: ExampleFamily;
  beforeEach(async () => {
    county = await ExampleCounty.open();
    family = await exampleFamily(county);
  });
  afterEach(() => county.close());

  const ends = [
    [
      'an agreement',
      governance,
      (of: ExampleFamily) => `/v1/agreements/${of.agreementId}/end`,
      { reason: 'replaced', endedBy: 'larkfield-centres', takesBack: true },
    ],
    [
      'a registration',
      larkfieldWorker,
      (of: ExampleFamily) => `/v1/registrations/${of.registrationId}/end`,
      { reason: 'moved-away' },
    ],
    [
      'a caseload',
      visitor,
      (of: ExampleFamily) => `/v1/caseloads/${of.caseloadId}/end`,
      { reason: 'moved-out' },
    ],
  ] as const;

  it.each(ends)(
    'of %s is recorded and not yet in force until relay and vault know it',
    async (_what, as, path, body) => {
      county.heldBack = true;
      const key = { 'idempotency-key': 'end-once' };
      const pending = await county.post(as, path(family), body, key);
      expect(pending).toMatchObject({ status: 202, body: { inForce: false } });
      county.heldBack = false;
      const again = await county.post(as, path(family), body, key);
      expect(again).toMatchObject({ status: 201, body: { inForce: true } });
    },
  );
});
