import { duties } from '@common-thread/disclosure/grounds';
import type { TableVersion } from '@common-thread/disclosure/tables';
import type { EndAgreement } from '@common-thread/domain/sharing/agreement';
import type { HiddenField } from '@common-thread/platform/pages/posting';
import type { AgreementsTold, SharingAgreement } from '@common-thread/platform/sharing-agreements';
import { agreedGradeNames, kindOfTellingWords } from '@common-thread/presenting/agreement-words';
import { agreementEndWords, asSentence, inWords } from '@common-thread/presenting/code-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import {
  gradesInWords,
  partiesUnknown,
  recipientInWords,
  recipientsOf,
} from './agreement.presenter.js';
import { agreementHref, listed, partiesInWords } from './agreements.presenter.js';
import type { DutyOfKind, EndFor } from './what-ends.js';
import { endFor } from './what-ends.js';

interface Ending {
  readonly agreement: SharingAgreement;
  readonly told: AgreementsTold;
  /** What was answered, checked. */
  readonly answers: EndAgreement['data'];
  readonly hidden: readonly HiddenField[];
}

/** Before an agreement is ended: what is told no more, what becomes of what was told, and what goes on. */
export function endingView(
  { agreement, answers, hidden, told }: Ending,
  names: DirectoryNames,
  /** The one in force; undefined where this release has not got it. */
  table: TableVersion | undefined,
) {
  const ends = table
    ? recipientsOf(agreement, names).map((recipient) =>
        endFor(agreement, recipient, told.agreements, table),
      )
    : [];
  const isComing = agreement.state === 'signed';
  const unknown = partiesUnknown(agreement, names);
  return {
    back: { href: agreementHref(agreement.agreementId), text: 'Sharing agreement' },
    action: `${agreementHref(agreement.agreementId)}/end`,
    form: { hidden },
    parties: partiesInWords(agreement.parties, names),
    endedBy: names.organisation(answers.endedBy),
    reason: inWords(agreementEndWords, answers.reason),
    typed: [
      { name: 'endedBy', value: answers.endedBy },
      { name: 'reason', value: answers.reason },
      { name: 'takesBack', value: answers.takesBack ? 'yes' : 'no' },
    ],
    takesBack: answers.takesBack,
    isComing,
    isTableKnown: table !== undefined,
    ceases: byRecipient(ends, names, ceasingInWords),
    whenNothing: isComing
      ? 'Nothing: it has not taken effect, and will not.'
      : nothingInWords(ends, unknown !== undefined),
    unknown,
    goesOn: ends.flatMap((end) => goingOnInWords(end, names)),
    byDuty: byRecipient(ends, names, dutiesInWords),
  };
}

/** Why no recipient is told less; undefined where there is none of whom it can be said. */
function nothingInWords(ends: readonly EndFor[], isOneUnknown: boolean): string | undefined {
  if (ends.length === 0 && isOneUnknown) return undefined;
  const nothing = isOneUnknown ? 'To the others nothing' : 'Nothing';
  const tellsElsewhere = ends.some(({ goesOn }) => goesOn.length > 0);
  return tellsElsewhere
    ? `${nothing}: other agreements in force let as much be told.`
    : `${nothing} is told under it.`;
}

/** Each recipient of whom there is something to say, with what. */
function byRecipient<Line>(
  ends: readonly EndFor[],
  names: DirectoryNames,
  linesOf: (end: EndFor, names: DirectoryNames) => readonly Line[],
) {
  return ends
    .map((end) => ({
      name: recipientInWords(end.recipient, names),
      lines: linesOf(end, names),
    }))
    .filter(({ lines }) => lines.length > 0);
}

function ceasingInWords({ ceases }: EndFor, names: DirectoryNames) {
  const tellers = [...new Set(ceases.map(({ by }) => inNames(by, names)))];
  return tellers.map((by) => {
    const theirs = ceases.filter((each) => inNames(each.by, names) === by);
    const left = theirs.filter(({ left }) => left !== 'withheld');
    return {
      by,
      grades: gradesInWords(theirs),
      left: gradesInWords(left.map(({ kind, left: grade }) => ({ kind, grade }))),
    };
  });
}

function goingOnInWords({ recipient, goesOn }: EndFor, names: DirectoryNames) {
  return goesOn.map(({ agreementId, by, grade, kind }) => ({
    name: recipientInWords(recipient, names),
    by: inNames(by, names),
    grades: gradesInWords([{ kind, grade }]),
    href: agreementHref(agreementId),
  }));
}

/** One line for each duty: what it tells, and as what. */
function dutiesInWords({ byDuty }: EndFor) {
  const lines = [...new Set(byDuty.map(lineOf))];
  return lines.map((line) => {
    const theirs = byDuty.filter((each) => lineOf(each) === line);
    const [{ as, duty }] = theirs as [DutyOfKind, ...DutyOfKind[]];
    return {
      asReferrer: as === 'referrer',
      kinds: asSentence(
        theirs
          .map(({ grade, kind }) => {
            const what = inWords(kindOfTellingWords, kind);
            return grade === 'content' || grade === 'withheld'
              ? what
              : `${what} (${agreedGradeNames[grade].toLowerCase()})`;
          })
          .join('; '),
      ),
      source: duties[duty],
    };
  });
}

function lineOf({ as, duty }: DutyOfKind): string {
  return `${as} ${duty}`;
}

function inNames(by: readonly string[], names: DirectoryNames): string {
  return listed(by.map((party) => names.organisation(party)));
}
