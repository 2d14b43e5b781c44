import { factKinds } from '@common-thread/domain/code-lists';
import { partsOfRecipient, recipientId } from '@common-thread/domain/identifiers';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { BOX_PREFIX } from '@common-thread/eventing/sealing';
import { saltsFrom } from '../relay/salts.js';
import { Relay } from '../relay/relay.js';
import { MemoryRelayStore } from '../store/memory-relay-store.js';
import type { CloudEvent } from './cloud-event.js';
import { cloudEventOf } from './cloud-event.js';

const id = (name: string): string => derivedId('sample', name);
const sealed = (name: string): string =>
  `${BOX_PREFIX}${Buffer.from(JSON.stringify({ sample: name })).toString('base64url')}.c2VhbGVk`;

const CENTRE = recipientId('sample-centres', 'childrens-centre');
const HUB = recipientId('sample-hub', 'safeguarding-hub');
const HEALTH = recipientId('sample-health', 'health-visiting');

type Step = readonly [streamId: string, type: string, data: Readonly<Record<string, unknown>>];

/** An invented family known to all three: enough to see every grade of telling. */
function history(reader: string): readonly Step[] {
  const centre = reader.endsWith('.childrens-centre') ? reader : CENTRE;
  const hub = reader.endsWith('.safeguarding-hub') ? reader : HUB;
  const health = reader.endsWith('.health-visiting') ? reader : HEALTH;
  const family = { familyId: id('family') };
  const child = id('child');
  const registration = `registration-${id('registration')}`;
  const caseload = `caseload-${id('caseload')}`;
  const contact = `contact-${id('contact')}`;
  const names = { givenName: sealed('givenName'), familyName: sealed('familyName') };
  const person = { personId: child, kind: 'child', ...names, dateOfBirth: sealed('dateOfBirth') };
  const member = { ...family, personId: child, position: 'child', address: sealed('address') };
  const session = { personIds: [child], activity: 'stay-and-play', placeId: 'sample-place' };
  const review = { childId: child, review: 'one-year', place: 'home' };
  const received = { hub, channel: 'phone', source: '2A', reference: 'CT-0000-0000' };
  const agreement = `agreement-${id('agreement')}`;
  return [
    ['organisation-sample', 'OrganisationRecorded', organisation([reader])],
    [agreement, 'AgreementSigned', agreed([centre, hub, health])],
    [agreement, 'AgreementTookEffect', { agreementVersion: 1 }],
    [`person-${child}`, 'PersonRegistered', person],
    [`membership-${id('membership')}`, 'MembershipBegan', member],
    [registration, 'CentreRegistrationBegan', registered(centre)],
    [caseload, 'CaseloadBegan', { ...family, trust: health }],
    [contact, 'ContactReceived', { ...received, concern: sealed('concern') }],
    [contact, 'ContactLinked', { ...family, childIds: [child] }],
    [registration, 'SessionAttended', session],
    [caseload, 'ReviewHeld', review],
    [contact, 'ContactRated', { rating: 'amber', reason: sealed('reason') }],
  ];

  function organisation(recipients: readonly string[]) {
    return { organisationId: 'sample', name: 'A sample organisation', recipients };
  }
  function registered(provider: string) {
    return { ...family, provider, placeId: 'sample-place' };
  }
}

/** Everything that the disclosure table lets be told is told. */
function agreed(recipients: readonly string[]) {
  const parties = [...new Set(recipients.map((each) => partsOfRecipient(each).organisation))];
  return {
    parties,
    purpose: 'safeguarding-and-welfare',
    lawfulBases: ['uk-gdpr-6-1-e', 'uk-gdpr-9-2-g'],
    content: factKinds,
    notice: [],
    existence: [],
    from: '2026-01-05',
    until: '2027-01-04',
    signatories: parties.map((party) => `${party}/information-governance-lead`),
    takesBackAtExpiry: false,
  };
}

/** What the relay tells this reader of the sample: the same code, nothing real. */
export async function sampleFeed(reader: string): Promise<readonly CloudEvent[]> {
  const store = new MemoryRelayStore();
  const relay = new Relay(store, { saltOf: saltsFrom('sample') });
  await relay.takeOver();
  await relay.handle(history(reader).map((step, nth) => storedOf(reader, step, nth)));
  const { rows } = await store.page(reader, 0, 100);
  return rows.map(cloudEventOf);
}

function storedOf(reader: string, [streamId, type, data]: Step, nth: number): StoredEvent {
  const at = new Date(Date.UTC(2026, 0, 5, 9, nth)).toISOString();
  return {
    id: derivedId('sample', 'event', nth),
    type,
    version: 1,
    data,
    streamId,
    revision: nth,
    cursor: String(nth),
    metadata: {
      commandId: derivedId('sample', 'command', nth),
      fingerprint: 'sample',
      correlationId: derivedId('sample', 'correlation'),
      organisation: partsOfRecipient(reader).organisation,
      recordedBy: 'sample',
      role: 'sample',
      occurredAt: at,
      recordedAt: at,
    },
  };
}
