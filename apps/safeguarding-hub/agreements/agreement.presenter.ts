import type { TableVersion } from '@common-thread/disclosure/tables';
import { factKinds } from '@common-thread/domain/code-lists';
import { agreedGrade } from '@common-thread/domain/sharing/agreed-scope';
import type { FormState } from '@common-thread/platform/pages/components';
import { errorSummary } from '@common-thread/platform/pages/components';
import { calendarDayInWords, instantInWords } from '@common-thread/platform/pages/london-time';
import type {
  AgreementScope,
  AgreementTold,
  AgreementVersion,
  SharingAgreement,
} from '@common-thread/platform/sharing-agreements';
import {
  agreedGradeNames,
  agreementStateWords,
  signatoryPostWords,
} from '@common-thread/presenting/agreement-words';
import * as words from '@common-thread/presenting/code-words';
import { asSentence, inWords } from '@common-thread/presenting/code-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import type { Said } from './agreement-said.js';
import { agreementHref, listed, partiesInWords } from './agreements.presenter.js';
import type { ToldKind } from './what-ends.js';
import { scopeIn, toldUnder } from './what-ends.js';

const told = ['content', 'notice', 'existence'] as const;

/** One agreement: who tells whom what, on which basis, since when and signed by whom. */
export function agreementView(
  { agreement, asOf }: AgreementTold,
  names: DirectoryNames,
  /** The one in force; undefined where this release has not got it. */
  table: TableVersion | undefined,
  {
    said,
    errors = [],
  }: { readonly said?: Said | undefined; readonly errors?: FormState['errors'] },
) {
  const { agreementId, ended, lawfulBases, parties, purpose, state, versions } = agreement;
  const href = agreementHref(agreementId);
  return {
    back: { href: '/agreements', text: 'Sharing agreements' },
    said,
    refused: notOfThisPage(errors),
    asOf: instantInWords(new Date(asOf)),
    parties: partiesInWords(parties, names),
    state: asSentence(agreementStateWords[state]),
    isOver: ended !== undefined,
    isComing: state === 'signed',
    purpose: asSentence(inWords(words.agreementPurposeWords, purpose)),
    bases: lawfulBases.map((basis) => inWords(words.lawfulBasisWords, basis)),
    from: calendarDayInWords(agreement.from),
    until: calendarDayInWords(agreement.until),
    tookEffect:
      agreement.tookEffectAt === undefined
        ? undefined
        : instantInWords(new Date(agreement.tookEffectAt)),
    atExpiry: agreement.takesBackAtExpiry
      ? 'What was told under it is withdrawn'
      : 'What was told stays with whoever was told',
    told: table && recipientsOf(agreement, names).map((to) => toldTo(agreement, to, names, table)),
    unknown: partiesUnknown(agreement, names),
    versions: versions.map((version) => versionInWords(version, names)),
    ended: ended && {
      at: instantInWords(new Date(ended.at)),
      by: ended.by,
      reason: asSentence(inWords(words.agreementEndWords, ended.reason)),
      endedBy: ended.endedBy === undefined ? undefined : names.organisation(ended.endedBy),
      takesBack: takenBackInWords(ended.takesBack),
    },
    narrowHref: ended ? undefined : `${href}/narrow`,
    endHref: ended ? undefined : `${href}/end`,
  };
}

/** Everything the parties act as, by name. */
export function recipientsOf(
  { parties }: SharingAgreement,
  names: DirectoryNames,
): readonly string[] {
  return parties.flatMap((party) => names.recipientsOfOrganisation(party));
}

/** The parties of whom it cannot be said what they are told: the directory names nothing they act as. */
export function partiesUnknown(
  { parties }: SharingAgreement,
  names: DirectoryNames,
): string | undefined {
  const unknown = parties.filter((party) => names.recipientsOfOrganisation(party).length === 0);
  return unknown.length === 0 ? undefined : partiesInWords(unknown, names);
}

/** `Larkfield Family Centres, a children’s centre` where it acts as more than one thing, else its name. */
export function recipientInWords(recipient: string, names: DirectoryNames): string {
  return `${names.organisation(recipient)} (${names.service(recipient)})`;
}

/** Kinds of fact at each grade, in a line each. */
export function gradesInWords(kinds: readonly Pick<ToldKind, 'kind' | 'grade'>[]) {
  return told.flatMap((grade) => {
    const ofGrade = kinds.filter((each) => each.grade === grade);
    if (ofGrade.length === 0) return [];
    const text = ofGrade.map(({ kind }) => inWords(words.factKindWords, kind)).join('; ');
    return [{ grade: agreedGradeNames[grade], kinds: asSentence(text) }];
  });
}

export function takenBackInWords(takesBack: boolean): string {
  return takesBack ? 'Withdrawn from everyone who was told' : 'Left with whoever was told';
}

/** Why something was not recorded, of questions that are on another page. */
function notOfThisPage(errors: FormState['errors']) {
  const summary = errorSummary(errors);
  return summary && { ...summary, errorList: errors.map(({ message: text }) => ({ text })) };
}

function toldTo(
  agreement: SharingAgreement,
  recipient: string,
  names: DirectoryNames,
  table: TableVersion,
) {
  const kinds = toldUnder(agreement, recipient, table);
  return {
    name: recipientInWords(recipient, names),
    by: listed((kinds[0]?.by ?? []).map((party) => names.organisation(party))),
    grades: gradesInWords(kinds),
  };
}

function versionInWords(version: AgreementVersion, names: DirectoryNames) {
  const { at, by, reason, signatories, takesBack } = version;
  return {
    version: version.version,
    at: instantInWords(new Date(at)),
    by,
    grades: gradesInWords(kindsOf(version)),
    signatories: signatories.map((signatory) => {
      const [organisation = '', post = ''] = signatory.split('/');
      return `${names.organisation(organisation)}: ${inWords(signatoryPostWords, post)}`;
    }),
    reason:
      reason === undefined ? undefined : asSentence(inWords(words.agreementNarrowWords, reason)),
    takesBack: takesBack === undefined ? undefined : takenBackInWords(takesBack),
  };
}

function kindsOf(scope: AgreementScope) {
  const known = scopeIn(scope);
  return factKinds.map((kind) => ({ kind, grade: agreedGrade(known, kind) }));
}
