import { londonDay } from '@common-thread/domain/london-day';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { CommandForm } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import type { SubjectAccessSent } from '@common-thread/platform/subject-access';
import { subjectAccessAskers } from '@common-thread/platform/subject-access';

export const steps = ['leave-out', 'give'] as const;
export type Step = (typeof steps)[number];

const messages = {
  askedBy: 'Choose for whom the copy is',
  receivedOn: 'Give the whole day on which it reached us, like 27 3 2026',
  notYet: 'Give a day that has been',
  reason: 'Say what they asked for, and how you know who they are',
  number: 'Give the number of a referral or contact, like CT-4F7K-29QD',
};

const NUMBER = /^CT-[0-9A-Z]{4}-[0-9A-Z]{4}$/;

/** A request of a person, as it came in. */
export function checkRequest(
  typed: TypedFields,
  now: Date,
): Checked<Omit<SubjectAccessSent, 'key' | 'personId'>> {
  const answers = new Answers(typed);
  const askedBy = answers.oneOf('askedBy', subjectAccessAskers, messages.askedBy);
  const receivedOn = answers.day('receivedOn', messages.receivedOn);
  if (receivedOn !== undefined && receivedOn > londonDay(now.toISOString())) {
    answers.wrong('receivedOn', messages.notYet);
  }
  const reason = answers.text('reason', messages.reason);
  return answers.checked(() =>
    askedBy && receivedOn ? { askedBy, receivedOn, reason } : undefined,
  );
}

interface MatterForm extends CommandForm {
  readonly isLeftOut: boolean;
  check(typed: TypedFields): Checked<{ readonly number: string }>;
}

/** What an officer decides about a request: which matters are in no copy of it. */
export const matterForms: Readonly<Record<Step, MatterForm>> = {
  'leave-out': {
    path: '/left-out',
    firstField: 'number',
    names: {},
    isLeftOut: true,
    check: checkNumber,
  },
  give: {
    path: '/left-out/given',
    firstField: 'left-out',
    names: { number: 'left-out' },
    isLeftOut: false,
    check: checkNumber,
  },
};

function checkNumber(typed: TypedFields): Checked<{ readonly number: string }> {
  const answers = new Answers(typed);
  const number = answers.text('number', messages.number, 20).toUpperCase();
  if (number !== '' && !NUMBER.test(number)) answers.wrong('number', messages.number);
  return answers.checked(() => ({ number }));
}
