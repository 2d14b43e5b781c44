import type { DisclosureTable } from './disclosure-table.js';
import { content, existence, notice, withheld } from './disclosure-table.js';

/*
 * Who is told what. One line an event, one cell a column, and no default: whoever adds an event decides
 * every cell. Columns: the author (whose matter it is), the referrer (who asked), then each audience
 * while it is entitled to the family. A field is told only where it is named here.
 */

const household = ['personId', 'position', 'address', 'postcode', 'organisation'] as const;
const moved = ['personId', 'address', 'postcode', 'organisation'] as const;
const identity = ['personId', 'kind', 'sex', 'givenName', 'familyName', 'knownAs'] as const;
const born = ['dateOfBirth', 'expectedDate'] as const;
const atBirth = ['personId', 'sex', 'givenName', 'familyName', 'knownAs', 'dateOfBirth'] as const;
const relationship = [
  'personId',
  'relatedPersonId',
  'relationship',
  'parentalResponsibility',
] as const;
const raised = [
  'childIds', 'from', 'to', 'reference', 'need', 'level', 'statement', 'parentsInformed', 'groundNotInformed',
  'concern', 'supportTried', 'safeContact', 'referrerContact', 'organisation',
] as const; // prettier-ignore
const received = [
  'childIds', 'hub', 'channel', 'source', 'reference', 'referrer', 'referralId', 'need', 'concern', 'describedAs',
  'organisation',
] as const; // prettier-ignore

