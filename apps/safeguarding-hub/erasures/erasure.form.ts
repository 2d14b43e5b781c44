import {
  legalHoldGrounds,
  legalHoldLiftReasons,
  recordClasses,
  shreddingDeclineReasons,
  shreddingGrounds,
} from '@common-thread/domain/erasure/code-lists';
import { Answers } from '@common-thread/platform/pages/answers';
import type { CommandForm } from '@common-thread/platform/pages/posting';
import { typedText } from '@common-thread/platform/pages/typed-fields';

export const steps = ['propose', 'confirm', 'decline', 'hold', 'lift'] as const;
export type Step = (typeof steps)[number];

const messages = {
  holder: 'Choose whose holding ends',
  recordClasses: 'Choose what is to be erased',
  ground: 'Choose why it is to be erased',
  declineReason: 'Choose why it is not to be erased',
  holdGround: 'Choose why the records must be kept',
  liftGround: 'Choose which hold is lifted',
  liftReason: 'Choose why the hold is lifted',
};

/** What follows `/v1/erasures/<personId>` is the path of each. */
export const erasureForms: Readonly<Record<Step, CommandForm>> = {
  propose: {
    path: '/proposals',
    firstField: 'holder',
    names: {},
    check(typed) {
      const answers = new Answers(typed);
      const holder = typedText(typed, 'holder');
      if (holder === '') answers.wrong('holder', messages.holder);
      const classes = answers.someOf('recordClasses', recordClasses, messages.recordClasses);
      const ground = answers.oneOf('ground', shreddingGrounds, messages.ground);
      return answers.checked(() =>
        ground ? { holder, recordClasses: classes, ground } : undefined,
      );
    },
  },
  confirm: {
    path: '/confirmation',
    firstField: 'confirmation',
    names: { proposalId: 'confirmation' },
    check: (typed) => ({ ok: true, value: { proposalId: typedText(typed, 'proposalId') } }),
  },
  decline: {
    path: '/decline',
    firstField: 'declineReason',
    names: { proposalId: 'declineReason', reason: 'declineReason' },
    check(typed) {
      const answers = new Answers(typed);
      const proposalId = typedText(typed, 'proposalId');
      const reason = answers.oneOf(
        'declineReason',
        shreddingDeclineReasons,
        messages.declineReason,
      );
      return answers.checked(() => (reason ? { proposalId, reason } : undefined));
    },
  },
  hold: {
    path: '/holds',
    firstField: 'holdGround',
    names: { ground: 'holdGround' },
    check(typed) {
      const answers = new Answers(typed);
      const ground = answers.oneOf('holdGround', legalHoldGrounds, messages.holdGround);
      return answers.checked(() => (ground ? { ground } : undefined));
    },
  },
  lift: {
    path: '/holds/lift',
    firstField: 'liftGround',
    names: { ground: 'liftGround', reason: 'liftReason' },
    check(typed) {
      const answers = new Answers(typed);
      const ground = answers.oneOf('liftGround', legalHoldGrounds, messages.liftGround);
      const reason = answers.oneOf('liftReason', legalHoldLiftReasons, messages.liftReason);
      return answers.checked(() => (ground && reason ? { ground, reason } : undefined));
    },
  },
};
