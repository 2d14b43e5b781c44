import type {
  SubjectAccessAsker,
  WithholdingReason,
} from '@common-thread/platform/subject-access';
import { fieldWords } from '../field-words.js';

/** Reasons as whoever reads the copy is told them, each with the law it rests on. */
export const reasonWords: Readonly<Record<WithholdingReason, string>> = {
  'other-people': 'it is about other people as well',
  source: 'it would say who raised a worry',
  'serious-harm': 'it could lead to somebody being seriously harmed',
  // Said of no fact in a copy: what is restricted is not in it at all.
  restricted: 'it could lead to somebody being seriously harmed',
  'recorded-in-error': 'it was recorded by mistake and has been taken back',
  'not-readable': 'it has been erased or cannot be read any more',
};

/** The list at the end of every copy: the same whatever was left out of this one. */
export const reasonsInLaw: readonly { readonly text: string; readonly law: string }[] = [
  {
    text:
      'Information about other people that they have not agreed to, or that it would not be fair to ' +
      'give. Words about several people at once are not given to one of them.',
    law: 'Data Protection Act 2018, Schedule 2, paragraph 16',
  },
  {
    text: 'Who raised a worry about a child, and anything that would say who it was.',
    law: 'Data Protection Act 2018, Schedule 2, paragraph 16',
  },
  {
    text:
      'Anything that a professional believes could lead to serious harm to somebody’s physical or ' +
      'mental health, or would not be in a child’s best interests.',
    law: 'Data Protection Act 2018, Schedule 3, paragraphs 5, 11 and 21',
  },
  {
    text: 'What was recorded by mistake and has been taken back: it may be about somebody else.',
    law: 'UK GDPR, Article 5(1)(d)',
  },
];

export const askerWords: Readonly<Record<SubjectAccessAsker, string>> = {
  self: 'the person themselves',
  parent: 'a parent or somebody with parental responsibility',
  representative: 'somebody who acts for them',
};

/** Fields by the label a reader knows; a field without one is not shown. */
export const labels: Readonly<Record<string, string>> = {
  ...fieldWords,
  sex: 'Sex',
  position: 'Place in the family',
  relationship: 'Relationship',
  parentalResponsibility: 'Parental responsibility',
  placeId: 'Where',
  source: 'Who got in touch',
  from: 'Who asked',
  referrer: 'Who asked',
  channel: 'How they got in touch',
  statement: 'What it rests on',
};

export const sexWords: Readonly<Record<string, string>> = {
  F: 'female',
  M: 'male',
  U: 'not recorded',
};
