import { addressConfidentialityGrounds } from '@common-thread/domain/need-to-know/codes';
import type { FormState } from '@common-thread/platform/pages/components';
import { choicesOf, radios } from '@common-thread/platform/pages/components';
import type { Drawn, FamilyFormParts } from '../family-form.js';
import { familyForm } from '../family-form.js';
import { addressConfidentialityWords } from '../sharing-words.js';
import { GROUND_FIELD } from './confidential-address.form.js';

export const CONFIDENTIAL_ADDRESS = 'confidential-address';

/** What a family's own page says once it is recorded, by what its address carries. */
export const addressRecordedWords = {
  'address-confidential':
    'The address is confidential, and that is in force everywhere. Nobody but a hub with the matter in ' +
    'hand is shown it.',
  'address-not-yet':
    'That the address is confidential is recorded and not yet in force: part of the service has not ' +
    'heard of it. Open this page again in a minute, and until then tell nobody where they live.',
} as const;

/** Makes a family's address confidential. Only a hub ends that. */
export function confidentialAddressView(state: Drawn, parts: FamilyFormParts) {
  const { familyId, familyName } = parts;
  const whose = familyName === undefined ? 'this family' : `the ${familyName}`;
  return {
    ...familyForm(
      state,
      CONFIDENTIAL_ADDRESS,
      `/families/${familyId}/confidential-address`,
      parts,
    ),
    heading: `Keep the address of ${whose} confidential`,
    submit: 'Make the address confidential',
    ground: groundQuestion(state),
  };
}

/** Asked in the same words wherever an address can be made confidential. */
export function groundQuestion(state: FormState) {
  const question = {
    field: GROUND_FIELD,
    label: 'Why is it confidential?',
    hint:
      'Known to hubs alone; whoever knows the family is told that the address is confidential. What ' +
      'somebody wrote into a concern or a note is not hidden.',
  };
  return radios(
    state,
    question,
    choicesOf(addressConfidentialityGrounds, addressConfidentialityWords),
  );
}
