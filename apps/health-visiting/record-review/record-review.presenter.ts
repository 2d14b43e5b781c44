import {
  mandatedReviews,
  reviewMissedReasons,
  reviewPlaces,
} from '@common-thread/domain/code-lists';
import type { Choice, FormState } from '@common-thread/platform/pages/components';
import {
  choicesOf,
  dateInput,
  errorSummary,
  radios,
  select,
  textarea,
} from '@common-thread/platform/pages/components';
import { hiddenFields } from '@common-thread/platform/pages/posting';
import {
  reviewMissedWords,
  reviewPlaceWords,
  reviewWords,
} from '@common-thread/presenting/code-words';

export const RECORD_REVIEW = 'record-review';

/** A review put on the wrong child is worse than one recorded a little later. */
const namesMissing =
  'Names cannot be shown right now. If you have not chosen the child yet, wait until they can be.';

export interface RecordReviewParts {
  readonly familyId: string;
  readonly familyName: string | undefined;
  readonly children: readonly Choice[];
  readonly namesUnavailable: boolean;
  readonly wasKept: boolean;
}

/** A mandated review held or missed: one form for both, because it is filled in from one diary. */
export function recordReviewView(state: FormState, parts: RecordReviewParts) {
  const path = `/families/${parts.familyId}/reviews/record`;
  const familyName = parts.familyName ?? 'this family';
  return {
    namesUnavailable: parts.namesUnavailable,
    wasKept: parts.wasKept,
    back: { href: `/families/${parts.familyId}`, text: `Back to ${familyName}` },
    action: path,
    form: { hidden: hiddenFields({ form: RECORD_REVIEW, page: path }, state.typed) },
    errorSummary: errorSummary(state.errors),
    children: radios(
      state,
      {
        field: 'childId',
        label: 'Which child?',
        ...(parts.namesUnavailable ? { hint: namesMissing } : {}),
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
