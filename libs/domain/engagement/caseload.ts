import type { Command, Decider } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { audienceRefusal } from '../audience-rule.js';
import { listRefusal, textRefusal } from '../limits.js';
import { isDay, isoWeekOf } from '../london-day.js';
import {
  afterItEnded,
  beforeItBegan,
  endsBefore,
  occurrenceRefusal,
  onEarlierDay,
  onSameDay,
} from '../occurrence.js';
import type { Standing, WithdrawRecord } from '../record-withdrawn.js';
import {
  decideWithdrawal,
  standing,
  unlessWithdrawn,
  withoutWithdrawn,
} from '../record-withdrawn.js';
import type { CaseloadEvent } from './events.js';

type Began = DataOf<CaseloadEvent, 'CaseloadBegan'>;
type Ended = DataOf<CaseloadEvent, 'CaseloadEnded'>;
type Due = DataOf<CaseloadEvent, 'ReviewDue'>;
type Held = DataOf<CaseloadEvent, 'ReviewHeld'>;
type Missed = DataOf<CaseloadEvent, 'ReviewMissed'>;

export type BeginCaseload = Command<'BeginCaseload', Began>;
export type EndCaseload = Command<'EndCaseload', Ended>;
/**
 * One child's reviews as `reviewSchedule` gives them: the last day of each, `YYYY-MM-DD`, in
 * clear.
 */
export type ScheduleReviews = Command<
  'ScheduleReviews',
  {
    readonly childId: string;
    readonly reviews: readonly Pick<Due, 'review' | 'dueOn'>[];
  }
>;
/** A review need not have been scheduled here: the family may have moved in after it fell due. */
export type RecordReviewHeld = Command<'RecordReviewHeld', Held>;
export type RecordReviewMissed = Command<'RecordReviewMissed', Missed>;
export type CaseloadCommand =
  | BeginCaseload
  | EndCaseload
  | ScheduleReviews
  | RecordReviewHeld
  | RecordReviewMissed
  | WithdrawRecord;

type ReviewOf = Pick<Due, 'childId' | 'review'>;

export interface Caseload {
  readonly began: (Standing & Began) | undefined;
  readonly ended: (Standing & Ended) | undefined;
  /** The last one of a child and review holds. */
  readonly due: readonly (Standing & ReviewOf & Pick<Due, 'dueWeek'>)[];
  readonly held: readonly (Standing & ReviewOf & Pick<Held, 'place'>)[];
  readonly missed: readonly (Standing & ReviewOf & Pick<Missed, 'reason'>)[];
  readonly withdrawn: readonly string[];
}

const nothing: Caseload = {
  began: undefined,
  ended: undefined,
  due: [],
  held: [],
  missed: [],
  withdrawn: [],
};

/**
 * One family on one health visiting team's caseload, once; the five mandated reviews of its
 * children.
 */
export const caseload: Decider<CaseloadCommand, CaseloadEvent, Caseload> = {
  category: 'caseload',
  initialState: nothing,

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    if (command.type === 'BeginCaseload') return begin(command, state);
    if (command.type === 'WithdrawRecord') {
      const reviews = [...state.due, ...state.held, ...state.missed];
      const under = [...reviews, ...(state.ended ? [state.ended] : [])];
      return decideWithdrawal(command, {
        beginning: state.began,
        alone: under,
        resting: under,
        withdrawn: state.withdrawn,
      });
    }
    const { began } = state;
    if (!began) {
      return new Refusal(
        'caseload/not-begun',
        'This family is not on the caseload. Take the family on first.',
      );
    }
    switch (command.type) {
      case 'EndCaseload':
        return end(command, began, state);
      case 'ScheduleReviews':
        return schedule(command, state);
      case 'RecordReviewHeld':
        return hold(command, began, state);
      case 'RecordReviewMissed':
        return miss(command, began, state);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'CaseloadBegan':
        return { ...state, began: { ...standing(event), ...event.data } };
      case 'CaseloadEnded':
        return { ...state, ended: { ...standing(event), ...event.data } };
      case 'ReviewDue': {
        const { childId, review, dueWeek } = event.data;
        return { ...state, due: [...state.due, { ...standing(event), childId, review, dueWeek }] };
      }
      case 'ReviewHeld': {
        const { childId, review, place } = event.data;
        return { ...state, held: [...state.held, { ...standing(event), childId, review, place }] };
      }
      case 'ReviewMissed': {
        const { childId, review, reason } = event.data;
        const missed = { ...standing(event), childId, review, reason };
        return { ...state, missed: [...state.missed, missed] };
      }
      case 'RecordWithdrawn':
        return withoutEvent(state, event.data.withdraws);
    }
  },
};

