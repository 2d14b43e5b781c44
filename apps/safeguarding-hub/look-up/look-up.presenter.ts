import type { HouseholdMember } from '@common-thread/adapters/postgres/household-reader';
import type { LookUpMatch } from '@common-thread/platform/looking-up';
import type { FormState } from '@common-thread/platform/pages/components';
import { dateInput, errorSummary, input } from '@common-thread/platform/pages/components';
import { counted } from '@common-thread/platform/pages/london-time';
import type { HiddenField } from '@common-thread/platform/pages/posting';
import { inWords, restrictionEnquiryWords } from '@common-thread/presenting/code-words';
import { familyLabel } from '@common-thread/presenting/family-label';
import type { OpenedBoxes } from '@common-thread/presenting/page-reveal';

export const LOOK_UP = 'look-up';

/** The look-up itself. @param linking the contact to link, where that is what it is for */
export function lookUpView(
  state: FormState,
  hidden: readonly HiddenField[],
  linking: { readonly contactId: string; readonly reference: string } | undefined,
) {
  return {
    heading: linking ? `Who is contact ${linking.reference} about?` : 'Look somebody up',
    back: linking
      ? { href: `/contacts/${linking.contactId}`, text: `Contact ${linking.reference}` }
      : { href: '/', text: 'Contacts in hand' },
    action: linking ? `/contacts/${linking.contactId}/link` : '/look-up',
    form: { hidden },
    errorSummary: errorSummary(state.errors),
    nhsNumber: input(
      state,
      { field: 'nhsNumber', label: 'NHS number', hint: 'Like 999 123 4567' },
      { classes: 'govuk-input--width-10', inputmode: 'numeric', spellcheck: false },
    ),
    familyName: input(
      state,
      { field: 'familyName', label: 'Surname' },
      { classes: 'govuk-input--width-20', spellcheck: false },
    ),
    dateOfBirth: dateInput(state, {
      field: 'dateOfBirth',
      label: 'Date of birth',
      hint: 'Like 27 3 2023',
    }),
  };
}

export interface FoundFamily {
  readonly personId: string;
  readonly familyId: string;
  /** Who is in it; undefined where the hub has no matter in hand about it and is told nothing yet. */
  readonly members: readonly HouseholdMember[] | undefined;
}

/** One row for each person and family that match. */
export function foundFamilies(
  matches: readonly LookUpMatch[],
  members: ReadonlyMap<string, readonly HouseholdMember[]>,
): FoundFamily[] {
  return matches.flatMap(({ personId, familyIds }) =>
    familyIds.map((familyId) => ({
      personId,
      familyId,
      members: members.get(`family/${familyId}`),
    })),
  );
}

export interface Found {
  readonly families: readonly FoundFamily[];
  /** Posts to speak to about restricted records that match. */
  readonly speakTo: readonly string[];
}

export function matchesView(
  { families, speakTo }: Found,
  opened: OpenedBoxes,
  today: string,
  linking: { readonly contactId: string; readonly reference: string } | undefined,
) {
  return {
    namesUnavailable: !opened.reachable,
    back: linking
      ? { href: `/contacts/${linking.contactId}/link`, text: 'Look again' }
      : { href: '/look-up', text: 'Look again' },
    linking: linking && { action: `/contacts/${linking.contactId}/links`, ...linking },
    heading: headingOf(families.length, speakTo.length),
    speakTo: speakTo.map((post) => inWords(restrictionEnquiryWords, post)),
    matches: families.map(({ personId, familyId, members }) => {
      const label = members && familyLabel(`family/${familyId}`, members, opened, today);
      return {
        personId,
        familyId,
        name: label?.name ?? 'A family known to other services',
        children: label?.children.map(({ name, age }) => (age ? `${name}, ${age}` : name)) ?? [],
        isKnown: label !== undefined,
        contactHref: `/contacts/new?familyId=${familyId}&childId=${personId}`,
      };
    }),
  };
}

function headingOf(matches: number, restricted: number): string {
  if (matches > 0) return counted(matches, 'match', 'matches');
  return restricted > 0 ? 'Speak to somebody first' : 'Nobody matches';
}
