import type { CommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { FactKind } from '@common-thread/domain/code-lists';
import type { Column } from './disclosure-table.js';

/*
 * On what ground each cell of the disclosure table is told. A cell says how much at most; this says why at
 * all: because it is somebody's own record, because the law asks for it, or because an agreement in force
 * lets it. Beside an agreement nothing is presumed: without one in force such a cell tells nothing.
 */

/** Duties under which something is told without any agreement, each with its source. */
export const duties = {
  'ca-1989-s47':
    'Children Act 1989, section 47: help with enquiries into whether a child is at risk of significant harm',
  'ca-2004-s11':
    'Children Act 2004, section 11: regard to the need to safeguard and promote the welfare of children',
  'working-together':
    'Working Together to Safeguard Children, statutory guidance: whoever referred hears what was decided',
} as const;
export type Duty = keyof typeof duties;

export type CellGround =
  /** The recipient's own record. */
  | { readonly rests: 'own' }
  /** Public reference data. */
  | { readonly rests: 'public' }
  | { readonly rests: 'duty'; readonly duty: Duty }
  /** On an agreement in force, or a family's consent, between the recipient's organisation and the record's. */
  | { readonly rests: 'agreement' };

/** Kinds of fact that no agreement is about, beside those it may name. */
export type KindOfTelling = FactKind | 'reference' | 'protection' | 'shielding' | 'governance';

type Following<Data> = Data extends { corrects: string } | { withdraws: string } ? true : false;
type TypeWithCells = {
  [Event in CommonThreadEvent as Event['type']]: Following<Event['data']> extends true
    ? never
    : Event['type'];
}[CommonThreadEvent['type']];

/** The kind of fact each event is. A correction or withdrawal is of the kind of what it follows. */
export const kindOfEvent = {
  PersonRegistered: 'household',
  ChildBorn: 'household',
  MembershipBegan: 'household',
  AddressChanged: 'household',
  MembershipEnded: 'household',
  RelationshipRecorded: 'household',
  OrganisationRecorded: 'reference',
  PlaceRecorded: 'reference',
  CentreRegistrationBegan: 'registration',
  CentreRegistrationEnded: 'registration',
  SessionAttended: 'attendance',
  ChildNotBrought: 'attendance',
  CaseloadBegan: 'caseload',
  CaseloadEnded: 'caseload',
  ReviewDue: 'reviews',
  ReviewHeld: 'reviews',
  ReviewMissed: 'reviews',
  ReferralRaised: 'referral',
  ReferralAcknowledged: 'referral',
  ReferralAccepted: 'decision',
  ReferralReturned: 'decision',
  ReferrerTold: 'referral',
  ReferralClosed: 'referral',
  ContactReceived: 'contact',
  AnonymityRequested: 'contact',
  ContactLinked: 'contact',
  ContactRated: 'contact',
  ContactRerated: 'contact',
  ContactDecided: 'decision',
  // It ends what a contact began: the two are one kind, or an involvement would be told without its end.
  FeedbackGiven: 'contact',
  ContactRecordedInError: 'contact',
  FamilyRestricted: 'protection',
  RestrictionReviewed: 'protection',
  RestrictionLifted: 'protection',
  SharingDecided: 'protection',
  SharingDeclined: 'protection',
  ViewsRecorded: 'protection',
  ConsentRecorded: 'protection',
  ConsentWithdrawn: 'protection',
  AddressMadeConfidential: 'shielding',
  AddressConfidentialityEnded: 'shielding',
  AgreementSigned: 'governance',
  AgreementTookEffect: 'governance',
  AgreementNarrowed: 'governance',
  AgreementEnded: 'governance',
  GlassBroken: 'protection',
  GlassEnded: 'protection',
  GlassReviewed: 'protection',
  LegalHoldPlaced: 'governance',
  LegalHoldLifted: 'governance',
  ShreddingProposed: 'governance',
  ShreddingConfirmed: 'governance',
  ShreddingDeclined: 'governance',
  TableSwitched: 'governance',
  PastRedisclosed: 'governance',
  PastWithdrawn: 'governance',
} as const satisfies Readonly<Record<TypeWithCells, KindOfTelling>>;

const own = { rests: 'own' } as const;
const isPublic = { rests: 'public' } as const;
const agreement = { rests: 'agreement' } as const;
const duty = <D extends Duty>(code: D) => ({ rests: 'duty', duty: code }) as const;

const agreed = {
  author: own,
  referrer: duty('working-together'),
  'safeguarding-hub': agreement,
  'childrens-centre': agreement,
  'health-visiting': agreement,
  'partnership-board': agreement,
} as const;
/** What reaches the front door, and what becomes of it: a hub needs no leave to hear of that. */
const frontDoor = { ...agreed, 'safeguarding-hub': duty('ca-1989-s47') } as const;
const openToAll = {
  author: isPublic,
  referrer: isPublic,
  'safeguarding-hub': isPublic,
  'childrens-centre': isPublic,
  'health-visiting': isPublic,
  'partnership-board': isPublic,
} as const;

/** The ground of each cell: of a kind of fact, for a column. */
export const groundOfCell = {
  household: agreed,
  registration: agreed,
  attendance: agreed,
  caseload: agreed,
  reviews: agreed,
  referral: frontDoor,
  contact: frontDoor,
  decision: frontDoor,
  reference: openToAll,
  protection: { ...agreed, 'safeguarding-hub': duty('ca-2004-s11') },
  // Who is not told that an address is confidential may give it away.
  shielding: {
    ...agreed,
    'safeguarding-hub': duty('ca-2004-s11'),
    'childrens-centre': duty('ca-2004-s11'),
    'health-visiting': duty('ca-2004-s11'),
  },
  governance: agreed,
} as const satisfies Readonly<Record<KindOfTelling, Readonly<Record<Column, CellGround>>>>;
