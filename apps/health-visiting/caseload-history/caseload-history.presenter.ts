import type { FamilyHistory } from '@common-thread/adapters/postgres/family-history-reader';
import { counted } from '@common-thread/platform/pages/london-time';
import type { DirectoryNames } from '@common-thread/presenting/directory-names';
import { familyLabel } from '@common-thread/presenting/family-label';
import { historyEntries } from '@common-thread/presenting/history-entries';
import {
  householdView,
  isAtConfidentialAddress,
  peopleNames,
} from '@common-thread/presenting/household-view';
import type { OpenedBoxes } from '@common-thread/presenting/page-reveal';
import { addressRecordedWords } from '@common-thread/presenting/shielding/confidential-address.presenter';
import { expectedChildren } from '../caseload/our-family.js';
import type { CaseloadFamily } from '../caseload/queries.js';
import type { ReviewState } from '../caseload/review-state.js';
import { isOutstanding } from '../caseload/review-state.js';
import { reviewView } from '../caseload/review-words.js';

export interface CaseloadHistoryAsked {
  readonly today: string;
  readonly earlier: boolean;
  readonly recorded: Recorded | undefined;
}

/** What was recorded on the page before this one. */
export type Recorded = keyof typeof recordedWords;
export const recordedWords = {
  review: 'The review is recorded. It shows below in a moment.',
  birth: 'The birth is recorded. The child’s reviews show below in a moment.',
  ...addressRecordedWords,
} as const;

/** A family on the caseload: its children's reviews, who is in it, and what services have told. */
export function caseloadHistoryView(
  familyId: string,
  parts: { readonly history: FamilyHistory; readonly family: CaseloadFamily | undefined },
  opened: OpenedBoxes,
  names: DirectoryNames,
  asked: CaseloadHistoryAsked,
) {
  const { history, family } = parts;
  const { line, household } = history;
  const people = household ? peopleNames(household, opened) : new Map<string, string>();
  const label = household && familyLabel(line, household.members, opened, asked.today);
  const home = household && householdView(household, opened, names, asked.today);
  const path = `/families/${familyId}`;
  const reviews = family?.reviews ?? [];
  const said = (review: ReviewState) =>
    reviewView(review, { line, opened, people, today: asked.today });
  const toRecord = (review: ReviewState) => ({
    ...said(review),
    recordHref: recordHref(path, review),
  });
  return {
    back: { href: '/', text: 'Caseload' },
    namesUnavailable: !opened.reachable,
    incomplete: history.incomplete,
    onCaseload: family !== undefined,
    recorded: asked.recorded && recordedWords[asked.recorded],
    heading: label
      ? (label.name ?? 'Family, name not shown')
      : 'A family no longer on your caseload',
    news: family && family.news > 0 ? `${counted(family.news, 'thing')} new to you` : undefined,
    outstanding: reviews.filter(isOutstanding).map(toRecord),
    // It may have been held and never written down, so it can still be recorded.
    notHeldInTime: reviews.filter(({ state }) => state === 'not-held-in-time').map(toRecord),
    held: reviews.filter(({ state }) => state === 'held').map(said),
    recordHref: family && `${path}/reviews/record`,
    referHref: family && `${path}/refer`,
    leaveHref: family && `${path}/caseload/end`,
    shieldHref:
      family && !isAtConfidentialAddress(home) ? `${path}/confidential-address` : undefined,
    birthHref: family && expectedChildren(family).length > 0 ? `${path}/birth` : undefined,
    household: home,
    history: historyEntries(history.lines, { line, opened, names, people }),
    latestHref: asked.earlier ? path : undefined,
    earlierHref: history.next ? `${path}?before=${encodeURIComponent(history.next)}` : undefined,
  };
}

/** The form with the child and the review chosen already; both are opaque in an address. */
function recordHref(path: string, { childId, review }: ReviewState): string {
  return `${path}/reviews/record?${new URLSearchParams({ child: childId, review }).toString()}`;
}
