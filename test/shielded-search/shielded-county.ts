import type { FamilyIds } from '../counties-alike/asking.js';
import type { County } from '../counties-alike/county.js';
import type { Child } from '../counties-alike/what-happens.js';
import { onlyMember, placeOf } from '../counties-alike/what-happens.js';
import { HUB } from '../journeys/whole-system.js';
import { shieldedWords } from './shielded-words.js';

export const child: Child = {
  kind: 'child',
  givenName: 'Teasel',
  familyName: 'Harebell',
  dateOfBirth: '2022-04-11',
  nhsNumber: '9998887062',
};

/** A family whose address is confidential, and what it can be asked for by. */
export type ShieldedFamily = FamilyIds &
  Readonly<Record<'earlierContactId' | 'anonymousContactId', string>> &
  Readonly<Record<'registrationId' | 'caseloadId' | 'referralId' | 'contactId', string>>;

/**
 * A family that two agencies work with has been rung about, flees, is referred, and moves. The matter of the
 * first call is over by then; that of two others, and of the referral, is in hand.
 */
export async function shieldedFamily(county: County): Promise<ShieldedFamily> {
  const words = shieldedWords;
  const registered = await county.record('larkfield-worker-1', '/v1/registrations', {
    person: child,
    address: words.firstAddress,
    postcode: words.firstPostcode,
    placeId: await placeOf(county, 'larkfield-centres'),
  });
  const member = await onlyMember(county, String(registered.body.familyId));
  const { familyId, childId, membershipId } = member;
  const caseload = await county.record('health-visitor-1', '/v1/caseloads', { person: child });
  const call = { channel: 'phone', source: '1B', familyId, childIds: [childId] };
  const earlierContactId = await overAndDone(county, {
    ...call,
    callerDetails: words.earlierCaller,
    concern: 'Shouting at night',
  });
  await county.record('larkfield-worker-1', `/v1/shielding/${familyId}`, {
    ground: 'domestic-abuse',
  });
  await county.record('larkfield-worker-1', `/v1/memberships/${membershipId}/address`, {
    address: words.newAddress,
    postcode: words.newPostcode,
  });
  const referral = await county.record('larkfield-worker-1', '/v1/referrals', {
    familyId,
    childIds: [childId],
    to: HUB,
    need: 'N1',
    level: '4',
    statement: 'witnessed',
    parentsInformed: 'informed-agree',
    concern: 'He has asked for them at the centre',
    referrerContact: words.referrer,
  });
  const contact = await county.record('hub-triage-1', '/v1/contacts', {
    ...call,
    callerDetails: words.caller,
    concern: 'A man waits outside',
  });
  const anonymous = await county.record('hub-triage-1', '/v1/contacts', {
    ...call,
    callerDetails: words.anonymousCaller,
    wishesAnonymity: true,
    concern: 'Nobody must know that she rang',
  });
  return {
    familyId,
    childId,
    membershipId,
    registrationId: String(registered.body.id),
    caseloadId: String(caseload.body.id),
    referralId: String(referral.body.id),
    contactId: String(contact.body.id),
    earlierContactId,
    anonymousContactId: String(anonymous.body.id),
  };
}

/** A contact that was rated, decided and answered. */
async function overAndDone(county: County, call: object): Promise<string> {
  const received = await county.record('hub-triage-1', '/v1/contacts', call);
  const contact = `/v1/contacts/${String(received.body.id)}`;
  const rated = await county.record(
    'hub-triage-1',
    `${contact}/rating`,
    { rating: 'green', reason: 'Nobody is hurt' },
    received.tag,
  );
  const decided = await county.record(
    'hub-manager-1',
    `${contact}/decision`,
    { outcomes: ['no-further-action'], rationale: 'A quarrel that is over' },
    rated.tag,
  );
  await county.record(
    'hub-manager-1',
    `${contact}/feedback`,
    { channel: 'phone', words: 'Thank you for ringing' },
    decided.tag,
  );
  return String(received.body.id);
}
