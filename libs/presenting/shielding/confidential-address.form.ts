import { addressConfidentialityGrounds } from '@common-thread/domain/need-to-know/codes';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';

/** The body of `POST /v1/shielding/<familyId>`. */
export interface ConfidentialAddressAnswers {
  readonly ground: string;
}

/** The question's field on a page. */
export const GROUND_FIELD = 'addressGround';

export function checkConfidentialAddress(typed: TypedFields): Checked<ConfidentialAddressAnswers> {
  const answers = new Answers(typed);
  const why = 'Choose why the address is confidential';
  const ground = answers.oneOf(GROUND_FIELD, addressConfidentialityGrounds, why);
  return answers.checked(() => (ground ? { ground } : undefined));
}
