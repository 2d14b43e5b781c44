import { dayInWords } from '@common-thread/platform/pages/london-time';
import { calendarDayInWords } from '@common-thread/platform/pages/london-time';
import { inWords, reviewMissedWords, reviewWords } from '@common-thread/presenting/code-words';
import type { OpenedBoxes, PageReveal } from '@common-thread/presenting/page-reveal';
import { textIn } from '@common-thread/presenting/page-reveal';
import { Temporal } from 'temporal-polyfill';
import type { ReviewState } from './review-state.js';

const stateTags = {
  due: { text: 'Due', classes: 'govuk-tag--yellow' },
  overdue: { text: 'Overdue', classes: 'govuk-tag--red' },
  held: { text: 'Held', classes: 'govuk-tag--green' },
} as const;

export interface ReviewView {
  readonly child: string;
  readonly review: string;
  readonly tag: { readonly text: string; readonly classes: string };
  /** `by 12 February 2026`, `in the week of 9 February 2026`, `12 February 2026`. */
  readonly when: string;
  readonly missed: readonly string[];
  readonly isOverdue: boolean;
}

/** Asks for the days reviews are due: a day gives a birth date away, so it is sealed. */
export function askForReviews(
  reveal: PageReveal,
  line: string,
  reviews: readonly ReviewState[],
): void {
  for (const { dueOn } of reviews) reveal.ask(line, 'dueOn', dueOn);
}

export function reviewView(
  line: string,
  state: ReviewState,
  opened: OpenedBoxes,
  people: ReadonlyMap<string, string>,
): ReviewView {
  return {
    child: people.get(state.childId) ?? 'Somebody else',
    review: inWords(reviewWords, state.review),
    tag: stateTags[state.state],
    when: whenOf(line, state, opened),
    missed: state.missed.map(({ at, reason }) =>
      [at ? dayInWords(at) : 'on a day not told', inWords(reviewMissedWords, reason)].join(', '),
    ),
    isOverdue: state.state === 'overdue',
  };
}

function whenOf(line: string, state: ReviewState, opened: OpenedBoxes): string {
  if (state.heldAt) return dayInWords(state.heldAt);
  const day = textIn(opened.of(line, 'dueOn', state.dueOn));
  if (day) return `by ${calendarDayInWords(day)}`;
  return state.dueWeek === null ? 'no date told' : `in the week of ${weekInWords(state.dueWeek)}`;
}

/** The Monday of an ISO week, `2026-W07`, as `9 February 2026`; the week itself where it is none. */
export function weekInWords(week: string): string {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(week) ?? [];
  if (year === undefined || number === undefined) return week;
  // 4 January is always in week 1.
  const inFirst = Temporal.PlainDate.from(`${year}-01-04`);
  const monday = inFirst
    .subtract({ days: inFirst.dayOfWeek - 1 })
    .add({ weeks: Number(number) - 1 });
  return calendarDayInWords(monday.toString());
}
