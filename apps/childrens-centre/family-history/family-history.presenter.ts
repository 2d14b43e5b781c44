import type { FamilyHistory } from '@common-thread/adapters/postgres/family-history-reader';
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

/** What was recorded on the page before this one. */
export type RecordedSession = keyof typeof recordedWords;
export const recordedWords = {
  attended: 'The session is recorded. It shows below in a moment.',
  'not-brought': 'That the child was not brought is recorded. It shows below in a moment.',
  ...addressRecordedWords,
} as const;

/** A family as one centre provider is told of it: who is in it, who helps, and what has happened. */
export function familyHistoryView(
  familyId: string,
  history: FamilyHistory,
  opened: OpenedBoxes,
  names: DirectoryNames,
  asked: {
    readonly today: string;
    readonly earlier: boolean;
    readonly recorded: RecordedSession | undefined;
  },
) {
  const { line, household } = history;
  const people = household ? peopleNames(household, opened) : new Map<string, string>();
  const label = household && familyLabel(line, household.members, opened, asked.today);
  const home = household && householdView(household, opened, names, asked.today);
  const path = `/families/${familyId}`;
  return {
    back: { href: '/', text: 'Our families' },
    namesUnavailable: !opened.reachable,
    incomplete: history.incomplete,
    entitled: history.entitled,
    heading: label ? (label.name ?? 'Family, name not shown') : 'A family you referred',
    household: home,
    history: historyEntries(history.lines, { line, opened, names, people }),
    recorded: asked.recorded && recordedWords[asked.recorded],
    ...(history.entitled
      ? {
          attendanceHref: `${path}/attendance`,
          notBroughtHref: `${path}/not-brought`,
          referHref: `${path}/refer`,
          shieldHref: isAtConfidentialAddress(home) ? undefined : `${path}/confidential-address`,
        }
      : {}),
    latestHref: asked.earlier ? path : undefined,
    earlierHref:
      history.next === null ? undefined : `${path}?before=${encodeURIComponent(history.next)}`,
  };
}
