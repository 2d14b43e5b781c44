import { caseloadEndReasons } from '@common-thread/domain/code-lists';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { given, pastDay } from '@common-thread/presenting/typed-answers';

const messages = { reason: 'Choose why the family leaves the caseload' };

/** Checks *Take off the caseload*. @param today `YYYY-MM-DD` in London */
export function checkLeaving(typed: TypedFields, today: string): Checked<object> {
  const answers = new Answers(typed);
  const reason = answers.oneOf('reason', caseloadEndReasons, messages.reason);
  const occurredAt = pastDay(answers, 'occurredOn', today);
  return answers.checked(() => given({ reason, occurredAt }));
}
