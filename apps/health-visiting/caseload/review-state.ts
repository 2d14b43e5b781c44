import { earliestWeekStillCounted } from '@common-thread/domain/engagement/still-counted';
import type { SelectedOf } from '@common-thread/projecting/read-model';
import type { reviewTable } from './projection.js';

/** Where one mandated review of one child stands. */
export interface ReviewState {
  readonly childId: string;
  /** `new-birth`, `one-year`, … */
  readonly review: string;
  /**
   * `not-held-in-time`: nobody told of it as held while it still counted. It is nobody's task any more,
   * and stays to be seen.
   */
  readonly state: 'due' | 'overdue' | 'not-held-in-time' | 'held';
  /** ISO week by whose end it is due (`2026-W07`); null where it was held without falling due here. */
  readonly dueWeek: string | null;
  /** Box: the day, from which the birth date could be worked out. */
  readonly dueOn: string | null;
  readonly heldAt: Date | null;
  /** Oldest first. */
  readonly missed: readonly { readonly at: Date | null; readonly reason: string | null }[];
}

/** The review that birth ends. */
export const BEFORE_BIRTH = 'antenatal';

type ReviewTold = Pick<
  SelectedOf<typeof reviewTable.columns>,
  'kind' | 'child_id' | 'review' | 'due_week' | 'due_on' | 'reason' | 'occurred_at'
>;

/** Somebody has yet to hold it, and can in time. */
export function isOutstanding({ state }: ReviewState): boolean {
  return state === 'due' || state === 'overdue';
}

/**
 * Standing rows of one family as reviews: outstanding ones by week, then those not held in time and
 * those held, of each the latest first.
 * A row that does not say which child or which review (a mere notice) makes none.
 * @param told oldest first
 * @param week ISO week now
 */
export function reviewStates(told: readonly ReviewTold[], week: string): ReviewState[] {
  const born = new Set(told.filter(({ kind }) => kind === 'born').map((row) => row.child_id));
  const byReview = new Map<string, ReviewTold[]>();
  for (const row of told) {
    if (row.child_id === null || row.review === null) continue;
    const key = `${row.child_id} ${row.review}`;
    byReview.set(key, [...(byReview.get(key) ?? []), row]);
  }
  const states = [...byReview.values()].flatMap((rows) => stateOf(rows, week, born) ?? []);
  const outstanding = states.filter(isOutstanding);
  const notHeld = states.filter((s) => s.state === 'not-held-in-time');
  const held = states.filter((s) => s.state === 'held');
  return [
    ...outstanding.sort((a, b) => compare(a.dueWeek, b.dueWeek)),
    ...notHeld.sort((a, b) => compare(b.dueWeek, a.dueWeek)),
    ...held.sort((a, b) => Number(b.heldAt) - Number(a.heldAt)),
  ];
}

function stateOf(
  rows: readonly ReviewTold[],
  week: string,
  born: ReadonlySet<string | null>,
): ReviewState | undefined {
  const due = rows.findLast((row) => row.kind === 'due');
  const held = rows.findLast((row) => row.kind === 'held');
  const [first] = rows;
  if (!first?.child_id || !first.review) return undefined;
  const dueWeek = due?.due_week ?? null;
  const tooLate = first.review === BEFORE_BIRTH && born.has(first.child_id);
  const notHeld = tooLate ? 'not-held-in-time' : standingOf(first.review, dueWeek, week);
  return {
    childId: first.child_id,
    review: first.review,
    state: held ? 'held' : notHeld,
    dueWeek,
    dueOn: due?.due_on ?? null,
    heldAt: held?.occurred_at ?? null,
    missed: rows
      .filter((row) => row.kind === 'missed')
      .map((row) => ({ at: row.occurred_at, reason: row.reason })),
  };
}

/** Of a review nobody held. */
function standingOf(review: string, dueWeek: string | null, week: string) {
  if (dueWeek === null || dueWeek >= week) return 'due';
  const earliest = earliestWeekStillCounted(review, week) ?? dueWeek;
  return dueWeek < earliest ? 'not-held-in-time' : 'overdue';
}

/** ISO weeks sort as text; without one comes last. */
function compare(a: string | null, b: string | null): number {
  return a === b ? 0 : (a ?? '~') < (b ?? '~') ? -1 : 1;
}
