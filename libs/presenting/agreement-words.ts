import type * as codes from '@common-thread/domain/code-lists';
import type { AgreedGrade, agreedGrades } from '@common-thread/domain/sharing/agreed-scope';
import type { AgreementState } from '@common-thread/platform/sharing-agreements';
import type { Words } from './code-words.js';
import { factKindWords } from './code-words.js';

/** Words of sharing agreements that their codes alone do not have. */
export const signatoryPostWords: Words<typeof codes.signatoryPosts> = {
  'caldicott-guardian': 'Caldicott guardian',
  'senior-information-risk-owner': 'senior information risk owner',
  'director-of-childrens-services': 'director of children’s services',
  'information-governance-lead': 'information-governance lead',
};

/** How much of a kind of fact is told. */
export const agreedGradeWords: Words<typeof agreedGrades> = {
  content: 'content: what was recorded',
  notice: 'notice: its kind and dates',
  existence: 'existence: who is involved',
  withheld: 'nothing',
};

/** The same in a word, at the head of a line. */
export const agreedGradeNames: Readonly<Record<Exclude<AgreedGrade, 'withheld'>, string>> = {
  content: 'Content',
  notice: 'Notice only',
  existence: 'Existence only',
};

export const agreementStateWords: Readonly<Record<AgreementState, string>> = {
  signed: 'signed, not yet in effect',
  'in-force': 'in force',
  narrowed: 'in force, narrowed',
  ended: 'ended',
  expired: 'expired',
};

/** Kinds of fact, and what no agreement is about. */
export const kindOfTellingWords: Readonly<Record<string, string>> = {
  ...factKindWords,
  protection: 'that a record is restricted, and that sharing was decided or declined',
  shielding: 'that an address is confidential',
};
