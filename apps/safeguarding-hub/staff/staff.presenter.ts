import type { FormState } from '@common-thread/platform/pages/components';
import { errorSummary, input, select } from '@common-thread/platform/pages/components';
import { instantInWords } from '@common-thread/platform/pages/london-time';
import type { HiddenField } from '@common-thread/platform/pages/posting';
import type {
  ListedStaff,
  StaffKeyKind,
  StaffPage,
  StaffQuery,
} from '@common-thread/platform/staff';
import type { PartOfWork } from '@common-thread/platform/standing';
import { auditRoleWords } from '@common-thread/presenting/audit-words';
import { asSentence, inWords } from '@common-thread/presenting/code-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { choiceOf, choosableParts } from './staff.form.js';

const keyWords: Readonly<Record<StaffKeyKind, string>> = {
  surname: 'surname',
  'name-and-birth': 'name with date of birth',
  'nhs-number': 'NHS number',
  home: 'address',
};

const back = { href: '/staff', text: 'Staff' };

/** The register, page by page: by what each is compared and what is not theirs now. */
export function staffListView(
  state: FormState,
  asked: StaffQuery,
  page: StaffPage,
  names: DirectoryNames,
) {
  return {
    errorSummary: errorSummary(state.errors),
    id: input(
      state,
      { field: 'id', label: 'Who', hint: 'The id they sign in as' },
      { classes: 'govuk-input--width-20', spellcheck: false },
    ),
    organisation: select(
      state,
      { field: 'organisation', label: 'For whom they work' },
      names.organisations(),
    ),
    rows: page.staff.map((member) => ({
      id: member.id,
      href: memberHref(member),
      organisation: names.organisation(member.organisation),
      known: knownInWords(member),
      taken: member.taken.map((part) => partInWords(part, names)),
    })),
    unlistedHref:
      asked.id !== undefined && asked.organisation !== undefined && page.staff.length === 0
        ? memberHref({ id: asked.id, organisation: asked.organisation })
        : undefined,
    nextHref:
      page.next && `/staff?${new URLSearchParams({ ...asked, after: page.next }).toString()}`,
  };
}

/** One member of staff: what is taken from them, and the form that takes more. */
export function memberView(
  member: ListedStaff,
  state: FormState,
  hidden: readonly HiddenField[],
  names: DirectoryNames,
  said: string | undefined,
) {
  const { id, organisation, taken } = member;
  const gone = taken.map(choiceOf);
  const parts = choosableParts(names.placesOf(organisation).map(({ placeId }) => placeId));
  return {
    back,
    errorSummary: errorSummary(state.errors),
    id,
    said,
    organisation: names.organisation(organisation),
    known: knownInWords(member),
    action: memberHref(member),
    form: { hidden },
    taken: taken.map((part) => ({
      part: partInWords(part, names),
      value: choiceOf(part),
      since: instantInWords(new Date(part.at)),
      by: part.by,
    })),
    part: select(
      state,
      { field: 'part', label: 'What is taken away?' },
      parts
        .map((part) => ({ value: choiceOf(part), text: partInWords(part, names) }))
        .filter(({ value }) => !gone.includes(value)),
    ),
  };
}

/** The form by which somebody is entered. */
export function enterView(
  state: FormState,
  hidden: readonly HiddenField[],
  names: DirectoryNames,
  said: string | undefined,
) {
  const field = (name: string, label: string, hint?: string) =>
    input(
      state,
      { field: name, label, ...(hint ? { hint } : {}) },
      { autocomplete: 'off', spellcheck: false },
    );
  return {
    back,
    errorSummary: errorSummary(state.errors),
    said,
    form: { hidden },
    organisation: select(
      state,
      { field: 'organisation', label: 'For whom do they work?' },
      names.organisations(),
    ),
    fields: [
      field('id', 'The id they sign in as'),
      field('givenName', 'First name', 'Leave empty what is not known'),
      field('familyName', 'Surname'),
      field('dateOfBirth', 'Date of birth', 'Like 1985-03-27'),
      field('nhsNumber', 'NHS number', 'Ten digits'),
      field('address', 'Home address'),
      field('postcode', 'Postcode'),
    ],
  };
}

export function memberHref({ id, organisation }: Pick<ListedStaff, 'id' | 'organisation'>) {
  return `/staff/${organisation}/${encodeURIComponent(id)}`;
}

function knownInWords({ known }: ListedStaff): string {
  return known.length === 0
    ? 'Not entered'
    : asSentence(known.map((kind) => keyWords[kind]).join(', '));
}

function partInWords({ named, what }: PartOfWork, names: DirectoryNames): string {
  if (what === 'everything') return 'Everything: they have left';
  if (what === 'place') return names.place(named);
  return `The work of a ${inWords(auditRoleWords, named)}`;
}
