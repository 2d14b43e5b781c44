/*
 * What each cell declares, kept by hand and apart from the disclosure table, so that a slip there is
 * caught here. A column that is not named is told nothing.
 */
const text = `
PersonRegistered
  hub: personId kind sex givenName familyName knownAs dateOfBirth expectedDate nhsNumber
    telephone authority authorityChildId
  centre: personId kind sex givenName familyName knownAs dateOfBirth expectedDate telephone
  health: personId kind sex givenName familyName knownAs dateOfBirth expectedDate nhsNumber
    telephone
ChildBorn
  hub: personId sex givenName familyName knownAs dateOfBirth nhsNumber telephone
  centre: personId sex givenName familyName knownAs dateOfBirth telephone
  health: personId sex givenName familyName knownAs dateOfBirth nhsNumber telephone
MembershipBegan
  hub centre health: personId position address postcode organisation
AddressChanged
  hub centre health: personId address postcode organisation
MembershipEnded
  hub centre health: personId organisation
RelationshipRecorded
  hub centre health: personId relatedPersonId relationship parentalResponsibility
FamilyRestricted
  author: hub ground authority speakTo reviewOn recordedBy
  hub: hub speakTo
RestrictionReviewed
  author: authority reviewOn recordedBy
RestrictionLifted
  author: reason recordedBy
  hub: notice
SharingDecided
  author: hub agency recipient channel consent groundOverridden reason words recordedBy
  hub: notice
SharingDeclined
  author: hub agency recipient because reason recordedBy
  hub: notice
ViewsRecorded
  author: hub whose informed groundNotInformed words recordedBy
  hub: notice
ConsentRecorded
  author: hub consentId whose parties content words recordedBy
  hub: notice
ConsentWithdrawn
  author: consentId takesBack recordedBy
  hub: notice
AddressMadeConfidential
  hub: ground organisation
  centre health: notice
AddressConfidentialityEnded
  hub: reason organisation
  centre health: notice
AgreementSigned
AgreementTookEffect
AgreementNarrowed
AgreementEnded
GlassBroken
GlassEnded
GlassReviewed
LegalHoldPlaced
LegalHoldLifted
ShreddingProposed
ShreddingConfirmed
ShreddingDeclined
TableSwitched
PastRedisclosed
PastWithdrawn
OrganisationRecorded
  hub centre health: organisationId name recipients telephone
  board: organisationId name recipients
PlaceRecorded
  hub centre health board: placeId organisationId name cluster district
CentreRegistrationBegan
  author: provider placeId recordedBy
  hub: provider placeId organisation
  centre: notice
  health: existence
CentreRegistrationEnded
  author: reason recordedBy
  hub: reason organisation
  centre: notice
  health: existence
SessionAttended
  author: personIds activity placeId note recordedBy
  hub: personIds activity placeId organisation
  health: personIds organisation
ChildNotBrought
  author: childId activity placeId note recordedBy
  hub: childId activity placeId organisation
  health: childId organisation
CaseloadBegan
  author: trust recordedBy
  hub: trust organisation
  centre: existence
  health: trust organisation
CaseloadEnded
  author: reason recordedBy
  hub: reason organisation
  centre: existence
  health: reason organisation
ReviewDue
  author: childId review dueWeek dueOn
  health: childId review dueWeek dueOn organisation
ReviewHeld
  author: childId review place note recordedBy
  hub health: childId review place organisation
ReviewMissed
  author: childId review reason note recordedBy
  hub health: childId review reason organisation
ReferralRaised
  author: childIds from to reference need level statement parentsInformed groundNotInformed
    concern supportTried safeContact referrerContact organisation recordedBy
  referrer hub: childIds from to reference need level statement parentsInformed groundNotInformed
    concern supportTried safeContact referrerContact organisation
  centre: notice
  health: existence
ReferralAcknowledged
  author referrer hub: contactId
  centre: notice
  health: existence
ReferralAccepted
  author referrer hub: outcomes
  centre: notice
  health: existence
ReferralReturned
  author referrer hub: outcomes reason
  centre: notice
  health: existence
ReferrerTold
  author referrer hub: contactId
  centre: notice
  health: existence
ReferralClosed
  author referrer hub: contactId
  centre: notice
  health: existence
ContactReceived
  author: childIds hub channel source reference referrer referralId need concern describedAs
    organisation callerDetails recordedBy
  referrer: reference referralId
  hub: childIds hub channel source reference referrer referralId need concern describedAs
    organisation
  centre: existence
  health: notice
AnonymityRequested
  author: recordedBy
ContactLinked
  author: childIds recordedBy
  referrer: notice
  hub: childIds
  centre: existence
  health: notice
ContactRated
  author: rating reason recordedBy
  hub: rating reason
  centre: existence
ContactRerated
  author: rating previous reason recordedBy
  hub: rating previous reason
  centre: existence
ContactDecided
  author: outcomes rationale decidedBy returnReason recordedBy
  referrer: outcomes returnReason
  hub: outcomes rationale decidedBy
  centre: existence
  health: outcomes
FeedbackGiven
  author: channel words recordedBy
  referrer hub: channel words
  centre: existence
  health: notice
ContactRecordedInError
  author: reason recordedBy
  referrer: notice
  hub: reason
  centre: existence
  health: notice`;

