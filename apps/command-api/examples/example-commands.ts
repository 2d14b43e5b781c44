import type { Actor } from '@common-thread/platform/actor';
import type { CommandRoute } from '../authorisation.js';
import type { Category } from '../commands/deciders.js';
import { agreementCommands } from './example-agreements.js';
import { erasureCommands } from './example-erasures.js';
import { brook, people } from './example-county.js';
import type { ExampleFamily } from './example-family.js';
import { referralOf, restrictionTerms, robin } from './example-family.js';
import { needToKnowCommands } from './example-need-to-know.js';

/** A command that a route records for the example family. */
export interface ExampleCommand {
  readonly as: Actor;
  readonly path: (family: ExampleFamily) => string;
  readonly body: (family: ExampleFamily, tag: string) => object;
  /** Of a role that may use the route, yet unrelated; absent where nothing can be unrelated. */
  readonly stranger?: Actor;
  /** The record whose tag the command rests on, by If-Match or by naming it in the body. */
  readonly rests?: readonly [Category, (family: ExampleFamily) => string];
  readonly needsIfMatch?: true;
}

const { larkfieldWorker, brookWorker, visitor, otherVisitor, triage, manager, otherManager } =
  people;
const withdrawal = (_: ExampleFamily, record: string) => ({ record, reason: 'entered-in-error' });
const session = { activity: 'stay-and-play', placeId: 'oak-lane' };
const kit = { ...robin, givenName: 'Kit', familyName: 'Fenwick' };

