import {
  mandatedReviews,
  reviewMissedReasons,
  reviewPlaces,
} from '@common-thread/domain/code-lists';
import type { Choice, FormState } from '@common-thread/platform/pages/components';
import {
  choicesOf,
  dateInput,
  radios,
  select,
  textarea,
} from '@common-thread/platform/pages/components';
import {
  reviewMissedWords,
  reviewPlaceWords,
  reviewWords,
} from '@common-thread/presenting/code-words';
import type { FamilyFormParts } from '@common-thread/presenting/family-form';
import { childNamesMissing, familyForm } from '@common-thread/presenting/family-form';

export const RECORD_REVIEW = 'record-review';

export interface RecordReviewParts extends FamilyFormParts {
  readonly children: readonly Choice[];
}

/** A mandated review held or missed: one form for both, because it is filled in from one diary. */
export function recordReviewView(state: FormState, parts: RecordReviewParts) {
  const path = `/families/${parts.familyId}/reviews/record`;
  return {
    ...familyForm(state, RECORD_REVIEW, path, parts),
    heading: 'Record a review',
    submit: 'Record review',
    children: radios(
      state,
      {
        field: 'childId',
        label: 'Which child?',
        ...(parts.namesUnavailable ? { hint: childNamesMissing } : {}),
      },
      parts.children,
    ),
    review: select(
      state,
      { field: 'review', label: 'Which review?' },
      choicesOf(mandatedReviews, reviewWords),
    ),
    occurredOn: dateInput(state, {
      field: 'occurredOn',
      label: 'On what day?',
      hint: 'Like 27 3 2026',
    }),
    happened: radios(state, { field: 'happened', label: 'Was it held?' }, [
      { value: 'held', text: 'It was held' },
      { value: 'missed', text: 'It was missed' },
    ]),
    place: select(
      state,
      { field: 'place', label: 'If it was held, where?' },
      choicesOf(reviewPlaces, reviewPlaceWords),
    ),
    reason: select(
      state,
      {
        field: 'reason',
        label: 'If it was missed, why?',
        hint: '“Not brought” rather than “did not attend”: a child cannot come alone.',
      },
      choicesOf(reviewMissedReasons, reviewMissedWords),
    ),
    note: textarea(
      state,
      {
        field: 'note',
        label: 'Note (optional)',
        hint: 'Kept in your own service’s record: other services are told that and when, not this.',
      },
      4,
    ),
  };
}
