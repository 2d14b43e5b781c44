import { daysAfter, isDay, isoWeekOf, mondayOfWeek } from '@common-thread/domain/london-day';
import {
  calendarDayInWords,
  counted,
  dayInWords,
} from '@common-thread/platform/pages/london-time';
import { inWords, reviewMissedWords, reviewWords } from '@common-thread/presenting/code-words';
import type { OpenedBoxes, PageReveal } from '@common-thread/presenting/page-reveal';
import { erasedWhen, textIn } from '@common-thread/presenting/page-reveal';
import { Temporal } from 'temporal-polyfill';
import type { ReviewState } from './review-state.js';

/** A review further off than this is told as one for later: nobody need plan it yet. */
const DUE_SOON_DAYS = 42;

const stateTags = {
  later: { text: 'Later', classes: 'govuk-tag--grey' },
  due: { text: 'Due', classes: 'govuk-tag--yellow' },
  overdue: { text: 'Overdue', classes: 'govuk-tag--red' },
  held: { text: 'Held', classes: 'govuk-tag--green' },
  'not-held-in-time': { text: 'Not held in time', classes: 'govuk-tag--grey' },
} as const;

export interface ReviewView {
  readonly child: string;
  readonly review: string;
  readonly tag: { readonly text: string; readonly classes: string };
  /** `by 12 February 2026`, `in the week of 9 February 2026`; of one held its day, `12 February 2026`. */
  readonly when: string;
  /** `11 weeks overdue`; undefined where it is not. */
  readonly overdue: string | undefined;
  /** Each time it was missed, oldest first: `20 August 2026, nobody in, or no access`. */
  readonly missed: readonly string[];
}

export interface ReviewContext {
  /** The family's line. */
  readonly line: string;
  readonly opened: OpenedBoxes;
  /** Names of the family's people, by id. */
  readonly people: ReadonlyMap<string, string>;
  /** `YYYY-MM-DD` in London. */
  readonly today: string;
}

/** Asks for the days reviews are due: a day gives a birth date away, so it is sealed. */
export function askForReviews(
  reveal: PageReveal,
  line: string,
  reviews: readonly ReviewState[],
): void {
  for (const { dueOn } of reviews) reveal.ask(line, 'dueOn', dueOn);
}

export function reviewView(review: ReviewState, context: ReviewContext): ReviewView {
  const dueOn = dueDay(review, context);
  return {
    child: context.people.get(review.childId) ?? 'Somebody else',
    review: inWords(reviewWords, review.review),
    tag: stateTags[isForLater(review, context.today) ? 'later' : review.state],
    when: whenOf(review, dueOn, erasedDay(review, context)),
    overdue: overdueOf(review, dueOn, context.today),
    missed: review.missed.map(({ at, reason }) =>
      [at ? dayInWords(at) : 'on a day not told', inWords(reviewMissedWords, reason)].join(', '),
    ),
  };
}

/** The day it is due, where the vault shows it. */
function dueDay({ dueOn }: ReviewState, { line, opened }: ReviewContext): string | undefined {
  const day = textIn(opened.of(line, 'dueOn', dueOn));
  return day !== undefined && isDay(day) ? day : undefined;
}

function erasedDay({ dueOn }: ReviewState, { line, opened }: ReviewContext): string | undefined {
  const erased = erasedWhen(opened.of(line, 'dueOn', dueOn));
  return erased && `the day itself was ${erased}`;
}

function isForLater({ state, dueWeek }: ReviewState, today: string): boolean {
  const soon = isoWeekOf(daysAfter(today, DUE_SOON_DAYS));
  return state === 'due' && dueWeek !== null && dueWeek > soon;
}

function whenOf(
  { heldAt, dueWeek }: ReviewState,
  dueOn: string | undefined,
  erased: string | undefined,
): string {
  if (heldAt) return dayInWords(heldAt);
  if (dueOn) return `by ${calendarDayInWords(dueOn)}`;
  const week = dueWeek === null ? 'no date told' : `in the week of ${weekInWords(dueWeek)}`;
  return erased === undefined ? week : `${week}; ${erased}`;
}

/** Counted from the day where it is shown, else from the end of its week: never more than it is. */
function overdueOf(
  { state, dueWeek }: ReviewState,
  dueOn: string | undefined,
  today: string,
): string | undefined {
  const monday = mondayOfWeek(dueWeek ?? '');
  const last = dueOn ?? (monday && daysAfter(monday, 6));
  if (state !== 'overdue' || last === undefined) return undefined;
  const { days } = Temporal.PlainDate.from(last).until(today);
  const time = days < 14 ? counted(days, 'day') : counted(Math.floor(days / 7), 'week');
  return `${time} overdue`;
}

/** The Monday of an ISO week, `2026-W07`, as `9 February 2026`; the week itself where it is none. */
export function weekInWords(week: string): string {
  const monday = mondayOfWeek(week);
  return monday ? calendarDayInWords(monday) : week;
}