function withoutEvent(state: Caseload, id: string): Caseload {
  const withdrawn = [...state.withdrawn, id];
  if (state.began?.id === id) return { ...nothing, withdrawn };
  return {
    began: state.began,
    ended: unlessWithdrawn(state.ended, id),
    due: withoutWithdrawn(state.due, id),
    held: withoutWithdrawn(state.held, id),
    missed: withoutWithdrawn(state.missed, id),
    withdrawn,
  };
}

function begin({ data }: BeginCaseload, { began, withdrawn }: Caseload) {
  if (began || withdrawn.length > 0) {
    return began?.familyId === data.familyId && began.trust === data.trust
      ? []
      : new Refusal(
          'caseload/already-begun',
          'This time on the caseload has begun already. Take the family on anew as a new one.',
        );
  }
  return (
    audienceRefusal(data.trust, 'health-visiting', '/trust') ?? [
      { type: 'CaseloadBegan' as const, data },
    ]
  );
}

function end({ data, context }: EndCaseload, began: Standing, state: Caseload) {
  if (state.ended) {
    return state.ended.reason === data.reason
      ? []
      : new Refusal(
          'caseload/already-ended',
          'The family has left the caseload already, for another reason. Withdraw that end ' +
            'first if it is wrong.',
          '/reason',
        );
  }
  return (
    beforeItBegan(context, began.at) ??
    endsBefore(context, [...state.held, ...state.missed]) ?? [
      { type: 'CaseloadEnded' as const, data },
    ]
  );
}

/** Records what is new or has moved to another week; a review already held is not due again. */
function schedule({ data }: ScheduleReviews, { ended, due, held }: Caseload) {
  if (ended) {
    return new Refusal(
      'caseload/ended',
      'The family has left the caseload, so no review can fall due. Take the family on anew ' +
        'first.',
    );
  }
  const refusal = listRefusal(
    data.reviews.map(({ review }) => review),
    '/reviews',
  );
  if (refusal) return refusal;
  if (!data.reviews.every(({ dueOn }) => isDay(dueOn))) {
    return new Refusal(
      'caseload/no-such-day',
      'Give the day each review is due by as YYYY-MM-DD.',
      '/reviews',
    );
  }
  return data.reviews.flatMap(({ review, dueOn }) => {
    const of = { childId: data.childId, review };
    const dueWeek = isoWeekOf(dueOn);
    const scheduled = due.findLast((each) => isSameReview(each, of));
    if (scheduled?.dueWeek === dueWeek || held.some((each) => isSameReview(each, of))) return [];
    return [{ type: 'ReviewDue' as const, data: { ...of, dueWeek, dueOn } }];
  });
}

function hold({ data, context }: RecordReviewHeld, began: Standing, { ended, held }: Caseload) {
  const earlier = held.find((each) => isSameReview(each, data));
  if (earlier) {
    return earlier.place === data.place && onSameDay(earlier.at, context.occurredAt)
      ? []
      : new Refusal(
          'caseload/review-already-held',
          'This review of the child is recorded as held already. Withdraw that record first if ' +
            'it is wrong.',
          '/review',
        );
  }
  return (
    textRefusal(data.note, '/note') ??
    beforeItBegan(context, began.at) ??
    afterItEnded(context, ended?.at) ?? [{ type: 'ReviewHeld' as const, data }]
  );
}

/** A review may be missed several times before it is held, and such a miss be recorded late. */
function miss(
  { data, context }: RecordReviewMissed,
  began: Standing,
  { ended, held, missed }: Caseload,
) {
  const { occurredAt } = context;
  const repeated = missed.some(
    (each) =>
      isSameReview(each, data) && each.reason === data.reason && onSameDay(each.at, occurredAt),
  );
  if (repeated) return [];
  const heldByThen = held.some(
    (each) => isSameReview(each, data) && !onEarlierDay(occurredAt, each.at),
  );
  if (heldByThen) {
    return new Refusal(
      'caseload/review-already-held',
      'This review of the child had been held by then. Check the date, or withdraw that record ' +
        'first if it is wrong.',
      '/review',
    );
  }
  return (
    textRefusal(data.note, '/note') ??
    beforeItBegan(context, began.at) ??
    afterItEnded(context, ended?.at) ?? [{ type: 'ReviewMissed' as const, data }]
  );
}

function isSameReview(one: ReviewOf, other: ReviewOf): boolean {
  return one.childId === other.childId && one.review === other.review;
}
