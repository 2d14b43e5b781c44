import { everybodyAgreed, ofAgreements } from './agreement-samples.js';
import { ofGlass } from './glass-samples.js';
import { ofErasure } from './erasure-samples.js';
import { ofNeedToKnow } from './need-to-know-samples.js';
import { ofTheTable } from './table-samples.js';
import type { Happening } from './happening.js';
import { organisationOf, organisations, recipients } from './places.js';
import type { Step } from './sample-steps.js';
import { box, boxes, CENTRE, F, HUB, id, P, Q, raised, TRUST } from './sample-steps.js';

/*
 * For each event type a history of one family that ends with an event of it holding every field, watched
 * by one entitled recipient of each audience.
 */

export const watchers = {
  'safeguarding-hub': 'north-hub.safeguarding-hub',
  'childrens-centre': 'oak-centres.childrens-centre',
  'health-visiting': 'west-trust.health-visiting',
  'partnership-board': 'county-board.partnership-board',
} as const;

const registration = (owner: string, name: string): Step => [
  'CentreRegistrationBegan',
  `registration-${id(name)}`,
  { owner, family: F, data: { familyId: F, provider: owner, placeId: 'elm-lane' } },
];
const caseload = (owner: string, name: string): Step => [
  'CaseloadBegan',
  `caseload-${id(name)}`,
  { owner, family: F, data: { familyId: F, trust: owner } },
];
const contact = (owner: string, name: string, known: boolean): Step => [
  'ContactReceived',
  `contact-${id(name)}`,
  {
    owner,
    referrer: CENTRE,
    people: known ? [P] : [],
    ...(known ? { family: F } : {}),
    data: {
      hub: owner,
      channel: 'phone',
      source: '3A',
      reference: 'CT-4F7K-29QD',
      referrer: CENTRE,
      need: 'N1',
      ...(known ? { familyId: F, childIds: [P] } : {}),
      ...boxes('concern', 'describedAs', 'callerDetails'),
    },
  },
];
const person: Step = [
  'PersonRegistered',
  `person-${P}`,
  {
    people: [P],
    data: {
      personId: P,
      kind: 'child',
      sex: 'F',
      authority: '891',
      ...boxes('givenName', 'familyName', 'knownAs', 'dateOfBirth', 'expectedDate'),
      ...boxes('nhsNumber', 'telephone', 'authorityChildId'),
    },
  },
];
const member = (personId: string): Step => [
  'MembershipBegan',
  `membership-${id(`membership of ${personId}`)}`,
  {
    family: F,
    people: [personId],
    data: { familyId: F, personId, position: 'child', ...boxes('address', 'postcode') },
  },
];
const began = registration(CENTRE, 'registration');
const tookOn = caseload(TRUST, 'caseload');
const terms = { ground: 'high-risk', authority: 'director', speakTo: 'hub-manager' };
const reviewOn = '2026-03-01';
const restricted: Step = [
  'FamilyRestricted',
  `restriction-${F}`,
  { owner: HUB, family: F, data: { familyId: F, hub: HUB, ...terms, reviewOn } },
];
const received = contact(HUB, 'contact', true);
const unlinked = contact(HUB, 'unlinked contact', false);
/** A later event of the stream a step began. */
const then = (
  [, streamId, { data: _, people: __, ...facts }]: Step,
  type: Happening['type'],
  data: Record<string, unknown>,
  named: readonly string[] = [],
): Step => [type, streamId, { ...facts, people: named, data }];
const session = { activity: 'stay-and-play', placeId: 'elm-lane', note: box('note') };
const review = { childId: P, review: 'one-year' };
const contactId = id('answering contact');

