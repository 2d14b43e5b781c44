import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import type { HouseholdAnswers } from '@common-thread/presenting/taking-on/household.form';
import { householdIn } from '@common-thread/presenting/taking-on/household.form';

/** Checks *Take a family on*: the body of `POST /v1/caseloads`. @param today `YYYY-MM-DD` in London */
export function checkTakingOn(typed: TypedFields, today: string): Checked<HouseholdAnswers> {
  const answers = new Answers(typed);
  const household = householdIn(answers, typed, today);
  return answers.checked(() => household);
}
