import type { Command, Decider } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { occurrenceRefusal, beforeItBegan } from '../occurrence.js';
import type { Standing, WithdrawRecord } from '../record-withdrawn.js';
import {
  decideWithdrawal,
  standing,
  unlessWithdrawn,
  withoutWithdrawn,
} from '../record-withdrawn.js';
import type { PersonEvent } from './events.js';
import { birthRefusal, detailsRefusal, normalised } from './person-details.js';

type Registered = DataOf<PersonEvent, 'PersonRegistered'>;
type Born = DataOf<PersonEvent, 'ChildBorn'>;
type Corrected = DataOf<PersonEvent, 'PersonDetailsCorrected'>;

/** Identity in clear, as it was given; the person's id is the stream's. */
export type RegisterPerson = Command<'RegisterPerson', Omit<Registered, 'personId'>>;
/** What is known of a child with the birth; a name may come later. */
export type RecordBirth = Command<'RecordBirth', Omit<Born, 'personId'>>;
/** Only the parts that were wrong; `corrects` is the id of the registration or of the birth. */
export type CorrectPersonDetails = Command<'CorrectPersonDetails', Omit<Corrected, 'personId'>>;
export type PersonCommand = RegisterPerson | RecordBirth | CorrectPersonDetails | WithdrawRecord;

export interface Person {
  readonly registered: (Standing & { readonly kind: Registered['kind'] }) | undefined;
  readonly born: Standing | undefined;
  readonly corrections: readonly (Standing & Pick<Corrected, 'corrects'>)[];
  readonly withdrawn: readonly string[];
}

export const person: Decider<PersonCommand, PersonEvent, Person> = {
  category: 'person',
  initialState: { registered: undefined, born: undefined, corrections: [], withdrawn: [] },

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    switch (command.type) {
      case 'RegisterPerson':
        return register(command, state);
      case 'RecordBirth':
        return bear(command, state);
      case 'CorrectPersonDetails':
        return correct(command, state);
      case 'WithdrawRecord':
        return decideWithdrawal(command, {
          beginning: state.registered,
          alone: [...(state.born ? [state.born] : []), ...state.corrections],
          resting: state.born ? [state.born] : [], // a correction goes with what it corrects
          withdrawn: state.withdrawn,
        });
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'PersonRegistered':
        return { ...state, registered: { ...standing(event), kind: event.data.kind } };
      case 'ChildBorn':
        return { ...state, born: standing(event) };
      case 'PersonDetailsCorrected': {
        const correction = { ...standing(event), corrects: event.data.corrects };
        return { ...state, corrections: [...state.corrections, correction] };
      }
      case 'RecordWithdrawn':
        return withoutEvent(state, event.data.withdraws);
    }
  },
};

function withoutEvent(state: Person, id: string): Person {
  const withdrawn = [...state.withdrawn, id];
  const registered = unlessWithdrawn(state.registered, id);
  if (!registered) return { registered, born: undefined, corrections: [], withdrawn };
  return {
    registered,
    born: unlessWithdrawn(state.born, id),
    corrections: withoutWithdrawn(state.corrections, id).filter((c) => c.corrects !== id),
    withdrawn,
  };
}

function register({ data, context }: RegisterPerson, state: Person) {
  if (state.registered || state.withdrawn.length > 0) {
    return new Refusal(
      'person/already-registered',
      'This person is registered already. Correct the details, or register somebody else as a ' +
        'new person.',
    );
  }
  return (
    detailsRefusal(data, data.kind, context) ??
    missingDetail(data, context.imported === true) ?? [
      {
        type: 'PersonRegistered' as const,
        data: { ...data, ...normalised(data), personId: context.subjectId },
      },
    ]
  );
}

/** What somebody new must come with. An extract may hold a child by its authority's id alone. */
function missingDetail(data: RegisterPerson['data'], imported: boolean): Refusal | undefined {
  if (data.kind === 'unborn' && data.expectedDate === undefined) {
    return new Refusal(
      'person/expected-date-missing',
      'Give the date on which the child is expected.',
      '/expectedDate',
    );
  }
  if (data.authorityChildId !== undefined && data.authority === undefined) {
    return new Refusal(
      'person/authority-missing',
      'Give the three-digit code of the authority whose child id this is.',
      '/authority',
    );
  }
  const named = data.givenName ?? data.familyName ?? data.knownAs;
  if (named === undefined && data.kind !== 'unborn' && !imported) {
    return new Refusal(
      'person/name-missing',
      'Give a name: a given name, a family name or the name they are known as.',
      '/familyName',
    );
  }
  return undefined;
}

function bear({ data, context }: RecordBirth, { registered, born }: Person) {
  if (!registered) return nobodyRegistered;
  if (registered.kind !== 'unborn') {
    return new Refusal(
      'person/not-expected',
      'This person is registered as born. Correct the date of birth if it is wrong.',
    );
  }
  if (born) {
    return new Refusal(
      'person/already-born',
      'The birth of this child is recorded already. Correct it, or withdraw it, if it is wrong.',
    );
  }
  return (
    birthRefusal(data, registered.at, context) ??
    beforeItBegan(context, registered.at) ?? [
      {
        type: 'ChildBorn' as const,
        data: { ...data, ...normalised(data), personId: context.subjectId },
      },
    ]
  );
}

function correct({ data, context }: CorrectPersonDetails, { registered, born }: Person) {
  if (!registered) return nobodyRegistered;
  if (data.corrects !== registered.id && data.corrects !== born?.id) {
    return new Refusal(
      'person/nothing-to-correct',
      "Name this person's registration, or the birth, as the record to correct, and give every " +
        'part that was wrong.',
      '/corrects',
    );
  }
  const kind = data.corrects === born?.id ? 'child' : registered.kind;
  const { corrects, ...details } = data;
  if (Object.keys(details).length === 0) {
    return new Refusal('person/no-details', 'Give at least one detail as it should read.');
  }
  return (
    detailsRefusal(details, kind, context) ??
    beforeItBegan(context, registered.at) ?? [
      {
        type: 'PersonDetailsCorrected' as const,
        data: { ...details, ...normalised(details), corrects, personId: context.subjectId },
      },
    ]
  );
}

const nobodyRegistered = new Refusal(
  'person/not-registered',
  'Nobody is registered here. Register the person first.',
);
