import {
  agreementEndReasons,
  agreementNarrowReasons,
  agreementPurposes,
  factKinds,
  lawfulBases,
  signatoryPosts,
} from '@common-thread/domain/code-lists';
import { agreedGrade, agreedGrades, tellsMore } from '@common-thread/domain/sharing/agreed-scope';
import type { Choice, FormState } from '@common-thread/platform/pages/components';
import {
  checkboxes,
  choicesOf,
  dateInput,
  errorSummary,
  radios,
  select,
} from '@common-thread/platform/pages/components';
import type { HiddenField } from '@common-thread/platform/pages/posting';
import type { SharingAgreement } from '@common-thread/platform/sharing-agreements';
import { versionNow } from '@common-thread/platform/sharing-agreements';
import { agreedGradeWords, signatoryPostWords } from '@common-thread/presenting/agreement-words';
import * as words from '@common-thread/presenting/code-words';
import { asSentence } from '@common-thread/presenting/code-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { gradeField, SCOPE, SIGNATORIES, signedField } from './agreement.form.js';
import { agreementHref, partiesInWords } from './agreements.presenter.js';
import { scopeIn } from './what-ends.js';

/** A new agreement: who signs, what for, how much of what, from when until when. */
export function signView(state: FormState, hidden: readonly HiddenField[], names: DirectoryNames) {
  return {
    back: { href: '/agreements', text: 'Sharing agreements' },
    errorSummary: errorSummary(state.errors),
    form: { hidden },
    signatories: groupOf(
      state,
      SIGNATORIES,
      names.organisations().map(({ value, text }) => signedBy(state, value, text, 'Not a party')),
    ),
    purpose: radios(
      state,
      { field: 'purpose', label: 'What is it for?' },
      choicesOf(agreementPurposes, words.agreementPurposeWords),
    ),
    lawfulBases: checkboxes(
      state,
      {
        field: 'lawfulBases',
        label: 'On what basis in law?',
        hint: 'At least one of UK GDPR Article 6 and one of Article 9',
      },
      choicesOf(lawfulBases, words.lawfulBasisWords),
    ),
    scope: groupOf(
      state,
      SCOPE,
      factKinds.map((kind) => gradeOf(state, kind, agreedGrades)),
    ),
    from: dateInput(state, {
      field: 'from',
      label: 'What is its first day?',
      hint: 'Like 27 3 2027. Where it has gone by, the agreement is in force at once',
    }),
    until: dateInput(state, {
      field: 'until',
      label: 'What is its last day?',
      hint: 'Like 27 3 2029',
    }),
    takesBackAtExpiry: radios(
      state,
      {
        field: 'takesBackAtExpiry',
        label: 'What becomes of what was told once its last day has passed?',
      },
      takesBackChoices,
    ),
  };
}

/** A narrower version: no kind of fact can be chosen beyond what is shared now. */
export function narrowView(
  agreement: SharingAgreement,
  state: FormState,
  hidden: readonly HiddenField[],
  names: DirectoryNames,
) {
  const scope = scopeIn(versionNow(agreement));
  const shared = factKinds.filter((kind) => agreedGrade(scope, kind) !== 'withheld');
  return {
    ...changing(agreement, state, hidden, names),
    scope: groupOf(
      state,
      SCOPE,
      shared.map((kind) => {
        const now = agreedGrade(scope, kind);
        const upToNow = agreedGrades.filter((grade) => !tellsMore(grade, now));
        return gradeOf(state, kind, upToNow);
      }),
    ),
    reason: radios(
      state,
      { field: 'reason', label: 'Why is it narrowed?' },
      choicesOf(agreementNarrowReasons, words.agreementNarrowWords),
    ),
    signatories: groupOf(
      state,
      SIGNATORIES,
      agreement.parties.map((party) =>
        signedBy(state, party, names.organisation(party), 'Choose one'),
      ),
    ),
    takesBack: radios(
      state,
      { field: 'takesBack', label: 'What becomes of what was told beyond it?' },
      takesBackChoices,
    ),
  };
}

/** Who ends it, why, and what becomes of what was told; what it means is said before it is sent. */
export function endView(
  agreement: SharingAgreement,
  state: FormState,
  hidden: readonly HiddenField[],
  names: DirectoryNames,
) {
  return {
    ...changing(agreement, state, hidden, names),
    endedBy: radios(
      state,
      { field: 'endedBy', label: 'Which party ends it?' },
      agreement.parties.map((value) => ({ value, text: names.organisation(value) })),
    ),
    reason: radios(
      state,
      { field: 'reason', label: 'Why does it end?' },
      choicesOf(agreementEndReasons, words.agreementEndWords),
    ),
    takesBack: radios(
      state,
      { field: 'takesBack', label: 'What becomes of what was told under it?' },
      takesBackChoices,
    ),
  };
}

const takesBackChoices: readonly Choice[] = [
  {
    value: 'no',
    text: 'It stays with whoever was told',
    hint: 'What is sealed in it is not opened any more, unless there is another ground',
  },
  {
    value: 'yes',
    text: 'It is withdrawn from everyone who was told',
    hint: 'Their pages and feeds say that it was withdrawn, and not why',
  },
];

function changing(
  { agreementId, parties }: SharingAgreement,
  state: FormState,
  hidden: readonly HiddenField[],
  names: DirectoryNames,
) {
  const href = agreementHref(agreementId);
  return {
    back: { href, text: 'Sharing agreement' },
    errorSummary: errorSummary(state.errors),
    form: { hidden },
    href,
    parties: partiesInWords(parties, names),
  };
}

/** Several questions that are one: the first has the group's own id, so that the summary leads to it. */
function groupOf(state: FormState, id: string, each: readonly ReturnType<typeof select>[]) {
  const error = state.errors.find(({ field }) => field === id);
  return {
    id,
    error: error?.message,
    selects: each.map((question, nth) => (nth === 0 ? { ...question, id } : question)),
  };
}

function signedBy(state: FormState, organisation: string, name: string, nobody: string) {
  const posts = choicesOf(signatoryPosts, signatoryPostWords);
  return withFirst(
    select(state, { field: signedField(organisation), label: name }, posts),
    nobody,
  );
}

function gradeOf(state: FormState, kind: (typeof factKinds)[number], grades: readonly string[]) {
  const label = asSentence(words.factKindWords[kind]);
  const choices = choicesOf(agreedGrades, agreedGradeWords).filter(
    ({ value }) => value !== 'withheld' && grades.includes(value),
  );
  return withFirst(select(state, { field: gradeField(kind), label }, choices), 'Nothing');
}

/** What leaving a question as it is means. */
function withFirst(question: ReturnType<typeof select>, text: string) {
  const [first, ...rest] = question.items;
  return { ...question, items: [{ ...first!, text }, ...rest] };
}