export const disclosure = {
  // ── Who is in the family ────────────────────────────────────────────────────────────────────────
  PersonRegistered: {
    publicType: 'person.registered',
    reaches: 'people',
    household: true,
    author: withheld,
    referrer: withheld,
    'safeguarding-hub': content(
      ...identity,
      ...born,
      'nhsNumber',
      'telephone',
      'authority',
      'authorityChildId',
    ),
    'childrens-centre': content(...identity, ...born, 'telephone'),
    'health-visiting': content(...identity, ...born, 'nhsNumber', 'telephone'),
    'partnership-board': withheld,
  },
  // A birth is who somebody is from then on: each audience is told of it what it is told of a registration.
  ChildBorn: {
    publicType: 'child.born',
    reaches: 'people',
    household: true,
    author: withheld,
    referrer: withheld,
    'safeguarding-hub': content(...atBirth, 'nhsNumber', 'telephone'),
    'childrens-centre': content(...atBirth, 'telephone'),
    'health-visiting': content(...atBirth, 'nhsNumber', 'telephone'),
    'partnership-board': withheld,
  },
  PersonDetailsCorrected: { publicType: 'person.details-corrected', follows: 'corrects' },
  MembershipBegan: {
    publicType: 'membership.began',
    household: true,
    author: withheld,
    referrer: withheld,
    'safeguarding-hub': content(...household),
    'childrens-centre': content(...household),
    'health-visiting': content(...household),
    'partnership-board': withheld,
  },
  AddressChanged: {
    publicType: 'address.changed',
    household: true,
    author: withheld,
    referrer: withheld,
    'safeguarding-hub': content(...moved),
    'childrens-centre': content(...moved),
    'health-visiting': content(...moved),
    'partnership-board': withheld,
  },
  AddressCorrected: { publicType: 'address.corrected', follows: 'corrects' },
  MembershipEnded: {
    publicType: 'membership.ended',
    household: true,
    author: withheld,
    referrer: withheld,
    'safeguarding-hub': content('personId', 'organisation'),
    'childrens-centre': content('personId', 'organisation'),
    'health-visiting': content('personId', 'organisation'),
    'partnership-board': withheld,
  },
  RelationshipRecorded: {
    publicType: 'relationship.recorded',
    household: true,
    author: withheld,
    referrer: withheld,
    'safeguarding-hub': content(...relationship),
    'childrens-centre': content(...relationship),
    'health-visiting': content(...relationship),
    'partnership-board': withheld,
  },
  RecordWithdrawn: { publicType: 'record.withdrawn', follows: 'withdraws' },

  // ── Public reference data ───────────────────────────────────────────────────────────────────────
  OrganisationRecorded: {
    publicType: 'organisation.recorded',
    reaches: 'directory',
    author: withheld,
    referrer: withheld,
    'safeguarding-hub': content('organisationId', 'name', 'recipients', 'telephone'),
    'childrens-centre': content('organisationId', 'name', 'recipients', 'telephone'),
    'health-visiting': content('organisationId', 'name', 'recipients', 'telephone'),
    'partnership-board': content('organisationId', 'name', 'recipients'),
  },
  PlaceRecorded: {
    publicType: 'place.recorded',
    reaches: 'directory',
    author: withheld,
    referrer: withheld,
    'safeguarding-hub': content('placeId', 'organisationId', 'name', 'cluster', 'district'),
    'childrens-centre': content('placeId', 'organisationId', 'name', 'cluster', 'district'),
    'health-visiting': content('placeId', 'organisationId', 'name', 'cluster', 'district'),
    'partnership-board': content('placeId', 'organisationId', 'name', 'cluster', 'district'),
  },

  // ── Children's centres: another centre learns when, the health visitor that a centre is involved ──
  CentreRegistrationBegan: {
    publicType: 'registration.began',
    involvement: 'begins',
    author: content('provider', 'placeId', 'recordedBy'),
    referrer: withheld,
    'safeguarding-hub': content('provider', 'placeId', 'organisation'),
    'childrens-centre': notice,
    'health-visiting': existence,
    'partnership-board': withheld,
  },
  CentreRegistrationEnded: {
    publicType: 'registration.ended',
    involvement: 'ends',
    author: content('reason', 'recordedBy'),
    referrer: withheld,
    'safeguarding-hub': content('reason', 'organisation'),
    'childrens-centre': notice,
    'health-visiting': existence,
    'partnership-board': withheld,
  },
  SessionAttended: {
    publicType: 'session.attended',
    reaches: 'people',
    author: content('personIds', 'activity', 'placeId', 'note', 'recordedBy'),
    referrer: withheld,
    'safeguarding-hub': content('personIds', 'activity', 'placeId', 'organisation'),
    'childrens-centre': withheld,
    'health-visiting': content('personIds', 'organisation'),
    'partnership-board': withheld,
  },
  ChildNotBrought: {
    publicType: 'child.not-brought',
    reaches: 'people',
    author: content('childId', 'activity', 'placeId', 'note', 'recordedBy'),
    referrer: withheld,
    'safeguarding-hub': content('childId', 'activity', 'placeId', 'organisation'),
    'childrens-centre': withheld,
    'health-visiting': content('childId', 'organisation'),
    'partnership-board': withheld,
  },

  // ── Health visiting: a centre learns that a health visitor is involved ────────────────────────────
  CaseloadBegan: {
    publicType: 'caseload.began',
    involvement: 'begins',
    author: content('trust', 'recordedBy'),
    referrer: withheld,
    'safeguarding-hub': content('trust', 'organisation'),
    'childrens-centre': existence,
    'health-visiting': content('trust', 'organisation'),
    'partnership-board': withheld,
  },
  CaseloadEnded: {
    publicType: 'caseload.ended',
    involvement: 'ends',
    author: content('reason', 'recordedBy'),
    referrer: withheld,
    'safeguarding-hub': content('reason', 'organisation'),
    'childrens-centre': existence,
    'health-visiting': content('reason', 'organisation'),
    'partnership-board': withheld,
  },
  ReviewDue: {
    publicType: 'review.due',
    reaches: 'people',
    author: content('childId', 'review', 'dueWeek', 'dueOn'),
    referrer: withheld,
    'safeguarding-hub': withheld,
    'childrens-centre': withheld,
    'health-visiting': content('childId', 'review', 'dueWeek', 'dueOn', 'organisation'),
    'partnership-board': withheld,
  },
  ReviewHeld: {
    publicType: 'review.held',
    reaches: 'people',
    author: content('childId', 'review', 'place', 'note', 'recordedBy'),
    referrer: withheld,
    'safeguarding-hub': content('childId', 'review', 'place', 'organisation'),
    'childrens-centre': withheld,
    'health-visiting': content('childId', 'review', 'place', 'organisation'),
    'partnership-board': withheld,
  },
  ReviewMissed: {
    publicType: 'review.missed',
    reaches: 'people',
    author: content('childId', 'review', 'reason', 'note', 'recordedBy'),
    referrer: withheld,
    'safeguarding-hub': content('childId', 'review', 'reason', 'organisation'),
    'childrens-centre': withheld,
    'health-visiting': content('childId', 'review', 'reason', 'organisation'),
    'partnership-board': withheld,
  },

  // ── Referrals to the hub: whoever asked hears what became of it ───────────────────────────────────
  ReferralRaised: {
    publicType: 'referral.raised',
    involvement: 'begins',
    author: content(...raised, 'recordedBy'),
    referrer: content(...raised),
    'safeguarding-hub': content(...raised),
    'childrens-centre': notice,
    'health-visiting': existence,
    'partnership-board': withheld,
  },
  ReferralAcknowledged: {
    publicType: 'referral.acknowledged',
    involvement: 'continues',
    author: content('contactId'),
    referrer: content('contactId'),
    'safeguarding-hub': content('contactId'),
    'childrens-centre': notice,
    'health-visiting': existence,
    'partnership-board': withheld,
  },
  ReferralAccepted: {
    publicType: 'referral.accepted',
    involvement: 'continues',
    author: content('outcomes'),
    referrer: content('outcomes'),
    'safeguarding-hub': content('outcomes'),
    'childrens-centre': notice,
    'health-visiting': existence,
    'partnership-board': withheld,
  },
  ReferralReturned: {
    publicType: 'referral.returned',
    involvement: 'continues',
    author: content('outcomes', 'reason'),
    referrer: content('outcomes', 'reason'),
    'safeguarding-hub': content('outcomes', 'reason'),
    'childrens-centre': notice,
    'health-visiting': existence,
    'partnership-board': withheld,
  },
  ReferrerTold: {
    publicType: 'referral.referrer-told',
    involvement: 'continues',
    author: content('contactId'),
    referrer: content('contactId'),
    'safeguarding-hub': content('contactId'),
    'childrens-centre': notice,
    'health-visiting': existence,
    'partnership-board': withheld,
  },
  ReferralClosed: {
    publicType: 'referral.closed',
    involvement: 'ends',
    author: content('contactId'),
    referrer: content('contactId'),
    'safeguarding-hub': content('contactId'),
    'childrens-centre': notice,
    'health-visiting': existence,
    'partnership-board': withheld,
  },

  // ── Contacts at the front door: the caller's details stay with the hub that took them ─────────────
  ContactReceived: {
    publicType: 'contact.received',
    involvement: 'begins',
    author: content(...received, 'callerDetails', 'recordedBy'),
    referrer: content('reference', 'referralId'),
    'safeguarding-hub': content(...received),
    'childrens-centre': existence,
    'health-visiting': notice,
    'partnership-board': withheld,
  },
  ContactLinked: {
    publicType: 'contact.linked',
    involvement: 'continues',
    author: content('childIds', 'recordedBy'),
    referrer: notice,
    'safeguarding-hub': content('childIds'),
    'childrens-centre': existence,
    'health-visiting': notice,
    'partnership-board': withheld,
  },
  ContactRated: {
    publicType: 'contact.rated',
    involvement: 'continues',
    author: content('rating', 'reason', 'recordedBy'),
    referrer: withheld,
    'safeguarding-hub': content('rating', 'reason'),
    'childrens-centre': existence,
    'health-visiting': withheld,
    'partnership-board': withheld,
  },
  ContactRerated: {
    publicType: 'contact.rerated',
    involvement: 'continues',
    author: content('rating', 'previous', 'reason', 'recordedBy'),
    referrer: withheld,
    'safeguarding-hub': content('rating', 'previous', 'reason'),
    'childrens-centre': existence,
    'health-visiting': withheld,
    'partnership-board': withheld,
  },
  ContactDecided: {
    publicType: 'contact.decided',
    involvement: 'continues',
    author: content('outcomes', 'rationale', 'decidedBy', 'returnReason', 'recordedBy'),
    referrer: content('outcomes', 'returnReason'),
    'safeguarding-hub': content('outcomes', 'rationale', 'decidedBy'),
    'childrens-centre': existence,
    'health-visiting': content('outcomes'),
    'partnership-board': withheld,
  },
  FeedbackGiven: {
    publicType: 'contact.feedback-given',
    involvement: 'ends',
    author: content('channel', 'words', 'recordedBy'),
    referrer: content('channel', 'words'),
    'safeguarding-hub': content('channel', 'words'),
    'childrens-centre': existence,
    'health-visiting': notice,
    'partnership-board': withheld,
  },
  ContactRecordedInError: {
    publicType: 'contact.recorded-in-error',
    involvement: 'ends',
    author: content('reason', 'recordedBy'),
    referrer: notice,
    'safeguarding-hub': content('reason'),
    'childrens-centre': existence,
    'health-visiting': notice,
    'partnership-board': withheld,
  },
} as const satisfies DisclosureTable;

/** The version every feed row names. A new one is switched on by an event and acts forward only. */
export const disclosureVersion = 1;

/** What a relationship lets an audience see of what happened before it began; the household itself in full. */
export const gradeOfHistory = {
  'safeguarding-hub': 'content',
  'childrens-centre': 'content',
  'health-visiting': 'notice',
  'partnership-board': 'withheld',
} as const;
