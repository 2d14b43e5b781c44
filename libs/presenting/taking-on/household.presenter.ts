import type { FormState } from '@common-thread/platform/pages/components';
import {
  dateInput,
  errorSummary,
  input,
  radios,
  textarea,
} from '@common-thread/platform/pages/components';
import { hiddenFields } from '@common-thread/platform/pages/posting';
import { hasAdult } from './household.form.js';

const short = { spellcheck: false, autocomplete: 'off' } as const;
const name = { ...short, classes: 'govuk-input--width-20' } as const;

/** What stands around the questions of a form that takes a family on. */
export function takingOnForm(
  state: FormState & { readonly wasKept?: boolean },
  form: string,
  path: string,
  back: { readonly href: string; readonly text: string },
) {
  return {
    back,
    action: path,
    wasKept: state.wasKept ?? false,
    form: { hidden: hiddenFields({ form, page: path }, state.typed) },
    errorSummary: errorSummary(state.errors),
  };
}

/** Questions by which one member of a household is told from everybody else. */
export function householdQuestions(state: FormState) {
  return {
    kind: radios(state, { field: 'kind', label: 'Whose details do you have?' }, [
      { value: 'child', text: 'A child' },
      { value: 'adult', text: 'A parent, carer or other adult' },
    ]),
    givenName: input(state, { field: 'givenName', label: 'First name' }, name),
    familyName: input(state, { field: 'familyName', label: 'Surname' }, name),
    dateOfBirth: dateInput(state, {
      field: 'dateOfBirth',
      label: 'Date of birth',
      hint: 'Like 27 3 2023',
    }),
    nhsNumber: input(
      state,
      {
        field: 'nhsNumber',
        label: 'NHS number (optional)',
        hint: 'Like 999 123 4567. It tells apart two people of one name and birthday.',
      },
      { ...short, classes: 'govuk-input--width-10', inputmode: 'numeric' },
    ),
    address: textarea(
      state,
      {
        field: 'address',
        label: 'Address (optional)',
        hint: 'Kept where the family is new to the service.',
      },
      3,
    ),
    postcode: input(
      state,
      { field: 'postcode', label: 'Postcode (optional)' },
      { ...short, classes: 'govuk-input--width-10' },
    ),
    adultFamilyName: input(
      state,
      { field: 'adultFamilyName', label: 'Surname of an adult in the home' },
      name,
    ),
    adultDateOfBirth: dateInput(state, {
      field: 'adultDateOfBirth',
      label: 'That adult’s date of birth',
      hint: 'Like 27 3 1996',
    }),
    /** Opened where something is in it to see. */
    adultIsOpen: hasAdult(state.typed) || state.errors.some(({ field }) => /^adult/.test(field)),
  };
}
