import { ExampleCounty, hub, people } from '../examples/example-county.js';
import type { ExampleFamily } from '../examples/example-family.js';
import { exampleFamily, mustRecord, tagFor } from '../examples/example-family.js';

const { governance, larkfieldWorker, triage, visitor } = people;

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
    [
      'a matter in hand, recorded in error,',
      triage,
      (of: ExampleFamily) => `/v1/contacts/${of.contactId}/error`,
      { reason: 'duplicate' },
    ],
  ] as const;

  it.each(ends)(
    'of %s is recorded and not yet in force until relay and vault know it',
    async (_what, as, path, body) => {
      county.heldBack = true;
      const tag = await tagFor(county, hub, 'contact', family.contactId);
      const key = { 'idempotency-key': 'end-once', 'if-match': `"${tag}"` };
      const pending = await county.post(as, path(family), body, key);
      expect(pending).toMatchObject({ status: 202, body: { inForce: false } });
      county.heldBack = false;
      const again = await county.post(as, path(family), body, key);
      expect(again).toMatchObject({ status: 201, body: { inForce: true } });
    },
  );

  it('and of a matter whose referrer has been told is acknowledged so too', async () => {
    const of = `/v1/contacts/${family.contactId}`;
    const send = async (path: string, body: object, as = triage) => {
      const tag = await tagFor(county, hub, 'contact', family.contactId);
      return county.post(as, `${of}/${path}`, body, { 'if-match': `"${tag}"` });
    };
    await mustRecord(send('rating', { rating: 'green', reason: 'Nothing more is known' }));
    await mustRecord(
      send('decision', { outcomes: ['advice'], rationale: 'Advice' }, people.manager),
    );
    county.heldBack = true;
    const told = await send('feedback', { channel: 'phone', words: 'Advice was given' });
    expect(told).toMatchObject({ status: 202, body: { inForce: false } });
  });
});
