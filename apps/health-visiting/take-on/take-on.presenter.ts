import type { Drawn } from '@common-thread/presenting/family-form';
import {
  householdQuestions,
  takingOnForm,
} from '@common-thread/presenting/taking-on/household.presenter';

export const TAKE_ON = 'take-on';

/** *Take a family on*: by details of one member, whether or not the county knows the family already. */
export function takeOnView(state: Drawn) {
  return {
    ...takingOnForm(state, TAKE_ON, '/take-on', { href: '/', text: 'Caseload' }),
    heading: 'Take a family on your caseload',
    submit: 'Take the family on',
    ...householdQuestions(state),
  };
}
