import type { EventShape, EventShapes } from '@common-thread/eventing/event-shapes';
import { peopleFields, personal, personalFields } from '@common-thread/eventing/event-shapes';
import Type from 'typebox';
import { contexts } from './event-catalogue.js';
import { PersonId, Slug, Uuid } from './identifiers.js';

/**
 * What may stand in the log in clear, field by field, written apart from the declarations: ids, codes,
 * dates of record, organisations and places. Whatever is not here must be sealed.
 */
const plain: Readonly<Record<string, readonly string[]>> = {
  PersonRegistered: ['personId', 'kind', 'sex', 'authority'],
  ChildBorn: ['personId', 'sex'],
  PersonDetailsCorrected: ['personId', 'corrects', 'sex'],
  MembershipBegan: ['familyId', 'personId', 'position'],
  AddressChanged: ['personId'],
  AddressCorrected: ['personId', 'corrects'],
  MembershipEnded: ['personId'],
  RelationshipRecorded: [
    'familyId',
    'personId',
    'relatedPersonId',
    'relationship',
    'parentalResponsibility',
  ],
  OrganisationRecorded: ['organisationId', 'name', 'recipients', 'telephone'],
  PlaceRecorded: ['placeId', 'organisationId', 'name', 'cluster', 'district'],
  CentreRegistrationBegan: ['familyId', 'provider', 'placeId'],
  CentreRegistrationEnded: ['reason'],
  SessionAttended: ['personIds', 'activity', 'placeId'],
  ChildNotBrought: ['childId', 'activity', 'placeId'],
  CaseloadBegan: ['familyId', 'trust'],
  CaseloadEnded: ['reason'],
  ReviewDue: ['childId', 'review', 'dueWeek'],
  ReviewHeld: ['childId', 'review', 'place'],
  ReviewMissed: ['childId', 'review', 'reason'],
  ReferralRaised: [
    'familyId',
    'childIds',
    'from',
    'to',
    'reference',
    'need',
    'level',
    'statement',
    'parentsInformed',
    'groundNotInformed',
  ],
  FamilyRestricted: ['familyId', 'hub', 'ground', 'authority', 'speakTo', 'reviewOn'],
  RestrictionReviewed: ['authority', 'reviewOn'],
  RestrictionLifted: ['reason'],
  AgreementSigned: [
    'parties',
    'purpose',
    'lawfulBases',
    'content',
    'notice',
    'existence',
    'from',
    'until',
    'signatories',
    'takesBackAtExpiry',
  ],
  AgreementTookEffect: ['agreementVersion'],
  AgreementNarrowed: [
    'agreementVersion',
    'content',
    'notice',
    'existence',
    'reason',
    'signatories',
    'takesBack',
  ],
  AgreementEnded: ['reason', 'endedBy', 'takesBack'],
  GlassBroken: ['familyId', 'hub', 'worker', 'reason', 'minutes'],
  GlassEnded: ['ending'],
  GlassReviewed: ['outcome', 'worker'],
  LegalHoldPlaced: ['ground'],
  LegalHoldLifted: ['ground', 'reason'],
  ShreddingProposed: ['holder', 'recordClasses', 'ground'],
  ShreddingConfirmed: ['proposalId'],
  ShreddingDeclined: ['proposalId', 'reason'],
  TableSwitched: ['tableVersion', 'insteadOf', 'signedBy'],
  PastRedisclosed: [
    'tableVersion',
    'recordedUnder',
    'kinds',
    'recipients',
    'signedBy',
    'from',
    'until',
    'reason',
  ],
  PastWithdrawn: ['tableVersion', 'recordedUnder', 'kinds', 'recipients', 'signedBy', 'reason'],
  SharingDecided: [
    'familyId',
    'hub',
    'agency',
    'recipient',
    'channel',
    'consent',
    'groundOverridden',
  ],
  SharingDeclined: ['familyId', 'hub', 'agency', 'recipient', 'because'],
  ViewsRecorded: ['familyId', 'hub', 'whose', 'informed', 'groundNotInformed'],
  ConsentRecorded: ['familyId', 'hub', 'consentId', 'whose', 'parties', 'content'],
  ConsentWithdrawn: ['consentId', 'takesBack'],
  AddressMadeConfidential: ['familyId', 'ground'],
  AddressConfidentialityEnded: ['reason'],
  ReferralAcknowledged: ['contactId'],
  ReferralAccepted: ['outcomes'],
  ReferralReturned: ['outcomes', 'reason'],
  ReferrerTold: ['contactId'],
  ReferralClosed: ['contactId'],
  ContactReceived: [
    'hub',
    'channel',
    'source',
    'reference',
    'referrer',
    'referralId',
    'familyId',
    'childIds',
    'need',
  ],
  AnonymityRequested: ['source'],
  ContactLinked: ['familyId', 'childIds'],
  ContactRated: ['rating'],
  ContactRerated: ['rating', 'previous'],
  ContactDecided: ['outcomes', 'decidedBy', 'returnReason'],
  FeedbackGiven: ['channel'],
  ContactRecordedInError: ['reason'],
  RecordWithdrawn: ['withdraws', 'reason'],
};

