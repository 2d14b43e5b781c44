import { caseloadEndReasons } from '@common-thread/domain/code-lists';
import { choicesOf, dateInput, radios } from '@common-thread/platform/pages/components';
import { caseloadEndWords } from '@common-thread/presenting/code-words';
import type { Drawn, FamilyFormParts } from '@common-thread/presenting/family-form';
import { familyForm } from '@common-thread/presenting/family-form';

export const LEAVE_CASELOAD = 'leave-caseload';

/** Takes a family off the caseload; what this service recorded of it stays to be seen. */
export function leaveCaseloadView(state: Drawn, parts: FamilyFormParts) {
  return {
    ...familyForm(state, LEAVE_CASELOAD, `/families/${parts.familyId}/caseload/end`, parts),
    heading: `Take ${parts.familyName ?? 'this family'} off the caseload`,
    submit: 'Take off the caseload',
    reason: radios(
      state,
      { field: 'reason', label: 'Why does the family leave the caseload?' },
      choicesOf(caseloadEndReasons, caseloadEndWords),
    ),
    occurredOn: dateInput(state, {
      field: 'occurredOn',
      label: 'On what day?',
      hint: 'Like 27 3 2026',
    }),
  };
}
