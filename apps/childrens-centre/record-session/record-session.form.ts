import { centreActivities } from '@common-thread/domain/code-lists';
import type { Checked } from '@common-thread/platform/pages/answers';
import { Answers } from '@common-thread/platform/pages/answers';
import type { TypedFields } from '@common-thread/platform/pages/typed-fields';
import { given, pastDay } from '@common-thread/presenting/typed-answers';

/** Whether somebody came to a session or a child was not brought. */
export type SessionKind = 'attended' | 'not-brought';

/** Whom and where a session may have been for. */
export interface SessionChoices {
  /** Members of the family; of a child not brought its children. */
  readonly personIds: readonly string[];
  /** Short names of our centres. */
  readonly places: readonly string[];
}

const messages = {
  personIds: 'Choose who came',
  childId: 'Choose the child who was not brought',
  activity: 'Choose the session',
  placeId: 'Choose the centre',
};

/** Checks *Record who came* and *Record a child not brought*. @param today `YYYY-MM-DD` in London */
export function checkSession(
  kind: SessionKind,
  typed: TypedFields,
  { personIds, places }: SessionChoices,
  today: string,
): Checked<object> {
  const answers = new Answers(typed);
  const who =
    kind === 'attended'
      ? { personIds: answers.someOf('personIds', personIds, messages.personIds) }
      : { childId: answers.oneOf('childId', personIds, messages.childId) };
  const activity = answers.oneOf('activity', centreActivities, messages.activity);
  const occurredAt = pastDay(answers, 'occurredOn', today);
  const [onlyPlace] = places;
  const placeId =
    places.length === 1 ? onlyPlace : answers.oneOf('placeId', places, messages.placeId);
  const note = answers.optionalText('note');
  return answers.checked(() => ({ ...who, ...given({ activity, occurredAt, placeId, note }) }));
}
