import type { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { typedText } from '@common-thread/platform/pages/typed-fields';
import { given, optionalNhsNumber, pastDay } from '../typed-answers.js';

const NAME_LENGTH_MAX = 100;
const ADDRESS_LENGTH_MAX = 300;

const messages = {
  kind: 'Say whether this is a child or an adult',
  givenName: 'Give the first name',
  familyName: 'Give the surname',
  dateOfBirth: 'Give the whole date of birth, like 27 3 2023',
  adultFamilyName: 'Give the surname of the adult as well',
  adultDateOfBirth: 'Give the whole date of birth of the adult, like 27 3 1996',
};

/** Whose household it is, as `POST /v1/registrations` and `/v1/caseloads` take it. */
export interface HouseholdAnswers {
  readonly person: object;
  readonly adult?: object;
  readonly address?: string;
  readonly postcode?: string;
}

/**
 * Reads who is meant, by details that are typed: a family's id alone opens nothing. The adult is asked
 * for only where something is typed of one.
 * @param today `YYYY-MM-DD` in London
 */
export function householdIn(
  answers: Answers,
  typed: TypedFields,
  today: string,
): HouseholdAnswers {
  const person = {
    kind: answers.oneOf('kind', ['child', 'adult'], messages.kind),
    givenName: answers.text('givenName', messages.givenName, NAME_LENGTH_MAX),
    familyName: answers.text('familyName', messages.familyName, NAME_LENGTH_MAX),
    dateOfBirth: pastDay(answers, 'dateOfBirth', today, messages.dateOfBirth),
    nhsNumber: optionalNhsNumber(answers, 'nhsNumber'),
  };
  const address = answers.optionalText('address', ADDRESS_LENGTH_MAX)?.replaceAll('\n', ', ');
  const postcode = answers.optionalText('postcode', 12);
  const adult = hasAdult(typed)
    ? {
        familyName: answers.text('adultFamilyName', messages.adultFamilyName, NAME_LENGTH_MAX),
        dateOfBirth: pastDay(answers, 'adultDateOfBirth', today, messages.adultDateOfBirth),
      }
    : undefined;
  return {
    person: given(person),
    ...given({ adult, address, postcode }),
  };
}

/** Whether anything is typed of an adult. */
export function hasAdult(typed: TypedFields): boolean {
  const parts = ['day', 'month', 'year'].map((part) => `adultDateOfBirth-${part}`);
  return ['adultFamilyName', ...parts].some((field) => typedText(typed, field).trim() !== '');
}

/** Questions that fill the parts of the body, for what command-api says is wrong with them. */
export const householdFields = {
  'person/kind': 'kind',
  'person/givenName': 'givenName',
  'person/familyName': 'familyName',
  'person/dateOfBirth': 'dateOfBirth',
  'person/nhsNumber': 'nhsNumber',
  'adult/familyName': 'adultFamilyName',
  'adult/dateOfBirth': 'adultDateOfBirth',
} as const;