/** What leads to each event, ending with it. */
const paths: Readonly<Record<string, readonly Step[]>> = {
  PersonRegistered: [person],
  ChildBorn: [
    person,
    then(
      person,
      'ChildBorn',
      {
        personId: P,
        sex: 'F',
        ...boxes('givenName', 'familyName', 'knownAs', 'dateOfBirth', 'nhsNumber', 'telephone'),
      },
      [P],
    ),
  ],
  MembershipBegan: [member(id('newcomer'))],
  AddressChanged: [
    then(member(P), 'AddressChanged', { personId: P, ...boxes('address', 'postcode') }, [P]),
  ],
  MembershipEnded: [then(member(P), 'MembershipEnded', { personId: P }, [P])],
  RelationshipRecorded: [
    [
      'RelationshipRecorded',
      `family-${F}`,
      {
        family: F,
        people: [P, Q],
        data: {
          familyId: F,
          personId: P,
          relatedPersonId: Q,
          relationship: 'sibling',
          parentalResponsibility: false,
        },
      },
    ],
  ],
  OrganisationRecorded: [
    [
      'OrganisationRecorded',
      'organisation-another',
      {
        data: {
          organisationId: 'another',
          name: 'Another',
          recipients: [],
          telephone: '01632 960000',
        },
      },
    ],
  ],
  PlaceRecorded: [
    [
      'PlaceRecorded',
      'place-elm-lane',
      {
        data: {
          placeId: 'elm-lane',
          organisationId: 'elm-centres',
          name: 'Elm Lane',
          cluster: 'north',
          district: 'elmside',
        },
      },
    ],
  ],
  CentreRegistrationBegan: [began],
  CentreRegistrationEnded: [
    began,
    then(began, 'CentreRegistrationEnded', { reason: 'moved-away' }),
  ],
  SessionAttended: [began, then(began, 'SessionAttended', { personIds: [P], ...session }, [P])],
  ChildNotBrought: [began, then(began, 'ChildNotBrought', { childId: P, ...session }, [P])],
  CaseloadBegan: [tookOn],
  CaseloadEnded: [tookOn, then(tookOn, 'CaseloadEnded', { reason: 'moved-out' })],
  ReviewDue: [
    tookOn,
    then(tookOn, 'ReviewDue', { ...review, dueWeek: '2026-W20', ...boxes('dueOn') }, [P]),
  ],
  ReviewHeld: [
    tookOn,
    then(tookOn, 'ReviewHeld', { ...review, place: 'home', ...boxes('note') }, [P]),
  ],
  ReviewMissed: [
    tookOn,
    then(tookOn, 'ReviewMissed', { ...review, reason: 'declined', ...boxes('note') }, [P]),
  ],
  FamilyRestricted: [restricted],
  RestrictionReviewed: [
    restricted,
    then(restricted, 'RestrictionReviewed', { authority: 'director', reviewOn }),
  ],
  RestrictionLifted: [
    restricted,
    then(restricted, 'RestrictionLifted', { reason: 'no-longer-needed' }),
  ],
  ...ofNeedToKnow,
  ...ofAgreements,
  ...ofGlass,
  ...ofErasure,
  ...ofTheTable,
  ReferralRaised: [raised],
  ReferralAcknowledged: [raised, then(raised, 'ReferralAcknowledged', { contactId })],
  ReferralAccepted: [raised, then(raised, 'ReferralAccepted', { outcomes: ['new-referral'] })],
  ReferralReturned: [
    raised,
    then(raised, 'ReferralReturned', { outcomes: [], reason: 'duplicate' }),
  ],
  ReferrerTold: [raised, then(raised, 'ReferrerTold', { contactId })],
  ReferralClosed: [raised, then(raised, 'ReferralClosed', { contactId })],
  ContactReceived: [received],
  AnonymityRequested: [received, then(received, 'AnonymityRequested', { source: '1B' })],
  ContactLinked: [
    unlinked,
    [
      'ContactLinked',
      unlinked[1],
      {
        owner: HUB,
        referrer: CENTRE,
        family: F,
        people: [P],
        data: { familyId: F, childIds: [P] },
      },
    ],
  ],
  ContactRated: [received, then(received, 'ContactRated', { rating: 'red', ...boxes('reason') })],
  ContactRerated: [
    received,
    then(received, 'ContactRerated', { rating: 'red', previous: 'blue', ...boxes('reason') }),
  ],
  ContactDecided: [
    received,
    then(received, 'ContactDecided', {
      outcomes: ['advice'],
      decidedBy: 'm-1',
      returnReason: 'duplicate',
      ...boxes('rationale'),
    }),
  ],
  FeedbackGiven: [
    received,
    then(received, 'FeedbackGiven', { channel: 'phone', ...boxes('words') }),
  ],
  ContactRecordedInError: [
    received,
    then(received, 'ContactRecordedInError', { reason: 'duplicate' }),
  ],
};

export const sampledTypes = Object.keys(paths);

/** The history that ends with an event of this type. */
export function historyTo(type: string): readonly Happening[] {
  const recorded = organisations.map((organisationId): Step => [
    'OrganisationRecorded',
    `organisation-${organisationId}`,
    {
      data: {
        organisationId,
        name: organisationId,
        recipients: recipients
          .map((r) => r.id)
          .filter((r) => organisationOf(r) === organisationId),
      },
    },
  ]);
  const watched: Step[] = [
    member(P),
    member(Q),
    contact(watchers['safeguarding-hub'], 'watching', true),
    registration(watchers['childrens-centre'], 'watching'),
    caseload(watchers['health-visiting'], 'watching'),
  ];
  return [...recorded, ...everybodyAgreed, ...watched, ...paths[type]!].map(
    ([eventType, streamId, facts], nth) => ({
      id: id(`event ${nth} of ${type}`),
      serial: nth + 1,
      type: eventType,
      streamId,
      people: [],
      data: {},
      occurred: nth,
      recorded: nth,
      ...facts,
    }),
  );
}
