import type { Choice } from '@common-thread/platform/pages/components';
import { dateInput, input, radios } from '@common-thread/platform/pages/components';
import type { Drawn, FamilyFormParts } from '@common-thread/presenting/family-form';
import { childNamesMissing, familyForm } from '@common-thread/presenting/family-form';

export const RECORD_BIRTH = 'record-birth';

export interface RecordBirthParts extends FamilyFormParts {
  /** Children who are expected. */
  readonly expected: readonly Choice[];
}

const name = {
  classes: 'govuk-input--width-20',
  spellcheck: false,
  autocomplete: 'off',
} as const;

/** The birth of a child who was expected: reviews are counted from the day of birth on. */
export function recordBirthView(state: Drawn, parts: RecordBirthParts) {
  const { expected, namesUnavailable } = parts;
  return {
    ...familyForm(state, RECORD_BIRTH, `/families/${parts.familyId}/birth`, parts),
    heading: 'Record the birth',
    submit: 'Record birth',
    /** `Baby Applegarth, expected 1 December 2026`, where only one is expected. */
    about:
      expected.length === 1 &&
      expected.map(({ text, hint }) => (hint ? `${text}, ${hint}` : text)).join(),
    child:
      expected.length > 1 &&
      radios(
        state,
        {
          field: 'childId',
          label: 'Which child was born?',
          ...(namesUnavailable ? { hint: childNamesMissing } : {}),
        },
        expected,
      ),
    dateOfBirth: dateInput(state, {
      field: 'dateOfBirth',
      label: 'Date of birth',
      hint: 'Like 27 3 2026',
    }),
    sex: radios(state, { field: 'sex', label: 'Sex (optional)' }, [
      { value: 'F', text: 'Female' },
      { value: 'M', text: 'Male' },
      { value: 'U', text: 'Not known yet' },
    ]),
    givenName: input(
      state,
      {
        field: 'givenName',
        label: 'First name (optional)',
        hint: 'Leave it out until the child is named.',
      },
      name,
    ),
    familyName: input(state, { field: 'familyName', label: 'Surname (optional)' }, name),
    nhsNumber: input(
      state,
      {
        field: 'nhsNumber',
        label: 'NHS number (optional)',
        hint: 'From the birth notification, like 999 123 4567. Never the mother’s.',
      },
      {
        classes: 'govuk-input--width-10',
        inputmode: 'numeric',
        spellcheck: false,
        autocomplete: 'off',
      },
    ),
  };
}
