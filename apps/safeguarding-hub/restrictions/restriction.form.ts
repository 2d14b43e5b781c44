import {
  restrictionAuthorities,
  restrictionEnquiries,
  restrictionGrounds,
  restrictionLiftReasons,
} from '@common-thread/domain/code-lists';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';

const messages = {
  ground: 'Choose why the record is restricted',
  authority: 'Choose who agreed to it',
  speakTo: 'Choose whom others at the hub are to speak to',
  reviewOn: 'Give the whole date of the next review, like 27 3 2027',
  reason: 'Choose why the restriction is lifted',
};

/** One step of a restriction: its command's last part and the check of its form. */
export interface RestrictionForm {
  readonly step: 'restrict' | 'review' | 'lift';
  /** What follows `/v1/restrictions/<familyId>`. */
  readonly path: '' | '/reviews' | '/lift';
  readonly firstField: string;
  readonly names: Readonly<Record<string, string>>;
  check(typed: TypedFields): Checked<object>;
}

export const restrictionForms: readonly RestrictionForm[] = [
  {
    step: 'restrict',
    path: '',
    firstField: 'ground',
    names: {},
    check(typed) {
      const answers = new Answers(typed);
      const ground = answers.oneOf('ground', restrictionGrounds, messages.ground);
      const authority = answers.oneOf('authority', restrictionAuthorities, messages.authority);
      const speakTo = answers.oneOf('speakTo', restrictionEnquiries, messages.speakTo);
      const reviewOn = answers.day('reviewOn', messages.reviewOn);
      return answers.checked(() =>
        ground && authority && speakTo && reviewOn
          ? { ground, authority, speakTo, reviewOn }
          : undefined,
      );
    },
  },
  {
    step: 'review',
    path: '/reviews',
    firstField: 'reviewAuthority',
    names: { authority: 'reviewAuthority' },
    check(typed) {
      const answers = new Answers(typed);
      const authority = answers.oneOf(
        'reviewAuthority',
        restrictionAuthorities,
        messages.authority,
      );
      const reviewOn = answers.day('reviewOn', messages.reviewOn);
      return answers.checked(() => (authority && reviewOn ? { authority, reviewOn } : undefined));
    },
  },
  {
    step: 'lift',
    path: '/lift',
    firstField: 'reason',
    names: {},
    check(typed) {
      const answers = new Answers(typed);
      const reason = answers.oneOf('reason', restrictionLiftReasons, messages.reason);
      return answers.checked(() => (reason ? { reason } : undefined));
    },
  },
];
