import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import type { Category } from '../commands/deciders.js';
import { shreddingProposed } from './example-erasures.js';
import type { ExampleCounty, Posted } from './example-county.js';
import { hub, people } from './example-county.js';
import { consentTerms } from './example-need-to-know.js';

export const robin = {
  kind: 'child',
  givenName: 'Robin',
  familyName: 'Quillfeather',
  dateOfBirth: '2026-10-20',
} as const;

/** Ids of what an example family has had recorded. */
export interface ExampleFamily {
  readonly familyId: string;
  readonly childId: string;
  readonly unbornId: string;
  readonly parentId: string;
  readonly childMembershipId: string;
  readonly registrationId: string;
  readonly caseloadId: string;
  readonly referralId: string;
  /** A telephone contact at the hub about the family. */
  readonly contactId: string;
  /** One about nobody known yet. */
  readonly unlinkedContactId: string;
  /** Another family, which the hub restricts. */
  readonly restrictedFamilyId: string;
  /** What everybody in the county has signed. */
  readonly agreementId: string;
  /** That one provider’s notes of the child are destroyed; another officer’s. */
  readonly proposalId: string;
  /** What the family consented to. */
  readonly consentId: string;
}

export async function registered(
  county: ExampleCounty,
  person: object = robin,
  as = people.larkfieldWorker,
  placeId = 'oak-lane',
): Promise<{ readonly registrationId: string; readonly familyId: string }> {
  const { body } = await mustRecord(
    county.post(as, '/v1/registrations', { person, placeId, address: '1 Oak Lane' }),
  );
  return { registrationId: String(body.id), familyId: String(body.familyId) };
}

const wren = { ...robin, givenName: 'Wren', familyName: 'Thistledown' };

/** On what terms the examples restrict a family. */
export const restrictionTerms = {
  ground: 'witness-protection',
  authority: 'service-manager',
  speakTo: 'hub-manager',
  reviewOn: '2027-01-20',
} as const;

/** A child, one expected, and a parent, registered at Larkfield, on a caseload, referred and rung about. */
export async function exampleFamily(county: ExampleCounty): Promise<ExampleFamily> {
  const restricted = await registered(county, wren, people.brookWorker, 'brook-street');
  await mustRecord(
    county.post(people.manager, `/v1/restrictions/${restricted.familyId}`, restrictionTerms),
  );
  const { registrationId, familyId } = await registered(county);
  const childId = await nthId(county, 'PersonRegistered', 'person');
  const childMembershipId = await nthId(county, 'MembershipBegan', 'membership');
  const unborn = await mustRecord(
    county.post(people.larkfieldWorker, `/v1/families/${familyId}/members`, {
      person: { kind: 'unborn', expectedDate: '2026-12-01' },
      position: 'child',
    }),
  );
  const parent = await mustRecord(
    county.post(people.larkfieldWorker, `/v1/families/${familyId}/members`, {
      person: { kind: 'adult', givenName: 'Kim', familyName: 'Quillfeather' },
      position: 'parent',
    }),
  );
  const caseload = await mustRecord(
    county.post(people.visitor, '/v1/caseloads', { person: robin }),
  );
  const referral = await mustRecord(
    county.post(people.larkfieldWorker, '/v1/referrals', referralOf(familyId, [childId])),
  );
  const contact = await mustRecord(
    county.post(people.triage, '/v1/contacts', {
      channel: 'phone',
      source: '1B',
      familyId,
      childIds: [childId],
      concern: 'Crying at night',
    }),
  );
  const consent = await mustRecord(
    county.post(people.triage, `/v1/sharing/${familyId}/consents`, consentTerms),
  );
  const unlinked = await mustRecord(
    county.post(people.triage, '/v1/contacts', {
      channel: 'phone',
      source: '9',
      describedAs: 'A boy of about two at the end house',
    }),
  );
  return {
    familyId,
    childId,
    unbornId: String(unborn.body.personId),
    parentId: String(parent.body.personId),
    childMembershipId,
    registrationId,
    caseloadId: String(caseload.body.id),
    referralId: String(referral.body.id),
    contactId: String(contact.body.id),
    unlinkedContactId: String(unlinked.body.id),
    restrictedFamilyId: restricted.familyId,
    agreementId: await nthId(county, 'AgreementSigned', 'agreement'),
    proposalId: await shreddingProposed(county, childId),
    consentId: String(consent.body.consentId),
  };
}

export function referralOf(familyId: string, childIds: readonly string[]) {
  return {
    familyId,
    childIds,
    to: hub,
    need: 'N1',
    level: '4',
    statement: 'witnessed',
    parentsInformed: 'informed-agree',
    concern: 'Bruises that nobody explains',
  };
}

/** What a recipient knows the last event of a stream by. */
export async function tagFor(
  county: ExampleCounty,
  recipient: string,
  category: Category,
  id: string,
): Promise<string> {
  const stream = await county.log.readStream(`${category}-${id}`);
  return occurrenceIdOf(stream.at(-1)?.id ?? '', recipient);
}

export async function mustRecord(posting: Promise<Posted>): Promise<Posted> {
  const posted = await posting;
  if (posted.status !== 201) {
    throw new Error(`${posted.status} ${JSON.stringify(posted.body)}`);
  }
  return posted;
}

/** Id behind the stream of the last event of a type. */
export async function nthId(
  county: ExampleCounty,
  type: string,
  category: Category,
): Promise<string> {
  const event = (await county.events()).findLast((each) => each.type === type);
  return event?.streamId.slice(category.length + 1) ?? '';
}
