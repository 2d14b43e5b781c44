import type {
  Household,
  HouseholdMember,
} from '@common-thread/adapters/postgres/household-reader';
import { dayInWords } from '@common-thread/platform/pages/london-time';
import { asSentence, inWords, positionWords, relationshipWords } from './code-words.js';
import type { DirectoryNames } from './directory-names.js';
import type { Opened, OpenedBoxes, PageReveal } from './page-reveal.js';
import { shown } from './page-reveal.js';
import { ageInWords, askForPerson, inReadingOrder, nameInWords } from './people.js';

export interface MemberView {
  readonly personId: string;
  readonly name: string;
  readonly age: string | undefined;
  readonly position: string;
  readonly details: readonly { readonly label: string; readonly text: string }[];
  readonly relationships: readonly string[];
  readonly left: string | undefined;
  /** Something about them was put right after it was first told. */
  readonly corrected: boolean;
}

export interface HouseholdView {
  /** Where the first of them lives now; only those who live elsewhere have an address of their own. */
  readonly home: string | undefined;
  readonly now: readonly MemberView[];
  readonly before: readonly MemberView[];
  /** `Larkfield Family Centres (children’s centre), since 3 May 2025`. */
  readonly services: readonly string[];
}

const CONFIDENTIAL = 'Confidential address';

/** Whether where a household lives is kept from whoever it is drawn for. */
export function isAtConfidentialAddress(household: HouseholdView | null): boolean {
  return household?.home === CONFIDENTIAL;
}

/** Asks for everything a household's page shows of its people. */
export function askForHousehold(reveal: PageReveal, household: Household): void {
  for (const member of household.members) {
    askForPerson(reveal, household.line, member);
    reveal.ask(household.line, 'nhsNumber', member.nhsNumber);
    reveal.ask(household.line, 'telephone', member.telephone);
    for (const { address, postcode } of member.memberships) {
      reveal.ask(household.line, 'address', address);
      reveal.ask(household.line, 'postcode', postcode);
    }
  }
}

/** Who is in the family, who was, and which services are with them. */
export function householdView(
  household: Household,
  opened: OpenedBoxes,
  names: DirectoryNames,
  today: string,
): HouseholdView {
  const people = peopleNames(household, opened);
  const home = homeOf(household, opened);
  const views = inReadingOrder(opened, household.line, household.members).map((member) => ({
    current: member.current,
    view: memberView(member, household, { opened, people, today, home }),
  }));
  return {
    home,
    now: views.filter(({ current }) => current).map(({ view }) => view),
    before: views.filter(({ current }) => !current).map(({ view }) => view),
    services: household.involvements.map(({ service, placeId, since, until }) => {
      const who = service === null ? 'A service' : names.organisation(service);
      const kind = service === null ? '' : ` (${names.service(service)})`;
      const where = placeId === null ? '' : `, ${names.place(placeId)}`;
      return `${who}${kind}${where}${spell(since, until)}`;
    }),
  };
}

/** Names by person id: for lines that name people by id. */
export function peopleNames(
  household: Household,
  opened: OpenedBoxes,
): ReadonlyMap<string, string> {
  return new Map(
    household.members.map((member) => [
      member.personId,
      nameInWords(opened, household.line, member),
    ]),
  );
}

interface MemberContext {
  readonly opened: OpenedBoxes;
  readonly people: ReadonlyMap<string, string>;
  readonly today: string;
  readonly home: string | undefined;
}

function memberView(
  member: HouseholdMember,
  household: Household,
  { opened, people, today, home }: MemberContext,
): MemberView {
  const last = member.memberships.at(-1);
  return {
    personId: member.personId,
    name: people.get(member.personId) ?? '',
    age: ageInWords(opened, household.line, member, today),
    position: inWords(positionWords, last?.position ?? null),
    details: detailsOf(member, household.line, opened, home),
    relationships: household.relationships
      .filter(({ personId }) => personId === member.personId)
      .map(({ relatedPersonId, relationship, parentalResponsibility }) => {
        const related = people.get(relatedPersonId) ?? 'somebody else';
        const responsible = parentalResponsibility ? ', with parental responsibility' : '';
        const words = asSentence(inWords(relationshipWords, relationship));
        return `${words} of ${related}${responsible}`;
      }),
    corrected: member.corrected,
    left: member.current || !last?.until ? undefined : `until ${dayInWords(last.until)}`,
  };
}

function detailsOf(
  member: HouseholdMember,
  line: string,
  opened: OpenedBoxes,
  home: string | undefined,
) {
  const address = addressOf(member, line, opened);
  const numbers = [
    ['Telephone', 'telephone', member.telephone],
    ['NHS number', 'nhsNumber', member.nhsNumber],
  ] as const;
  return [
    ...(address === undefined || address === home ? [] : [{ label: 'Address', text: address }]),
    ...numbers.flatMap(([label, field, box]) => {
      const text = shown(opened.of(line, field, box));
      return text === undefined ? [] : [{ label, text }];
    }),
  ];
}

function homeOf({ line, members }: Household, opened: OpenedBoxes): string | undefined {
  const current = members.filter((member) => member.current);
  return current.flatMap((member) => addressOf(member, line, opened) ?? [])[0];
}

/** The address of somebody's last membership, on one line. */
function addressOf(
  member: HouseholdMember,
  line: string,
  opened: OpenedBoxes,
): string | undefined {
  const last = member.memberships.at(-1);
  const boxes = [
    opened.of(line, 'address', last?.address ?? null),
    opened.of(line, 'postcode', last?.postcode ?? null),
  ];
  if (boxes.some(isKept) || (last !== undefined && movedUntold(last))) return CONFIDENTIAL;
  const parts = boxes.map(shown).filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : [...new Set(parts)].join(', ');
}

function isKept(box: Opened): boolean {
  return 'withheld' in box && box.withheld === 'confidential';
}

/** Whoever moves moves somewhere: where that is not told, it is kept confidential. */
function movedUntold({ addresses }: HouseholdMember['memberships'][number]): boolean {
  const now = addresses.at(-1);
  return now !== undefined && now.address === null && now.postcode === null;
}

function spell(since: string | null, until: string | null): string {
  if (until !== null) return `, until ${dayInWords(new Date(until))}`;
  return since === null ? '' : `, since ${dayInWords(new Date(since))}`;
}
