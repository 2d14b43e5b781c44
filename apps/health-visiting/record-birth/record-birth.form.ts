import { sexes } from '@common-thread/domain/code-lists';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { given, optionalNhsNumber, pastDay } from '@common-thread/presenting/typed-answers';

/** Which child was born, and the body of `POST /v1/people/<id>/birth`. */
export interface BirthAnswers {
  readonly childId: string;
  readonly body: object;
}

const NAME_LENGTH_MAX = 100;

const messages = {
  childId: 'Choose the child who was born',
  dateOfBirth: 'Give the whole date of birth, like 27 3 2026',
};

/** Checks *Record the birth*. @param today `YYYY-MM-DD` in London */
export function checkBirth(
  typed: TypedFields,
  childIds: readonly string[],
  today: string,
): Checked<BirthAnswers> {
  const answers = new Answers(typed);
  const [onlyChild] = childIds;
  const childId =
    childIds.length === 1 ? onlyChild : answers.oneOf('childId', childIds, messages.childId);
  const dateOfBirth = pastDay(answers, 'dateOfBirth', today, messages.dateOfBirth);
  const sex = answers.optionalOneOf('sex', sexes);
  const givenName = answers.optionalText('givenName', NAME_LENGTH_MAX);
  const familyName = answers.optionalText('familyName', NAME_LENGTH_MAX);
  const nhsNumber = optionalNhsNumber(answers, 'nhsNumber');
  return answers.checked(() =>
    childId === undefined
      ? undefined
      : { childId, body: given({ dateOfBirth, sex, givenName, familyName, nhsNumber }) },
  );
}