/** Plain texts that are neither a code nor bound to a pattern; public, or an opaque id from a token. */
const worded = [
  'OrganisationRecorded/name',
  'OrganisationRecorded/telephone',
  'PlaceRecorded/name',
  'ContactDecided/decidedBy',
];

/** Every way in which the events of a context would let something personal out, a sentence each. */
function leaks(shapes: EventShapes): string[] {
  return Object.entries(shapes).flatMap(([type, shape]) => [
    ...unsealed(type, shape),
    ...unbound(type, shape),
    ...misplaced(type, shape),
  ]);
}

function unsealed(type: string, shape: EventShape): string[] {
  const sealed = personalFields(shape).map(({ field }) => field);
  const fields = Object.keys(shape.data.properties);
  const may = plain[type] ?? [];
  return [
    ...fields
      .filter((field) => !sealed.includes(field) && !may.includes(field))
      .map((field) => `${type}/${field} is neither personal nor known to be plain`),
    ...fields
      .filter((field) => sealed.includes(field) && may.includes(field))
      .map((field) => `${type}/${field} is personal and known to be plain`),
    ...may.filter((field) => !fields.includes(field)).map((field) => `${type} has no ${field}`),
  ];
}

/** A plain text without a pattern or list of codes could hold anything anyone types. */
function unbound(type: string, shape: EventShape): string[] {
  const sealed = personalFields(shape).map(({ field }) => field);
  return Object.entries(shape.data.properties)
    .filter(([field]) => !sealed.includes(field) && !worded.includes(`${type}/${field}`))
    .filter(([, schema]) => holdsFreeText(schema))
    .map(([field]) => `${type}/${field} takes free text in clear`);
}

function holdsFreeText(schema: object): boolean {
  const items: unknown = Reflect.get(schema, 'items');
  if (typeof items === 'object' && items !== null) return holdsFreeText(items);
  const isText = Reflect.get(schema, 'type') === 'string';
  return isText && !('pattern' in schema) && !('enum' in schema);
}

function misplaced(type: string, shape: EventShape): string[] {
  const people = peopleFields(shape);
  const fields = Object.keys(shape.data.properties);
  const sealed = personalFields(shape).map(({ field }) => field);
  return [
    ...personalFields(shape)
      .filter(({ subject }) => subject !== 'stream' && !people.includes(subject))
      .map(
        ({ field, subject }) => `${type}/${field} is sealed for ${subject}, which names nobody`,
      ),
    ...fields
      .filter((field) => /(person|child)Ids?$/i.test(field) && !sealed.includes(field))
      .filter((field) => !people.includes(field))
      .map((field) => `${type}/${field} names people and does not say so`),
    ...(shape.targets !== undefined && !fields.includes(shape.targets)
      ? [`${type} targets ${shape.targets}, which it has not`]
      : []),
    ...(Reflect.get(shape.data, 'additionalProperties') === false
      ? []
      : [`${type} takes fields nobody declared`]),
  ];
}

describe('personal fields', () => {
  const all = Object.values(contexts);

  it('are sealed for somebody the event names, and nothing else is left to chance', () => {
    expect(all.flatMap(({ shapes }) => leaks(shapes))).toEqual([]);
  });

  it('are listed for every event and for none that is not', () => {
    const declared = new Set(all.flatMap(({ shapes }) => Object.keys(shapes)));
    expect(new Set(Object.keys(plain))).toEqual(declared);
  });

  it('from which another can be worked out stand beside a coarser plain one', () => {
    const inferable = all.flatMap(({ shapes }) =>
      Object.entries(shapes).flatMap(([type, shape]) =>
        personalFields(shape).flatMap((each) => (each.inferable ? [`${type}/${each.field}`] : [])),
      ),
    );
    expect(inferable).toEqual(['ReviewDue/dueOn']);
    expect(plain['ReviewDue']).toContain('dueWeek');
  });

  it('would be missed: each leak planted here is named', () => {
    const planted: EventShapes = {
      MembershipEnded: {
        version: 1,
        targets: 'withdraws',
        data: Type.Object({
          personId: PersonId,
          childId: Uuid,
          dateOfBirth: Type.String(),
          address: personal(Type.String(), 'placeId'),
          placeId: Slug,
        }),
      },
      ContactRated: {
        version: 1,
        data: Type.Object(
          { rating: Type.String(), reason: personal(Type.String(), 'stream') },
          { additionalProperties: false },
        ),
      },
    };
    expect(leaks(planted)).toEqual([
      'MembershipEnded/childId is neither personal nor known to be plain',
      'MembershipEnded/dateOfBirth is neither personal nor known to be plain',
      'MembershipEnded/placeId is neither personal nor known to be plain',
      'MembershipEnded/dateOfBirth takes free text in clear',
      'MembershipEnded/address is sealed for placeId, which names nobody',
      'MembershipEnded/childId names people and does not say so',
      'MembershipEnded targets withdraws, which it has not',
      'MembershipEnded takes fields nobody declared',
      'ContactRated/rating takes free text in clear',
    ]);
  });
});
