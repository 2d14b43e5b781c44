import { instantInWords } from '@common-thread/platform/pages/london-time';
import { pagination } from '@common-thread/platform/pages/paging';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import {
  channelWords,
  inWords,
  levelWords,
  needWords,
  outcomeWords,
  returnReasonWords,
} from '@common-thread/presenting/code-words';
import type { OpenedBoxes, PageReveal } from '@common-thread/presenting/page-reveal';
import { shown } from '@common-thread/presenting/page-reveal';
import type { ReferralStatus } from './projection.js';
import type { OurReferral, OurReferralsPage } from './queries.js';

export const REFERRALS_A_PAGE = 25;

const statuses: Readonly<Record<ReferralStatus, { text: string; classes: string }>> = {
  raised: { text: 'Sent', classes: 'govuk-tag--yellow' },
  acknowledged: { text: 'With the hub', classes: 'govuk-tag--blue' },
  accepted: { text: 'Accepted', classes: 'govuk-tag--green' },
  returned: { text: 'Returned', classes: 'govuk-tag--orange' },
  closed: { text: 'Closed', classes: 'govuk-tag--grey' },
  withdrawn: { text: 'Withdrawn', classes: 'govuk-tag--grey' },
};

/** Asks for what a referral's page shows: what was written, and the hub's words back. */
export function askForReferral(reveal: PageReveal, referral: OurReferral): void {
  reveal.ask(referral.line, 'concern', referral.concern);
  const { contact } = referral;
  if (contact) reveal.ask(contact.line, 'words', contact.feedback?.words ?? null);
}

/** Every referral we raised, the latest first, with where it stands. */
export function ourReferralsView(
  found: OurReferralsPage,
  children: (referral: OurReferral) => string,
  page: number,
  namesUnavailable: boolean,
) {
  return {
    namesUnavailable,
    isEmpty: found.total === 0,
    referrals: found.referrals.map((referral) => ({
      href: `/referrals/${referral.referralId}`,
      reference: referral.reference ?? 'No reference',
      children: children(referral),
      sent: referral.raisedAt ? instantInWords(referral.raisedAt) : 'not known',
      status: statuses[referral.status],
      outcome: outcomeOf(referral),
      hasFeedback: Boolean(referral.contact?.feedback),
    })),
    pagination: pagination('/referrals', page, found.total, REFERRALS_A_PAGE),
  };
}

/** One referral: where it stands, what was decided, and what the hub says to us. */
export function referralView(referral: OurReferral, opened: OpenedBoxes, names: DirectoryNames) {
  const { contact } = referral;
  return {
    back: { href: '/referrals', text: 'Our referrals' },
    namesUnavailable: !opened.reachable,
    reference: referral.reference ?? 'No reference',
    status: statuses[referral.status],
    familyHref: referral.familyId === null ? undefined : `/families/${referral.familyId}`,
    steps: stepsOf(referral),
    outcome: outcomeOf(referral),
    feedback: contact?.feedback && {
      how: inWords(channelWords, contact.feedback.channel),
      at: instantInWords(contact.feedback.at),
      words:
        shown(opened.of(contact.line, 'words', contact.feedback.words)) ?? 'No words were told',
    },
    inError: contact?.inErrorAt ? instantInWords(contact.inErrorAt) : undefined,
    facts: [
      ...(referral.to ? [{ label: 'Sent to', text: names.organisation(referral.to) }] : []),
      { label: 'Main need', text: inWords(needWords, referral.need) },
      { label: 'Level', text: inWords(levelWords, referral.level) },
    ],
    concern: shown(opened.of(referral.line, 'concern', referral.concern)),
    hub: referral.to
      ? { name: names.organisation(referral.to), telephone: names.telephone(referral.to) }
      : undefined,
  };
}

function stepsOf(referral: OurReferral) {
  const steps: [string, Date | null][] = [
    ['Sent', referral.raisedAt],
    ['The hub has it', referral.acknowledgedAt],
    [referral.answer?.kind === 'returned' ? 'Returned' : 'Accepted', referral.answer?.at ?? null],
    ['You were told the outcome', referral.contact?.feedback?.at ?? referral.toldAt],
    ['Closed', referral.closedAt],
  ];
  return steps.flatMap(([text, at]) => (at ? [{ text, at: instantInWords(at) }] : []));
}

function outcomeOf({ answer, contact }: OurReferral): string | undefined {
  const outcomes = answer?.outcomes ?? contact?.decision?.outcomes ?? [];
  const reason = answer?.returnReason ?? contact?.decision?.returnReason ?? null;
  const told = outcomes.map((outcome) => inWords(outcomeWords, outcome)).join('; ');
  if (told === '' && reason === null) return undefined;
  return reason === null ? told : `${told}: ${inWords(returnReasonWords, reason)}`;
}
