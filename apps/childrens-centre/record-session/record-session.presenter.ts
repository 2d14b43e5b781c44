import { centreActivities } from '@common-thread/domain/code-lists';
import type { Choice } from '@common-thread/platform/pages/components';
import {
  checkboxes,
  choicesOf,
  dateInput,
  radios,
  select,
  textarea,
} from '@common-thread/platform/pages/components';
import { typedText } from '@common-thread/platform/pages/typed-fields';
import { activityWords } from '@common-thread/presenting/code-words';
import type { Drawn, FamilyFormParts } from '@common-thread/presenting/family-form';
import { childNamesMissing, familyForm } from '@common-thread/presenting/family-form';
import type { SessionKind } from './record-session.form.js';

export interface RecordSessionParts extends FamilyFormParts {
  readonly people: readonly Choice[];
  readonly places: readonly Choice[];
  /** The centre the family is registered at, chosen until another is. */
  readonly registeredAt: string | undefined;
}

const kinds = {
  attended: {
    form: 'record-attendance',
    path: 'attendance',
    heading: 'Record who came to a session',
    who: { field: 'personIds', label: 'Who came?' },
  },
  'not-brought': {
    form: 'record-not-brought',
    path: 'not-brought',
    heading: 'Record a child who was not brought',
    who: {
      field: 'childId',
      label: 'Which child was expected and not brought?',
      hint: '“Not brought” rather than “did not attend”: a child cannot come alone.',
    },
  },
} as const;

export function sessionForm(kind: SessionKind) {
  const { form, path, heading, who } = kinds[kind];
  return { form, path, heading, firstField: who.field };
}

/** A session of one family: who came to it, or which child was not brought. */
export function recordSessionView(kind: SessionKind, state: Drawn, parts: RecordSessionParts) {
  const { form, path, heading, who } = kinds[kind];
  const question = parts.namesUnavailable ? { ...who, hint: childNamesMissing } : who;
  const place = typedText(state.typed, 'placeId') || (parts.registeredAt ?? '');
  const withPlace = { ...state, typed: { ...state.typed, placeId: place } };
  return {
    ...familyForm(state, form, `/families/${parts.familyId}/${path}`, parts),
    heading,
    submit: 'Record',
    people: kind === 'attended' && checkboxes(state, question, parts.people),
    child: kind === 'not-brought' && radios(state, question, parts.people),
    activity: select(
      state,
      { field: 'activity', label: 'Which session?' },
      choicesOf(centreActivities, activityWords),
    ),
    occurredOn: dateInput(state, {
      field: 'occurredOn',
      label: 'On what day?',
      hint: 'Like 27 3 2026',
    }),
    place:
      parts.places.length > 1 &&
      radios(withPlace, { field: 'placeId', label: 'At which of your centres?' }, parts.places),
    note: textarea(
      state,
      {
        field: 'note',
        label: 'Note (optional)',
        hint: 'Kept in your own centre’s record: other services are told that and when, not this.',
      },
      4,
    ),
  };
}
