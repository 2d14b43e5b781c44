import {
  contactChannels,
  contactOutcomes,
  ratings,
  returnReasons,
  withdrawalReasons,
} from '@common-thread/domain/code-lists';
import { acceptsReferral } from '@common-thread/domain/contact-outcomes';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';

/*
 * The forms beside a contact. Each has its own name, its own command, and field names that no other has,
 * because they share one page.
 */

export interface ContactForm {
  /** `rate-contact` */
  readonly name: string;
  /** The command's last step: `/v1/contacts/<id>/rating`. */
  readonly step: string;
  readonly firstField: string;
  /** Fields of the command's body that the page calls otherwise. */
  readonly names: Readonly<Record<string, string>>;
  check(typed: TypedFields, contact: AnswersReferral): Checked<object>;
}

/** Whether a referral stands behind the contact: then it is either taken on or returned with a reason. */
export interface AnswersReferral {
  readonly referralId: string | null;
}

export const rateForm: ContactForm = {
  name: 'rate-contact',
  step: 'rating',
  firstField: 'rating',
  names: { reason: 'ratingReason' },
  check(typed) {
    const answers = new Answers(typed);
    const rating = answers.oneOf('rating', ratings, 'Choose a rating');
    const reason = answers.text('ratingReason', 'Give the reason for this rating');
    return answers.checked(() => (rating ? { rating, reason } : undefined));
  },
};

export const decideForm: ContactForm = {
  name: 'decide-contact',
  step: 'decision',
  firstField: 'outcomes',
  names: {},
  check(typed, { referralId }) {
    const answers = new Answers(typed);
    const outcomes = answers.someOf(
      'outcomes',
      contactOutcomes,
      'Choose every outcome that applies',
    );
    const rationale = answers.text(
      'rationale',
      'Write down why this was decided, and why not otherwise',
    );
    const returnReason = answers.optionalOneOf('returnReason', returnReasons);
    const returned = referralId !== null && outcomes.length > 0 && !acceptsReferral(outcomes);
    if (returned && returnReason === undefined) {
      answers.wrong(
        'returnReason',
        'These outcomes return the referral: say why, so that the referrer knows what to do',
      );
    }
    return answers.checked(() => ({
      outcomes,
      rationale,
      ...(returned && returnReason ? { returnReason } : {}),
    }));
  },
};

export const tellForm: ContactForm = {
  name: 'tell-referrer',
  step: 'feedback',
  firstField: 'words',
  names: { channel: 'feedbackChannel' },
  check(typed) {
    const answers = new Answers(typed);
    const channel = answers.oneOf('feedbackChannel', contactChannels, 'Choose how they were told');
    const words = answers.text('words', 'Write what they were told');
    return answers.checked(() => (channel ? { channel, words } : undefined));
  },
};

export const errorForm: ContactForm = {
  name: 'record-in-error',
  step: 'error',
  firstField: 'errorReason',
  names: { reason: 'errorReason' },
  check(typed) {
    const answers = new Answers(typed);
    const reason = answers.oneOf(
      'errorReason',
      withdrawalReasons,
      'Choose why it was recorded in error',
    );
    return answers.checked(() => (reason ? { reason } : undefined));
  },
};

export const contactForms = [rateForm, decideForm, tellForm, errorForm] as const;
