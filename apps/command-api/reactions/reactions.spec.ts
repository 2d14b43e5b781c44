import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import { derivedId } from '@common-thread/eventing/identifiers';
import { ExampleCounty, hub, larkfield, people, trust } from '../examples/example-county.js';
import {
  mustRecord,
  nthId,
  referralOf,
  registered,
  robin,
  tagFor,
} from '../examples/example-family.js';
import { opened } from '../examples/fake-vault.js';

const { larkfieldWorker, visitor, triage, manager } = people;

describe('a referral and its contact', () => {
  let county: ExampleCounty;
  let familyId: string;
  let childId: string;

  beforeEach(async () => {
    county = await ExampleCounty.open();
    ({ familyId } = await registered(county));
    childId = await nthId(county, 'PersonRegistered', 'person');
    county.api.start();
  });
  afterEach(() => county.close());

  async function referred(as = larkfieldWorker) {
    const body = referralOf(familyId, [childId]);
    const { body: raised } = await mustRecord(county.post(as, '/v1/referrals', body));
    const acknowledged = await county.until('ReferralAcknowledged');
    return { referralId: String(raised.id), contactId: String(acknowledged.data.contactId) };
  }

  async function onContact(as: typeof triage, contactId: string, step: string, body: object) {
    const ifMatch = `"${await tagFor(county, hub, 'contact', contactId)}"`;
    const path = `/v1/contacts/${contactId}/${step}`;
    return mustRecord(county.post(as, path, body, { 'if-match': ifMatch }));
  }

  const typesOf = async (streamId: string) =>
    (await county.log.readStream(streamId)).map(({ type }) => type);

  async function decided(contactId: string, decision: object) {
    await onContact(triage, contactId, 'rating', { rating: 'red', reason: 'Bruises' });
    await onContact(manager, contactId, 'decision', { rationale: 'Because', ...decision });
  }

  it('opens in the hub’s name with the words still sealed as the referrer wrote them', async () => {
    const { referralId, contactId } = await referred();
    const [raised] = await county.log.readStream(`referral-${referralId}`);
    const [received] = await county.log.readStream(`contact-${contactId}`);
    expect(received).toMatchObject({
      type: 'ContactReceived',
      data: {
        hub,
        channel: 'form',
        source: '8',
        referrer: larkfield,
        referralId,
        familyId,
        childIds: [childId],
        need: 'N1',
        reference: raised?.data.reference,
        concern: raised?.data.concern,
      },
      metadata: {
        organisation: 'fairholme-hub',
        recordedBy: 'reactions',
        role: 'reaction',
        correlationId: raised?.metadata.correlationId,
        causationId: raised?.id,
      },
    });
    expect(opened(received?.data.concern)).toBe('Bruises that nobody explains');
    expect(
      county.sealing.sealed.filter(({ eventType }) => eventType === 'ContactReceived'),
    ).toEqual([]);
    expect(contactId).toBe(derivedId(derivedId(raised?.id ?? '', 'open-contact'), 'contact'));
  });

  it('of a health visitor is counted as one', async () => {
    await mustRecord(county.post(visitor, '/v1/caseloads', { person: robin }));
    const { contactId } = await referred(visitor);
    const [received] = await county.log.readStream(`contact-${contactId}`);
    expect(received?.data).toMatchObject({ source: '3B', referrer: trust });
  });

  it('is accepted, told and closed as its contact is decided and told', async () => {
    const { referralId, contactId } = await referred();
    await decided(contactId, { outcomes: ['child-protection-enquiry', 'early-help'] });
    const accepted = await county.until('ReferralAccepted');
    expect(accepted.data.outcomes).toEqual(['child-protection-enquiry', 'early-help']);
    await onContact(triage, contactId, 'feedback', { channel: 'phone', words: 'We are coming' });
    await county.until('ReferralClosed');
    expect(await typesOf(`referral-${referralId}`)).toEqual([
      'ReferralRaised',
      'ReferralAcknowledged',
      'ReferralAccepted',
      'ReferrerTold',
      'ReferralClosed',
    ]);
  });

  it('is returned with the hub’s reason where nothing takes it on', async () => {
    const { contactId } = await referred();
    await decided(contactId, { outcomes: ['early-help'], returnReason: 'below-threshold' });
    const returned = await county.until('ReferralReturned');
    expect(returned.data).toEqual({ outcomes: ['early-help'], reason: 'below-threshold' });
  });

  it.each([
    ['duplicate', 'duplicate'],
    ['wrong-family', 'more-information-needed'],
  ])('is returned and closed where its contact is in error (%s)', async (reason, told) => {
    const { referralId, contactId } = await referred();
    await onContact(triage, contactId, 'error', { reason });
    await county.until('ReferralClosed');
    expect(await typesOf(`referral-${referralId}`)).toEqual([
      'ReferralRaised',
      'ReferralAcknowledged',
      'ReferralReturned',
      'ReferralClosed',
    ]);
    const returned = await county.until('ReferralReturned');
    expect(returned.data).toEqual({ outcomes: [], reason: told });
  });

  it('is only closed where its contact turns out to be in error after it was answered', async () => {
    const { referralId, contactId } = await referred();
    await decided(contactId, { outcomes: ['new-referral'] });
    await county.until('ReferralAccepted');
    await onContact(triage, contactId, 'error', { reason: 'wrong-person' });
    await county.until('ReferralClosed');
    expect(await typesOf(`referral-${referralId}`)).not.toContain('ReferralReturned');
  });

  it('is returned and closed where its contact is withdrawn', async () => {
    const { referralId, contactId } = await referred();
    const [received] = await county.log.readStream(`contact-${contactId}`);
    const withdraw = (record: string) =>
      mustRecord(
        county.post(triage, `/v1/contacts/${contactId}/withdrawals`, {
          record,
          reason: 'duplicate',
        }),
      );
    await withdraw(occurrenceIdOf(received?.id ?? '', hub));
    await county.until('ReferralClosed');
    expect(await typesOf(`referral-${referralId}`)).toContain('ReferralReturned');
  });

  it('asks for no answer once it has been withdrawn', async () => {
    const { referralId, contactId } = await referred();
    const record = occurrenceIdOf(
      (await county.log.readStream(`referral-${referralId}`))[0]?.id ?? '',
      larkfield,
    );
    await mustRecord(
      county.post(larkfieldWorker, `/v1/referrals/${referralId}/withdrawals`, {
        record,
        reason: 'wrong-family',
      }),
    );
    await decided(contactId, { outcomes: ['new-referral'] });
    await onContact(triage, contactId, 'feedback', { channel: 'phone', words: 'Closed' });
    const { referralId: next } = await referredAgain();
    expect(await typesOf(`referral-${next}`)).toContain('ReferralAcknowledged');
    expect(await typesOf(`referral-${referralId}`)).not.toContain('ReferralAccepted');
    expect(await county.journal.count()).toMatchObject({ faults: 0 });
  });

  /** A second referral, so that whatever came before it has been reacted to. */
  async function referredAgain() {
    const { body } = await mustRecord(
      county.post(larkfieldWorker, '/v1/referrals', referralOf(familyId, [childId])),
    );
    const streamId = `referral-${String(body.id)}`;
    await county.until('ReferralAcknowledged', (event) => event.streamId === streamId);
    return { referralId: String(body.id) };
  }

  it('opens nothing where the referral was imported', async () => {
    const raised = await county.api.commands.execute(
      {
        category: 'referral',
        id: derivedId('imported'),
        type: 'RaiseReferral',
        data: {
          familyId,
          childIds: [childId],
          from: larkfield,
          to: hub,
          need: 'N1',
          level: '3',
          statement: 'reported',
          parentsInformed: 'informed-agree',
          concern: 'Long ago',
        },
      },
      {
        commandId: derivedId('import'),
        correlationId: derivedId('import'),
        body: {},
        expects: 'additive',
        occurredAt: '2024-01-08T12:00:00.000Z',
        imported: true,
      },
      { kind: 'import', actor: people.governance },
    );
    expect(raised.outcome).toBe('recorded');
    await referredAgain();
    const contacts = (await county.events()).filter(({ type }) => type === 'ContactReceived');
    expect(contacts).toHaveLength(1);
  });
});
