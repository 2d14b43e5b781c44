import { calendarDayInWords, instantInWords } from '@common-thread/platform/pages/london-time';
import type { AgreementsTold, SharingAgreement } from '@common-thread/platform/sharing-agreements';
import { isInForce, versionNow } from '@common-thread/platform/sharing-agreements';
import { agreementStateWords } from '@common-thread/presenting/agreement-words';
import { agreementPurposeWords, asSentence, inWords } from '@common-thread/presenting/code-words';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';

/** Every agreement: in force, coming, and ended; the latest signed first. */
export function agreementsView({ agreements, asOf }: AgreementsTold, names: DirectoryNames) {
  const rowsOf = (isListed: (agreement: SharingAgreement) => boolean) =>
    agreements.filter(isListed).map((agreement) => rowOf(agreement, names));
  return {
    asOf: instantInWords(new Date(asOf)),
    lists: [
      {
        id: 'in-force',
        title: 'In force',
        rows: rowsOf(isInForce),
        whenEmpty:
          'No agreement is in force: nothing is told but by duty, and to whoever recorded it.',
      },
      {
        id: 'coming',
        title: 'Signed, and coming',
        rows: rowsOf(({ state }) => state === 'signed'),
        whenEmpty: 'None waits for its first day.',
      },
      {
        id: 'ended',
        title: 'Ended',
        rows: rowsOf(({ ended }) => ended !== undefined),
        whenEmpty: 'None has ended.',
      },
    ],
  };
}

export function agreementHref(agreementId: string): string {
  return `/agreements/${agreementId}`;
}

/** `Larkfield Family Centres and Fairholme Safeguarding Hub` */
export function partiesInWords(parties: readonly string[], names: DirectoryNames): string {
  return listed(parties.map((party) => names.organisation(party)));
}

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

export function listed(each: readonly string[]): string {
  return list.format(each);
}

/** `From 2 March 2026 until 1 March 2028`, or how it came to its end. */
export function daysInWords({ from, until, ended }: SharingAgreement): string {
  if (!ended) return `From ${calendarDayInWords(from)} until ${calendarDayInWords(until)}`;
  return `From ${calendarDayInWords(from)}; ended ${instantInWords(new Date(ended.at))}`;
}

function rowOf(agreement: SharingAgreement, names: DirectoryNames) {
  const { agreementId, parties, purpose, state, versions } = agreement;
  return {
    href: agreementHref(agreementId),
    parties: partiesInWords(parties, names),
    purpose: asSentence(inWords(agreementPurposeWords, purpose)),
    days: daysInWords(agreement),
    state: asSentence(agreementStateWords[state]),
    isNarrowed: versions.length > 1,
    signed: instantInWords(new Date(versions[0]?.at ?? versionNow(agreement).at)),
  };
}
