import type { CommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { EnvelopeField } from '@common-thread/disclosure/disclosure-table';
import {
  FAMILY_SHARED,
  INVOLVEMENT_BEGAN,
  INVOLVEMENT_ENDED,
} from '@common-thread/disclosure/public-events';

/*
 * What each event and field means, for people who read the catalogue and for the descriptions in the
 * schemas. Complete: an event or field without words does not compile.
 */

type EventType = CommonThreadEvent['type'];
type FieldsOf<Event> = Event extends { readonly data: infer Data } ? keyof Data & string : never;
type Field = FieldsOf<CommonThreadEvent> | EnvelopeField;
type FieldOfEvent = {
  [Type in EventType]: `${Type}/${FieldsOf<Extract<CommonThreadEvent, { type: Type }>>}`;
}[EventType];

const events: Readonly<Record<EventType, string>> = {
  PersonRegistered:
    'A child, an unborn child or an adult is recorded for the first time, with what is known of them.',
  ChildBorn:
    'A child recorded before birth has been born, with what is known of the child from then on.',
  PersonDetailsCorrected:
    'Details of a person were wrong as they were recorded; these are right. Only what changed is given.',
  MembershipBegan:
    'A person belongs to a family from this day, at this address. The same child may belong to two.',
  AddressChanged: 'A member of a family lives at another address from this day.',
  AddressCorrected: 'The address of a member of a family was wrong as it was recorded.',
  MembershipEnded: 'A person no longer belongs to a family from this day.',
  RelationshipRecorded:
    'How one member of a family is related to another, and whether with parental responsibility.',
  RecordWithdrawn:
    'An earlier record was made in error and no longer counts. Everyone who was told of it is told so.',
  FamilyRestricted:
    'Nobody but a hub may know that this family is known. Everybody else is told of a withdrawal.',
  RestrictionReviewed: 'Somebody asked whether the restriction is still needed, and it is.',
  RestrictionLifted: 'The family’s record is restricted no longer.',
  SharingDecided:
    'A hub has shared something of a family with another agency: why, with or without consent, in what words.',
  SharingDeclined: 'A hub has decided not to share something of a family with another agency.',
  ViewsRecorded: 'Whether parents or child know what is shared, and what they say to it.',
  ConsentRecorded:
    'A family lets these organisations tell each other of it. A row that rests on it names it as its ground.',
  ConsentWithdrawn:
    'Nothing more is told under the consent, and nothing that rests on it is opened.',
  AddressMadeConfidential:
    'Where the family lives is shown to nobody but a hub with the matter in hand. Ask nobody for it.',
  AddressConfidentialityEnded: 'Where the family lives is confidential no longer.',
  AgreementSigned:
    'Organisations have agreed what they tell each other, why and on what basis. Told in no feed.',
  AgreementTookEffect: 'What they agreed is in force from the next event on.',
  AgreementNarrowed: 'A new version of an agreement, which shares less, is in force.',
  AgreementEnded:
    'Nothing more is told under the agreement, and nothing that rests on it is opened.',
  GlassBroken:
    'Somebody at a hub went past a restriction in an emergency, to one family and for a while. Told in no feed.',
  GlassEnded: 'Nothing more is opened under it.',
  GlassReviewed: 'Somebody else has said whether it was right.',
  LegalHoldPlaced:
    'Nothing recorded of this person may be destroyed for now, whatever its retention says.',
  LegalHoldLifted: 'That ground to keep everything is over.',
  ShreddingProposed:
    'An officer proposes that one organisation’s holding of a person’s records ends, as recorded by then.',
  ShreddingConfirmed:
    'Another officer agreed. The keys that nobody else may hold are destroyed, and what they sealed is erased.',
  ShreddingDeclined: 'The proposal is not followed.',
  TableSwitched:
    'Another version of the disclosure table is in force from the next event on. Told in no feed.',
  PastRedisclosed:
    'What may be told by now of what was recorded under some versions is told. Told in no feed itself.',
  PastWithdrawn:
    'What the table no longer lets be told is withdrawn from all who were told. Told in no feed itself.',
  OrganisationRecorded: 'An organisation takes part, or its public details have changed.',
  PlaceRecorded:
    'A centre exists, in this cluster and district, or its public details have changed.',
  CentreRegistrationBegan: 'A family is on the books of one provider’s centre from this day.',
  CentreRegistrationEnded: 'A family is no longer on the books of the centre from this day.',
  SessionAttended: 'Members of a family came to a session at a centre.',
  ChildNotBrought: 'A child was expected at a session, and nobody brought the child.',
  CaseloadBegan: 'A health visiting team looks after a family from this day.',
  CaseloadEnded: 'The health visiting team no longer looks after the family from this day.',
  ReviewDue: 'A review that every child is offered is due for this child.',
  ReviewHeld: 'A review that every child is offered was held.',
  ReviewMissed: 'A review that every child is offered did not take place.',
  ReferralRaised: 'An agency asks the safeguarding hub to help children of a family.',
  ReferralAcknowledged: 'The hub has the referral and has opened a contact for it.',
  ReferralAccepted: 'Children’s social care takes on what was referred.',
  ReferralReturned: 'What was referred is not taken on; the reason is given.',
  ReferrerTold: 'Whoever referred has been told what became of it, in words.',
  ReferralClosed: 'Nothing more is to come of the referral.',
  ContactReceived:
    'Something about a child reached the hub’s front door: a referral, a call, a notice, a request.',
  ContactLinked: 'The hub has established which children of which family a contact is about.',
  AnonymityRequested:
    'Whoever got in touch, a member of the public, asked that nobody be told who they are.',
  ContactRated: 'The hub has rated how soon it must act on a contact.',
  ContactRerated: 'The hub has changed that rating as more became known.',
  ContactDecided: 'A manager at the hub has decided what happens on a contact.',
  FeedbackGiven:
    'Whoever got in touch has been told the outcome; the matter is no longer in hand at the hub.',
  ContactRecordedInError: 'The hub closes a contact that should not have been recorded.',
};

const fields: Readonly<Record<Field, string>> = {
  activity: 'What the session was',
  agency: 'With whom, by kind of agency',
  agreementVersion: 'The version of the agreement: 1 as signed, one more with each narrowing',
  insteadOf: 'The version of the disclosure table that was in force until then',
  signedBy: 'Who signed: the organisation and the post',
  kinds: 'The kinds of fact that are meant',
  recordedUnder: 'The versions of the disclosure table under which what is meant was recorded',
  tableVersion: 'The version of the disclosure table',
  address: 'Where the person lives as a member of this family',
  authority: 'The authority whose child id this is, by its three-digit DfE code',
  authorityChildId: 'The id that the authority’s own system gives the child',
  because: 'Why it is not shared',
  callerDetails: 'Who got in touch and how to reach them',
  channel: 'How it came, or how it was told',
  childId: 'The child',
  childIds: 'The children it is about',
  cluster: 'The cluster of centres it is coordinated with',
  concern: 'What the worry is',
  consent: 'Whether somebody consented',
  consentId: 'The consent',
  contactId: 'The contact that answers the referral',
  content: 'Kinds of fact of which the fields are told',
  corrects: 'The record that is corrected',
  dateOfBirth: 'Date of birth',
  decidedBy: 'The manager whose decision it is, by opaque id',
  describedAs: 'Who it is about, in the caller’s words, until somebody is matched',
  district: 'The district whose clusters it belongs to',
  dueOn: 'The day by which it is due: it gives the date of birth away',
  dueWeek:
    'The week by whose end it is due, such as 2026-W07: coarse, so that it may stand in clear',
  endedBy: 'The party that ended it',
  ending: 'Whether its time passed, or somebody ended it before',
  existence: 'Kinds of fact of which is told that a service is involved, and no event',
  expectedDate: 'The day on which an unborn child is expected',
  familyId: 'The family',
  familyName: 'Family name',
  from: 'The recipient that asks',
  givenName: 'Given name',
  ground: 'Why the record is restricted',
  groundNotInformed: 'Why the parents have not been told',
  holder: 'The organisation whose time to keep the records is over',
  groundOverridden: 'On what ground it is shared without consent',
  hub: 'The safeguarding hub that holds the contact',
  informed: 'Whether they know, and what they said',
  kind: 'Whether a child, an unborn child or an adult',
  knownAs: 'The name the person goes by',
  lawfulBases: 'The bases and conditions in law on which it is shared',
  level: 'Level of need, as the referrer sees it',
  name: 'The name by which it is known to the public',
  minutes: 'For how many minutes it was granted',
  need: 'Primary need',
  nhsNumber: 'NHS number',
  notice: 'Kinds of fact of which type and dates are told',
  note: 'What the worker noted',
  organisation: 'The organisation that recorded it',
  organisationId: 'The organisation',
  outcome: 'Whether it was right',
  outcomes: 'What was decided; several may hold at once',
  parentalResponsibility: 'Whether the person has parental responsibility for the related person',
  parentsInformed: 'Whether the parents know of the referral and what they said',
  parties: 'The organisations that tell each other',
  personId: 'The person',
  personIds: 'The people it is about',
  place: 'Where it was held',
  placeId: 'The centre',
  position: 'What the person is in this family',
  postcode: 'Postcode of that address',
  previous: 'The rating before',
  proposalId: 'The proposal that is answered',
  provider: 'The provider of the centre',
  purpose: 'What it is shared for',
  rating: 'How soon the hub must act',
  rationale: 'Why it was decided so',
  reason: 'Why',
  recordClasses: 'The kinds of record it is about',
  recipient: 'The recipient, where it is one that takes part',
  recipients: 'The recipients it acts as',
  recordedBy: 'Who recorded it, by opaque id',
  reference: 'What people quote on the telephone, such as CT-4F7K-29QD',
  referralId: 'The referral that opened the contact',
  referrer: 'The recipient that asked, where it is one of ours',
  referrerContact: 'Name and telephone number of the worker to ring',
  relatedPersonId: 'The person they are related to',
  relationship: 'What the person is to the related person',
  returnReason: 'Why the referral behind it is returned',
  review: 'Which of the five reviews',
  reviewOn: 'The day by which the need is looked at again',
  role: 'The role in which it was recorded',
  safeContact: 'How the family may be reached safely',
  sex: 'Sex, U where it is not known or the child is unborn',
  signatories: 'Who signed for each party, by post',
  source: 'Who got in touch, as the children in need census codes it',
  speakTo: 'The post to speak to about the family',
  statement: 'Whether it was witnessed, reported by somebody or is an opinion',
  supportTried: 'What has been tried and what came of it',
  takesBack: 'Whether what was told beyond it is withdrawn',
  takesBackAtExpiry: 'Whether what was told under it is withdrawn after its last day',
  telephone: 'Number to ring',
  to: 'The hub that is asked',
  trust: 'The health trust whose team it is',
  until: 'The last day in force',
  whose: 'Who said so',
  withdraws: 'The record that is withdrawn',
  words: 'What the referrer was told',
  worker: 'Whose act it was, by opaque id',
};

/** Where a field of one event says more than its name does elsewhere. */
const ofEvent: Readonly<Partial<Record<FieldOfEvent, string>>> = {
  'AgreementEnded/reason': 'Why it ended',
  'AgreementNarrowed/reason': 'Why less is shared',
  'GlassBroken/reason': 'Why it could not wait',
  'AddressConfidentialityEnded/reason': 'Why it is confidential no longer',
  'AddressMadeConfidential/ground': 'Why it is confidential',
  'AgreementSigned/from': 'The first day in force',
  'CaseloadEnded/reason': 'Why the family left the caseload',
  'CentreRegistrationEnded/reason': 'Why the registration ended',
  'ConsentRecorded/content': 'Kinds of fact that they may tell each other',
  'ConsentRecorded/hub': 'The hub that recorded it',
  'ConsentRecorded/parties': 'The organisations that may tell each other',
  'ConsentRecorded/words': 'What was asked and what was said',
  'ContactRated/reason': 'Why it is rated so',
  'ContactRecordedInError/reason': 'What kind of error it was',
  'ContactRerated/reason': 'Why the rating changed',
  'LegalHoldLifted/ground': 'What had kept the records',
  'LegalHoldPlaced/ground': 'What keeps the records',
  'ShreddingDeclined/reason': 'Why it is not followed',
  'ShreddingProposed/ground': 'Why the records are to be destroyed',
  'FeedbackGiven/channel': 'How the referrer was told',
  'ContactReceived/channel': 'How it reached the hub',
  'OrganisationRecorded/telephone': 'The number to ring, as it is printed',
  'PastRedisclosed/from': 'The first day on which what is meant was recorded',
  'PastRedisclosed/reason': 'Why it is told by now',
  'PastRedisclosed/recipients': 'The recipients that are meant',
  'PastRedisclosed/until': 'The last day on which what is meant was recorded',
  'PastWithdrawn/reason': 'Why it is taken back',
  'PastWithdrawn/recipients': 'The recipients that are meant',
  'RecordWithdrawn/reason': 'What kind of error it was',
  'SharingDecided/channel': 'How it was sent',
  'SharingDecided/hub': 'The hub that shared it',
  'SharingDecided/words': 'Exactly what was sent',
  'SharingDeclined/hub': 'The hub that decided it',
  'ViewsRecorded/hub': 'The hub that recorded it',
  'ViewsRecorded/words': 'What they said',
  'ReferralReturned/reason': 'Why the hub returns it',
  'ReviewMissed/reason': 'Why it did not take place',
};

const byNobody: Readonly<Record<string, string>> = {
  [FAMILY_SHARED]: 'The family is shared with you from now on.',
  [INVOLVEMENT_BEGAN]: 'Another service is involved with the family. What it does is not told.',
  [INVOLVEMENT_ENDED]: 'That service is no longer involved with the family.',
};

/** @throws for an event nobody declared */
export function meaningOfEvent(type: string): string {
  return wordsFor(events, type);
}

/** @param eventType the event whose field it is */
export function meaningOfField(eventType: string, field: string): string {
  const own: Readonly<Record<string, string>> = ofEvent;
  return own[`${eventType}/${field}`] ?? wordsFor(fields, field);
}

/** @param dottedName of a type that no event gives its name to: `involvement.began` */
export function meaningOfPublicType(dottedName: string): string {
  return wordsFor(byNobody, dottedName);
}

function wordsFor(list: Readonly<Record<string, string>>, name: string): string {
  const words = list[name];
  if (words === undefined) throw new Error(`the catalogue has no words for ${name}`);
  return words;
}