/** One for every route: the compiler names a route without one. */
export const exampleCommands: Readonly<Record<CommandRoute, ExampleCommand>> = {
  'POST /v1/people': {
    as: visitor,
    path: () => '/v1/people',
    body: () => ({ kind: 'unborn', expectedDate: '2027-02-01' }),
  },
  'POST /v1/people/:personId/birth': {
    as: visitor,
    stranger: brookWorker,
    path: ({ unbornId }) => `/v1/people/${unbornId}/birth`,
    body: () => ({ dateOfBirth: '2026-11-24', givenName: 'Sorrel', sex: 'F' }),
  },
  'POST /v1/people/:personId/corrections': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ childId }) => `/v1/people/${childId}/corrections`,
    body: () => ({ knownAs: 'Rob' }),
    rests: ['person', ({ childId }) => childId],
    needsIfMatch: true,
  },
  'POST /v1/people/:personId/withdrawals': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ parentId }) => `/v1/people/${parentId}/withdrawals`,
    body: withdrawal,
    rests: ['person', ({ parentId }) => parentId],
  },
  'POST /v1/families/:familyId/members': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ familyId }) => `/v1/families/${familyId}/members`,
    body: () => ({ person: { ...kit, kind: 'child' }, position: 'child' }),
  },
  'POST /v1/families/:familyId/relationships': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ familyId }) => `/v1/families/${familyId}/relationships`,
    body: ({ parentId, childId }) => ({
      personId: parentId,
      relatedPersonId: childId,
      relationship: 'parent',
      parentalResponsibility: true,
    }),
  },
  'POST /v1/families/:familyId/withdrawals': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ familyId }) => `/v1/families/${familyId}/withdrawals`,
    body: withdrawal,
    rests: ['family', ({ familyId }) => familyId],
  },
  'POST /v1/memberships/:membershipId/address': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ childMembershipId }) => `/v1/memberships/${childMembershipId}/address`,
    body: () => ({ address: '2 Elm Road', postcode: 'ng9 1ab' }),
  },
  'POST /v1/memberships/:membershipId/address-corrections': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ childMembershipId }) => `/v1/memberships/${childMembershipId}/address-corrections`,
    body: (_, record) => ({ record, address: '10 Oak Lane' }),
    rests: ['membership', ({ childMembershipId }) => childMembershipId],
    needsIfMatch: true,
  },
  'POST /v1/memberships/:membershipId/end': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ childMembershipId }) => `/v1/memberships/${childMembershipId}/end`,
    body: () => ({}),
  },
  'POST /v1/memberships/:membershipId/withdrawals': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ childMembershipId }) => `/v1/memberships/${childMembershipId}/withdrawals`,
    body: withdrawal,
    rests: ['membership', ({ childMembershipId }) => childMembershipId],
  },
  'POST /v1/registrations': {
    as: brookWorker,
    path: () => '/v1/registrations',
    body: () => ({ person: robin, placeId: 'brook-street' }),
  },
  'POST /v1/registrations/:registrationId/end': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ registrationId }) => `/v1/registrations/${registrationId}/end`,
    body: () => ({ reason: 'moved-away' }),
  },
  'POST /v1/registrations/:registrationId/attendances': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ registrationId }) => `/v1/registrations/${registrationId}/attendances`,
    body: ({ childId, parentId }) => ({ ...session, personIds: [childId, parentId] }),
  },
  'POST /v1/registrations/:registrationId/not-brought': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ registrationId }) => `/v1/registrations/${registrationId}/not-brought`,
    body: ({ childId }) => ({ ...session, childId, note: 'No answer at the door' }),
  },
  'POST /v1/registrations/:registrationId/withdrawals': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ registrationId }) => `/v1/registrations/${registrationId}/withdrawals`,
    body: withdrawal,
    rests: ['registration', ({ registrationId }) => registrationId],
  },
  'POST /v1/caseloads': {
    as: otherVisitor,
    path: () => '/v1/caseloads',
    body: () => ({ person: robin }),
  },
  'POST /v1/caseloads/:caseloadId/end': {
    as: visitor,
    stranger: otherVisitor,
    path: ({ caseloadId }) => `/v1/caseloads/${caseloadId}/end`,
    body: () => ({ reason: 'moved-out' }),
  },
  'POST /v1/caseloads/:caseloadId/reviews-held': {
    as: visitor,
    stranger: otherVisitor,
    path: ({ caseloadId }) => `/v1/caseloads/${caseloadId}/reviews-held`,
    body: ({ childId }) => ({ childId, review: 'new-birth', place: 'home' }),
  },
  'POST /v1/caseloads/:caseloadId/reviews-missed': {
    as: visitor,
    stranger: otherVisitor,
    path: ({ caseloadId }) => `/v1/caseloads/${caseloadId}/reviews-missed`,
    body: ({ childId }) => ({ childId, review: 'new-birth', reason: 'no-access' }),
  },
  'POST /v1/caseloads/:caseloadId/withdrawals': {
    as: visitor,
    stranger: otherVisitor,
    path: ({ caseloadId }) => `/v1/caseloads/${caseloadId}/withdrawals`,
    body: withdrawal,
    rests: ['caseload', ({ caseloadId }) => caseloadId],
  },
  'POST /v1/referrals': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: () => '/v1/referrals',
    body: ({ familyId, childId }) => referralOf(familyId, [childId]),
  },
  'POST /v1/referrals/:referralId/withdrawals': {
    as: larkfieldWorker,
    stranger: brookWorker,
    path: ({ referralId }) => `/v1/referrals/${referralId}/withdrawals`,
    body: withdrawal,
    rests: ['referral', ({ referralId }) => referralId],
  },
  'POST /v1/contacts': {
    as: triage,
    path: () => '/v1/contacts',
    body: () => ({ channel: 'phone', source: '9', describedAs: 'A child of the end house' }),
  },
  'POST /v1/contacts/:contactId/links': {
    as: triage,
    stranger: otherManager,
    path: ({ unlinkedContactId }) => `/v1/contacts/${unlinkedContactId}/links`,
    body: ({ familyId, childId }) => ({ familyId, childIds: [childId] }),
  },
  'POST /v1/contacts/:contactId/rating': {
    as: triage,
    stranger: otherManager,
    path: ({ contactId }) => `/v1/contacts/${contactId}/rating`,
    body: () => ({ rating: 'amber', reason: 'A young child' }),
    rests: ['contact', ({ contactId }) => contactId],
    needsIfMatch: true,
  },
  'POST /v1/contacts/:contactId/decision': {
    as: manager,
    stranger: otherManager,
    path: ({ contactId }) => `/v1/contacts/${contactId}/decision`,
    body: () => ({ outcomes: ['advice'], rationale: 'Seen yesterday by the health visitor' }),
    rests: ['contact', ({ contactId }) => contactId],
    needsIfMatch: true,
  },
  'POST /v1/contacts/:contactId/feedback': {
    as: triage,
    stranger: otherManager,
    path: ({ contactId }) => `/v1/contacts/${contactId}/feedback`,
    body: () => ({ channel: 'phone', words: 'Thank you; advice was given' }),
    rests: ['contact', ({ contactId }) => contactId],
    needsIfMatch: true,
  },
  'POST /v1/contacts/:contactId/error': {
    as: triage,
    stranger: otherManager,
    path: ({ contactId }) => `/v1/contacts/${contactId}/error`,
    body: () => ({ reason: 'duplicate' }),
    rests: ['contact', ({ contactId }) => contactId],
    needsIfMatch: true,
  },
  'POST /v1/contacts/:contactId/withdrawals': {
    as: triage,
    stranger: otherManager,
    path: ({ contactId }) => `/v1/contacts/${contactId}/withdrawals`,
    body: withdrawal,
    rests: ['contact', ({ contactId }) => contactId],
  },
  'POST /v1/restrictions/:familyId': {
    as: manager,
    path: ({ familyId }) => `/v1/restrictions/${familyId}`,
    body: () => restrictionTerms,
  },
  'POST /v1/restrictions/:familyId/reviews': {
    as: manager,
    stranger: otherManager,
    path: ({ restrictedFamilyId: id }) => `/v1/restrictions/${id}/reviews`,
    body: () => ({ authority: 'head-of-service', reviewOn: '2027-01-25' }),
  },
  'POST /v1/restrictions/:familyId/lift': {
    as: manager,
    stranger: otherManager,
    path: ({ restrictedFamilyId: id }) => `/v1/restrictions/${id}/lift`,
    body: () => ({ reason: 'no-longer-needed' }),
  },
  ...needToKnowCommands,
  ...agreementCommands,
  ...erasureCommands,
  'POST /v1/organisations': {
    as: people.governance,
    path: () => '/v1/organisations',
    body: () => ({
      organisationId: 'brook-and-vale',
      name: 'Brook & Vale Children’s Centres',
      recipients: [brook],
    }),
  },
  'POST /v1/places': {
    as: people.governance,
    path: () => '/v1/places',
    body: () => ({
      placeId: 'mill-yard',
      organisationId: 'larkfield-centres',
      name: 'Mill Yard',
      cluster: 'north',
      district: 'vale',
    }),
  },
};

/** What has to be recorded before an example is: sent by the same people, in this order. */
export const beforehand: Readonly<Partial<Record<CommandRoute, readonly CommandRoute[]>>> = {
  'POST /v1/erasures/:personId/holds/lift': ['POST /v1/erasures/:personId/holds'],
  'POST /v1/families/:familyId/withdrawals': ['POST /v1/families/:familyId/relationships'],
  'POST /v1/shielding/:familyId/end': ['POST /v1/shielding/:familyId'],
  'POST /v1/contacts/:contactId/decision': ['POST /v1/contacts/:contactId/rating'],
  'POST /v1/contacts/:contactId/feedback': [
    'POST /v1/contacts/:contactId/rating',
    'POST /v1/contacts/:contactId/decision',
  ],
};
