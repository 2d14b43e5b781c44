import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import type { HouseholdAnswers } from '@common-thread/presenting/taking-on/household.form';
import { householdIn } from '@common-thread/presenting/taking-on/household.form';

/** The body of `POST /v1/registrations`. */
export interface RegistrationAnswers extends HouseholdAnswers {
  readonly placeId: string;
}

const messages = { placeId: 'Choose the centre to register the family at' };

/** Checks *Register a family*. @param places short names of our centres @param today `YYYY-MM-DD` in London */
export function checkRegistration(
  typed: TypedFields,
  places: readonly string[],
  today: string,
): Checked<RegistrationAnswers> {
  const answers = new Answers(typed);
  const [onlyPlace] = places;
  const placeId =
    places.length === 1 ? onlyPlace : answers.oneOf('placeId', places, messages.placeId);
  const household = householdIn(answers, typed, today);
  return answers.checked(() => (placeId === undefined ? undefined : { placeId, ...household }));
}
