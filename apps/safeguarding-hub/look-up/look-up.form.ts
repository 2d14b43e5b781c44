import { readNhsNumber } from '@common-thread/domain/nhs-number';
import type { LookUpQuery } from '@common-thread/platform/looking-up';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';

const messages = {
  neither: 'Give an NHS number, or a surname and a date of birth',
  nhsNumber: 'Check the NHS number: it has 10 digits, and this is not one',
  familyName: 'Give the surname as well as the date of birth',
  dateOfBirth: 'Give the whole date of birth, like 27 3 2023',
};

/** Checks a look-up: exact details only, because a fragment would list people nobody asked about. */
export function checkLookUp(typed: TypedFields): Checked<LookUpQuery> {
  const answers = new Answers(typed);
  const nhsTyped = answers.optionalText('nhsNumber', 20);
  if (nhsTyped !== undefined) {
    const nhsNumber = readNhsNumber(nhsTyped);
    if (nhsNumber === undefined) answers.wrong('nhsNumber', messages.nhsNumber);
    return answers.checked(() => (nhsNumber ? { nhsNumber } : undefined));
  }
  const familyName = answers.optionalText('familyName', 100);
  const dateTyped = ['day', 'month', 'year'].some(
    (part) => answers.optionalText(`dateOfBirth-${part}`, 4) !== undefined,
  );
  if (familyName === undefined && !dateTyped) {
    answers.wrong('nhsNumber', messages.neither);
    return answers.checked<LookUpQuery>(() => undefined);
  }
  if (familyName === undefined) answers.wrong('familyName', messages.familyName);
  const dateOfBirth = answers.day('dateOfBirth', messages.dateOfBirth);
  return answers.checked(() =>
    familyName !== undefined && dateOfBirth ? { familyName, dateOfBirth } : undefined,
  );
}
