import type { Command, Decider, RecordedFact } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { audienceRefusal } from '../audience-rule.js';
import { listRefusal, sameMembers, textRefusal } from '../limits.js';
import { afterItEnded, beforeItBegan, endsBefore, occurrenceRefusal } from '../occurrence.js';
import type { Standing, WithdrawRecord } from '../record-withdrawn.js';
import {
  decideWithdrawal,
  standing,
  unlessWithdrawn,
  withoutWithdrawn,
} from '../record-withdrawn.js';
import type { RegistrationEvent } from './events.js';

type Began = DataOf<RegistrationEvent, 'CentreRegistrationBegan'>;
type Ended = DataOf<RegistrationEvent, 'CentreRegistrationEnded'>;
type Attended = DataOf<RegistrationEvent, 'SessionAttended'>;

export type BeginCentreRegistration = Command<'BeginCentreRegistration', Began>;
export type EndCentreRegistration = Command<'EndCentreRegistration', Ended>;
export type RecordAttendance = Command<'RecordAttendance', Attended>;
export type RecordChildNotBrought = Command<
  'RecordChildNotBrought',
  DataOf<RegistrationEvent, 'ChildNotBrought'>
>;
export type RegistrationCommand =
  | BeginCentreRegistration
  | EndCentreRegistration
  | RecordAttendance
  | RecordChildNotBrought
  | WithdrawRecord;

/** Who came to, or was not brought to, one session. */
interface Session extends Standing, Pick<Attended, 'activity' | 'placeId'> {
  /** When it was, milliseconds since 1970: a family may come for years, and each time is compared. */
  readonly atMs: number;
  readonly came: boolean;
  readonly people: readonly string[];
}

export interface Registration {
  readonly began: (Standing & Began) | undefined;
  readonly ended: (Standing & Ended) | undefined;
  readonly sessions: readonly Session[];
  readonly withdrawn: readonly string[];
}

const nothing: Registration = {
  began: undefined,
  ended: undefined,
  sessions: [],
  withdrawn: [],
};

/** One family registered with one provider's centre, once: begun, attended or not, ended. */
export const registration: Decider<RegistrationCommand, RegistrationEvent, Registration> = {
  category: 'registration',
  initialState: nothing,

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    if (command.type === 'BeginCentreRegistration') return begin(command, state);
    if (command.type === 'WithdrawRecord') {
      const under = [...state.sessions, ...(state.ended ? [state.ended] : [])];
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
        'registration/not-begun',
        'This family is not registered here. Register the family first.',
      );
    }
    switch (command.type) {
      case 'EndCentreRegistration':
        return end(command, began, state);
      case 'RecordAttendance':
        return attend(command, began, state);
      case 'RecordChildNotBrought':
        return missOut(command, began, state);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'CentreRegistrationBegan':
        return { ...state, began: { ...standing(event), ...event.data } };
      case 'CentreRegistrationEnded':
        return { ...state, ended: { ...standing(event), ...event.data } };
      case 'SessionAttended': {
        const { activity, placeId, personIds } = event.data;
        return withSession(state, event, { activity, placeId, came: true, people: personIds });
      }
      case 'ChildNotBrought': {
        const { activity, placeId, childId } = event.data;
        return withSession(state, event, { activity, placeId, came: false, people: [childId] });
      }
      case 'RecordWithdrawn':
        return withoutEvent(state, event.data.withdraws);
    }
  },
};

function withSession(
  state: Registration,
  event: RecordedFact<RegistrationEvent>,
  session: Omit<Session, keyof Standing | 'atMs'>,
): Registration {
  const at = standing(event);
  const held = { ...at, atMs: Date.parse(at.at), ...session };
  return { ...state, sessions: [...state.sessions, held] };
}

function withoutEvent(state: Registration, id: string): Registration {
  const withdrawn = [...state.withdrawn, id];
  if (state.began?.id === id) return { ...nothing, withdrawn };
  return {
    began: state.began,
    ended: unlessWithdrawn(state.ended, id),
    sessions: withoutWithdrawn(state.sessions, id),
    withdrawn,
  };
}

function begin({ data }: BeginCentreRegistration, { began, withdrawn }: Registration) {
  if (began || withdrawn.length > 0) {
    const same =
      began?.familyId === data.familyId &&
      began.provider === data.provider &&
      began.placeId === data.placeId;
    return same
      ? []
      : new Refusal(
          'registration/already-begun',
          'This registration has begun already. Register the family anew as a new registration.',
        );
  }
  return (
    audienceRefusal(data.provider, 'childrens-centre', '/provider') ?? [
      { type: 'CentreRegistrationBegan' as const, data },
    ]
  );
}

function end(
  { data, context }: EndCentreRegistration,
  began: Standing,
  { ended, sessions }: Registration,
) {
  if (ended) {
    return ended.reason === data.reason
      ? []
      : new Refusal(
          'registration/already-ended',
          'This registration has ended already, for another reason. Withdraw that end first if ' +
            'it is wrong.',
          '/reason',
        );
  }
  return (
    beforeItBegan(context, began.at) ??
    endsBefore(context, sessions) ?? [{ type: 'CentreRegistrationEnded' as const, data }]
  );
}

function attend(
  { data, context }: RecordAttendance,
  began: Standing,
  { ended, sessions }: Registration,
) {
  const refusal =
    listRefusal(data.personIds, '/personIds') ??
    textRefusal(data.note, '/note') ??
    beforeItBegan(context, began.at) ??
    afterItEnded(context, ended?.at);
  if (refusal) return refusal;
  const atMs = Date.parse(context.occurredAt);
  const held = sessions.filter((session) => isSameSession(session, data, atMs));
  if (held.some(({ came, people }) => came && sameMembers(people, data.personIds))) return [];
  if (held.some(({ came, people }) => !came && people.some((id) => data.personIds.includes(id)))) {
    return cameAndWasNotBrought('/personIds');
  }
  return [{ type: 'SessionAttended' as const, data }];
}

function missOut(
  { data, context }: RecordChildNotBrought,
  began: Standing,
  { ended, sessions }: Registration,
) {
  const refusal =
    textRefusal(data.note, '/note') ??
    beforeItBegan(context, began.at) ??
    afterItEnded(context, ended?.at);
  if (refusal) return refusal;
  const atMs = Date.parse(context.occurredAt);
  const held = sessions.filter(
    (session) => isSameSession(session, data, atMs) && session.people.includes(data.childId),
  );
  if (held.some(({ came }) => came)) return cameAndWasNotBrought('/childId');
  return held.length > 0 ? [] : [{ type: 'ChildNotBrought' as const, data }];
}

function cameAndWasNotBrought(pointer: string): Refusal {
  return new Refusal(
    'registration/came-and-was-not-brought',
    'The same child is recorded both as there and as not brought to that session. Withdraw the ' +
      'record that is wrong first.',
    pointer,
  );
}

/** The same activity at the same place and time: a family goes to it once. */
function isSameSession(
  session: Session,
  asked: Pick<Attended, 'activity' | 'placeId'>,
  atMs: number,
): boolean {
  return (
    session.activity === asked.activity &&
    session.placeId === asked.placeId &&
    session.atMs === atMs
  );
}
