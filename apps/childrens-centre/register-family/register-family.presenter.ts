import type { Choice } from '@common-thread/platform/pages/components';
import { radios } from '@common-thread/platform/pages/components';
import type { Drawn } from '@common-thread/presenting/family-form';
import {
  householdQuestions,
  takingOnForm,
} from '@common-thread/presenting/taking-on/household.presenter';

export const REGISTER_FAMILY = 'register-family';

/** *Register a family*: by details of one member, whether or not the county knows the family already. */
export function registerFamilyView(state: Drawn, places: readonly Choice[]) {
  const back = { href: '/', text: 'Our families' };
  return {
    ...takingOnForm(state, REGISTER_FAMILY, '/register', back),
    heading: 'Register a family',
    submit: 'Register family',
    place:
      places.length > 1 &&
      radios(state, { field: 'placeId', label: 'Which of your centres?' }, places),
    ...householdQuestions(state),
  };
}
