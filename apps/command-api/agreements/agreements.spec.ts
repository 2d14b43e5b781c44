import { codec } from '@common-thread/domain/event-catalogue';
import { agreedByAll } from '@common-thread/domain/sharing/agreed-by-all.examples';
import { PolicyFollower } from '../authorisation/policy-follower.js';
import { ExampleCounty, people } from '../examples/example-county.js';
import { mustRecord } from '../examples/example-family.js';
import { AgreementDays } from '../reactions/agreement-days.js';

const terms = agreedByAll(['larkfield-centres', 'brook-and-vale']);
const agreementTypes = (types: readonly string[]) =>
  types.filter((type) => type.startsWith('Agreement'));

describe('the days of an agreement', () => {
  let county: ExampleCounty;
  let policy: PolicyFollower;
  let days: AgreementDays;
  let before: number;

  beforeEach(async () => {
    county = await ExampleCounty.open();
    policy = new PolicyFollower(county.log, codec);
    policy.start();
    const { clock } = county;
    days = new AgreementDays({ commands: county.api.commands, policy, clock });
    before = (await county.events()).length;
  });
  afterEach(async () => {
    await policy.stop();
    await county.close();
  });

  const sign = (change: object = {}) =>
    mustRecord(county.post(people.governance, '/v1/agreements', { ...terms, ...change }));
  const types = async () => agreementTypes(await county.typesAfter(before));

  it('bring it into force on its first, however often it is looked at', async () => {
    await sign({ from: '2026-11-27' });
    await days.recordDue();
    expect(await types()).toEqual(['AgreementSigned']);
    county.clock.at = '2026-11-27T00:30:00.000Z';
    await days.recordDue();
    await days.recordDue();
    expect(await types()).toEqual(['AgreementSigned', 'AgreementTookEffect']);
  });

  it('leave one that was ended before as it was, whatever its terms said', async () => {
    const { body } = await sign({ until: '2026-11-26', takesBackAtExpiry: true });
    const known = await policy.current();
    const stale = { ...known, agreements: new Map(known.agreements) };
    await mustRecord(
      county.post(people.governance, `/v1/agreements/${String(body.id)}/end`, {
        reason: 'replaced',
        endedBy: 'brook-and-vale',
        takesBack: false,
      }),
    );
    county.clock.at = '2026-11-27T00:30:00.000Z';
    // As known before it ended, too.
    const late = {
      commands: county.api.commands,
      policy: { current: () => Promise.resolve(stale) },
    };
    await new AgreementDays({ ...late, clock: county.clock }).recordDue();
    await days.recordDue();
    expect((await types()).slice(-1)).toEqual(['AgreementEnded']);
    expect((await county.events()).at(-1)?.data).toMatchObject({ reason: 'replaced' });
  });

  it('end it once its last has passed, and keep what was told where its terms say so', async () => {
    await sign({ until: '2026-11-26' });
    county.clock.at = '2026-11-26T23:30:00.000Z';
    await days.recordDue();
    expect(await types()).toEqual(['AgreementSigned', 'AgreementTookEffect']);
    county.clock.at = '2026-11-27T00:30:00.000Z';
    await days.recordDue();
    await days.recordDue();
    expect(await types()).toEqual(['AgreementSigned', 'AgreementTookEffect', 'AgreementEnded']);
    const ended = (await county.events()).at(-1);
    expect(ended?.data).toEqual({ reason: 'expired', takesBack: false });
  });
});

describe('an agreement', () => {
  it('that has ended is not acknowledged as ended in another way', async () => {
    const county = await ExampleCounty.open();
    const { body } = await mustRecord(county.post(people.governance, '/v1/agreements', terms));
    const end = (takesBack: boolean) =>
      county.post(people.governance, `/v1/agreements/${String(body.id)}/end`, {
        reason: 'replaced',
        endedBy: 'brook-and-vale',
        takesBack,
      });
    expect(await end(false)).toMatchObject({ status: 201, body: { inForce: true } });
    expect(await end(false)).toMatchObject({ body: { inForce: true } });
    const refused = await end(true);
    expect(refused.status).toBe(409);
    expect(refused.body.type).toMatch(/ended-otherwise$/);
    await county.close();
  });

  it('is ended by an officer of a party for that party alone', async () => {
    const county = await ExampleCounty.open();
    const { body } = await mustRecord(county.post(people.governance, '/v1/agreements', terms));
    const end = (endedBy: string) =>
      county.post(people.partyGovernance, `/v1/agreements/${String(body.id)}/end`, {
        reason: 'party-withdrew',
        endedBy,
        takesBack: false,
      });
    expect(await end('brook-and-vale')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/endedBy' }] },
    });
    expect(await end('larkfield-centres')).toMatchObject({ status: 201 });
    await county.close();
  });

  it('is refused with the field at fault where a party has not signed', async () => {
    const county = await ExampleCounty.open();
    const answer = await county.post(people.governance, '/v1/agreements', {
      ...terms,
      signatories: [...terms.signatories.slice(1), 'elsewhere/caldicott-guardian'],
    });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/signatories' }] } });
    await county.close();
  });
});
