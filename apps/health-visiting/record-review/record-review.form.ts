import {
  mandatedReviews,
  reviewMissedReasons,
  reviewPlaces,
} from '@common-thread/domain/code-lists';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';

/** What was recorded: which of the two commands, and its body. */
export interface ReviewAnswers {
  readonly step: 'reviews-held' | 'reviews-missed';
  readonly body: object;
}

const messages = {
  childId: 'Choose the child',
  review: 'Choose the review',
  happened: 'Say whether the review was held or missed',
  place: 'Choose where it was held',
  reason: 'Choose why it was missed',
  heldWithReason: 'You said it was held: take away the reason it was missed',
  missedWithPlace: 'You said it was missed: take away where it was held',
  occurredOn: 'Give the whole date, like 27 3 2026',
  future: 'The date must be today or earlier',
};

/** Checks *Record a review*. @param today `YYYY-MM-DD` in London */
export function checkReview(
  typed: TypedFields,
  childIds: readonly string[],
  today: string,
): Checked<ReviewAnswers> {
  const answers = new Answers(typed);
  const childId = answers.oneOf('childId', childIds, messages.childId);
  const review = answers.oneOf('review', mandatedReviews, messages.review);
  const occurredAt = answers.day('occurredOn', messages.occurredOn);
  if (occurredAt !== undefined && occurredAt > today) answers.wrong('occurredOn', messages.future);
  const happened = answers.oneOf('happened', ['held', 'missed'], messages.happened);
  const place =
    happened === 'held' ? answers.oneOf('place', reviewPlaces, messages.place) : undefined;
  const reason =
    happened === 'missed'
      ? answers.oneOf('reason', reviewMissedReasons, messages.reason)
      : undefined;
  // Both answers cannot be true, and we do not guess which one was meant.
  if (happened === 'held' && answers.optionalOneOf('reason', reviewMissedReasons)) {
    answers.wrong('reason', messages.heldWithReason);
  }
  if (happened === 'missed' && answers.optionalOneOf('place', reviewPlaces)) {
    answers.wrong('place', messages.missedWithPlace);
  }
  const note = answers.optionalText('note');
  return answers.checked((): ReviewAnswers => {
    const shared = { childId, review, occurredAt, ...(note ? { note } : {}) };
    return happened === 'held'
      ? { step: 'reviews-held', body: { ...shared, place } }
      : { step: 'reviews-missed', body: { ...shared, reason } };
  });
}
