import {
  agreementEndReasons,
  agreementNarrowReasons,
  agreementPurposes,
  factKinds,
  lawfulBases,
  signatoryPosts,
} from '@common-thread/domain/code-lists';
import type { AgreedScope } from '@common-thread/domain/sharing/agreed-scope';
import { agreedGrade, agreedGrades } from '@common-thread/domain/sharing/agreed-scope';
import { Answers } from '@common-thread/platform/pages/answers';
import type { CommandForm } from '@common-thread/platform/pages/posting';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { typedText } from '@common-thread/platform/pages/typed-fields';

export type AgreementStep = 'sign' | 'narrow' | 'end';

/** Ids of the two groups of questions, which the summary's links lead to. */
export const SIGNATORIES = 'signatories';
export const SCOPE = 'scope';

const messages = {
  parties: 'Say who signed for at least two organisations: within one there is nothing to agree',
  signatories: 'Say who signed for each of the parties',
  scope: 'Choose at least one kind of fact that is shared',
  nothingLeft:
    'Leave at least one kind of fact that is shared; to share nothing, end the agreement',
  purpose: 'Choose what it is for',
  lawfulBases: 'Choose a basis of UK GDPR Article 6 and a condition of Article 9',
  from: 'Give its first day, like 27 3 2027',
  until: 'Give its last day, like 27 3 2029',
  atExpiry: 'Choose what becomes of what was told once its last day has passed',
  takesBack: 'Choose what becomes of what was told',
  narrowReason: 'Choose why it is narrowed',
  endReason: 'Choose why it ends',
  endedBy: 'Choose which party ends it',
};

const names = {
  parties: SIGNATORIES,
  signatories: SIGNATORIES,
  content: SCOPE,
  notice: SCOPE,
  existence: SCOPE,
};

const yesOrNo = ['yes', 'no'] as const;

export const agreementForms: Readonly<Record<AgreementStep, CommandForm>> = {
  sign: {
    path: '',
    firstField: SIGNATORIES,
    names: { ...names, takesBackAtExpiry: 'takesBackAtExpiry' },
    check(typed) {
      const answers = new Answers(typed);
      const signatories = signatoriesIn(typed);
      if (signatories.length < 2) answers.wrong(SIGNATORIES, messages.parties);
      const purpose = answers.oneOf('purpose', agreementPurposes, messages.purpose);
      const bases = answers.someOf('lawfulBases', lawfulBases, messages.lawfulBases);
      const scope = typedScope(typed);
      if (isNothing(scope)) answers.wrong(SCOPE, messages.scope);
      const from = answers.day('from', messages.from);
      const until = answers.day('until', messages.until);
      const takesBack = answers.oneOf('takesBackAtExpiry', yesOrNo, messages.atExpiry);
      return answers.checked(() =>
        purpose && from && until && takesBack
          ? {
              parties: signatories.map((signatory) => signatory.slice(0, signatory.indexOf('/'))),
              purpose,
              lawfulBases: bases,
              ...scope,
              from,
              until,
              signatories,
              takesBackAtExpiry: takesBack === 'yes',
            }
          : undefined,
      );
    },
  },
  narrow: {
    path: '/narrowing',
    firstField: SCOPE,
    names,
    check(typed) {
      const answers = new Answers(typed);
      const scope = typedScope(typed);
      if (isNothing(scope)) answers.wrong(SCOPE, messages.nothingLeft);
      const reason = answers.oneOf('reason', agreementNarrowReasons, messages.narrowReason);
      const signatories = signatoriesIn(typed);
      if (signatories.length < partiesAsked(typed).length || signatories.length === 0) {
        answers.wrong(SIGNATORIES, messages.signatories);
      }
      const takesBack = answers.oneOf('takesBack', yesOrNo, messages.takesBack);
      return answers.checked(() =>
        reason && takesBack
          ? { ...scope, reason, signatories, takesBack: takesBack === 'yes' }
          : undefined,
      );
    },
  },
  end: {
    path: '/end',
    firstField: 'reason',
    names: {},
    check(typed) {
      const answers = new Answers(typed);
      const reason = answers.oneOf('reason', agreementEndReasons, messages.endReason);
      const endedBy = answers.text('endedBy', messages.endedBy, 60);
      const takesBack = answers.oneOf('takesBack', yesOrNo, messages.takesBack);
      return answers.checked(() =>
        reason && takesBack ? { reason, endedBy, takesBack: takesBack === 'yes' } : undefined,
      );
    },
  },
};

const SIGNED = 'signed-';
const GRADE = 'grade-';

/** The question who signed for an organisation. */
export function signedField(organisation: string): string {
  return `${SIGNED}${organisation}`;
}

/** The question how much of a kind of fact is told. */
export function gradeField(kind: string): string {
  return `${GRADE}${kind}`;
}

/** A form that begins with what is shared now. */
export function typedOf(scope: AgreedScope): TypedFields {
  return Object.fromEntries(factKinds.map((kind) => [gradeField(kind), agreedGrade(scope, kind)]));
}

function partiesAsked(typed: TypedFields): readonly string[] {
  return Object.keys(typed)
    .filter((field) => /^signed-[a-z0-9]+(-[a-z0-9]+)*$/.test(field))
    .map((field) => field.slice(SIGNED.length));
}

/** `<organisation>/<post>` of each organisation for which somebody signed. */
function signatoriesIn(typed: TypedFields): readonly string[] {
  return partiesAsked(typed).flatMap((organisation) => {
    const chosen = typedText(typed, signedField(organisation));
    const post = signatoryPosts.find((known) => known === chosen);
    return post === undefined ? [] : [`${organisation}/${post}`];
  });
}

/** What is shared by what was typed. */
export function typedScope(typed: TypedFields): AgreedScope {
  const at = (grade: (typeof agreedGrades)[number]) =>
    factKinds.filter((kind) => typedText(typed, gradeField(kind)) === grade);
  return { content: at('content'), notice: at('notice'), existence: at('existence') };
}

function isNothing({ content, notice, existence }: AgreedScope): boolean {
  return content.length + notice.length + existence.length === 0;
}