const columns = {
  author: 'author',
  referrer: 'referrer',
  hub: 'safeguarding-hub',
  centre: 'childrens-centre',
  health: 'health-visiting',
  board: 'partnership-board',
} as const;
export type DeclaredColumn = (typeof columns)[keyof typeof columns];
export const declaredColumns: readonly DeclaredColumn[] = Object.values(columns);
export type DeclaredGrade = 'withheld' | 'existence' | 'notice' | 'content';

export interface DeclaredCell {
  readonly grade: DeclaredGrade;
  readonly fields: readonly string[];
}

const nothing: DeclaredCell = { grade: 'withheld', fields: [] };

function cellOf(words: string | undefined): DeclaredCell {
  if (words === undefined) return nothing;
  if (words === 'existence' || words === 'notice') return { grade: words, fields: [] };
  return { grade: 'content', fields: words.split(/\s+/) };
}

/** `hub centre: notice` is what each of the two is told. */
function sameFor(cell: string): readonly (readonly [column: string, words: string])[] {
  const [named = '', words = ''] = cell.split(': ');
  return named.split(' ').map((column) => [column, words]);
}

/** By event type, then column. */
type Declared = ReadonlyMap<string, ReadonlyMap<DeclaredColumn, DeclaredCell>>;

export function parsed(lines: string): Declared {
  return new Map(
    lines
      .trim()
      .split(/\n(?=\S)/)
      .map((block) => {
        const [type = '', ...cells] = block.split(/\n {2}(?=\S)/);
        const words = new Map(cells.flatMap(sameFor));
        const byColumn = Object.entries(columns).map(
          ([short, column]) => [column, cellOf(words.get(short))] as const,
        );
        return [type, new Map(byColumn)];
      }),
  );
}

export const declared: Declared = parsed(text);

const rank: readonly DeclaredGrade[] = ['withheld', 'existence', 'notice', 'content'];

/** The highest grade of several cells, with all their fields. */
export function declaredFor(type: string, of: readonly DeclaredColumn[]): DeclaredCell {
  return tellingIn(declared, type, of);
}

export function tellingIn(
  declaration: Declared,
  type: string,
  of: readonly DeclaredColumn[],
): DeclaredCell {
  const cells = of.map((column) => declaration.get(type)?.get(column) ?? nothing);
  const best = Math.max(0, ...cells.map(({ grade }) => rank.indexOf(grade)));
  return { grade: rank[best]!, fields: [...new Set(cells.flatMap(({ fields }) => fields))] };
}

export const household = [
  'PersonRegistered',
  'ChildBorn',
  'MembershipBegan',
  'AddressChanged',
  'MembershipEnded',
  'RelationshipRecorded',
];
export const reachesPeople = [
  'PersonRegistered',
  'ChildBorn',
  'SessionAttended',
  'ChildNotBrought',
  'ReviewDue',
  'ReviewHeld',
  'ReviewMissed',
];
/** What says itself whom it names in which family, and rests on nothing. */
export const namesMembers = [
  'RelationshipRecorded',
  'ReferralRaised',
  'ContactReceived',
  'ContactLinked',
];
export const forEverybody = ['OrganisationRecorded', 'PlaceRecorded'];

/** What begins and what ends the episode that a stream is. */
export const beginsEpisode = [
  'CentreRegistrationBegan',
  'CaseloadBegan',
  'ReferralRaised',
  'ContactReceived',
];
export const endsEpisode = [
  'CentreRegistrationEnded',
  'CaseloadEnded',
  'ReferralClosed',
  'FeedbackGiven',
  'ContactRecordedInError',
];

export function capped(cell: DeclaredCell, cap: DeclaredGrade): DeclaredCell {
  return rank.indexOf(cell.grade) <= rank.indexOf(cap) ? cell : { grade: cap, fields: [] };
}

export function isAbove(grade: string, than: DeclaredGrade): boolean {
  return rank.findIndex((each) => each === grade) > rank.indexOf(than);
}

export function unionOf(one: DeclaredCell, other: DeclaredCell): DeclaredCell {
  const grade = isAbove(other.grade, one.grade) ? other.grade : one.grade;
  return { grade, fields: [...new Set([...one.fields, ...other.fields])] };
}
