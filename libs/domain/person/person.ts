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
import { detailsRefusal, normalised } from './person-details.js';

type Registered = DataOf<PersonEvent, 'PersonRegistered'>;
type Corrected = DataOf<PersonEvent, 'PersonDetailsCorrected'>;

/** Identity in clear, as it was given; the person's id is the stream's. */
export type RegisterPerson = Command<'RegisterPerson', Omit<Registered, 'personId'>>;
/** Only the parts that were wrong; `corrects` is the id of the registration. */
export type CorrectPersonDetails = Command<'CorrectPersonDetails', Omit<Corrected, 'personId'>>;
export type PersonCommand = RegisterPerson | CorrectPersonDetails | WithdrawRecord;

export interface Person {
  readonly registered: (Standing & { readonly kind: Registered['kind'] }) | undefined;
  readonly corrections: readonly Standing[];
  readonly withdrawn: readonly string[];
}

export const person: Decider<PersonCommand, PersonEvent, Person> = {
  category: 'person',
  initialState: { registered: undefined, corrections: [], withdrawn: [] },

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    switch (command.type) {
      case 'RegisterPerson':
        return register(command, state);
      case 'CorrectPersonDetails':
        return correct(command, state);
      case 'WithdrawRecord':
        return decideWithdrawal(command, {
          beginning: state.registered,
          alone: state.corrections,
          resting: [], // a correction goes with what it corrects
          withdrawn: state.withdrawn,
        });
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'PersonRegistered':
        return { ...state, registered: { ...standing(event), kind: event.data.kind } };
      case 'PersonDetailsCorrected':
        return { ...state, corrections: [...state.corrections, standing(event)] };
      case 'RecordWithdrawn': {
        const { withdraws } = event.data;
        const registered = unlessWithdrawn(state.registered, withdraws);
        return {
          registered,
          corrections: registered ? withoutWithdrawn(state.corrections, withdraws) : [],
          withdrawn: [...state.withdrawn, withdraws],
        };
      }
    }
  },
};

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

function correct({ data, context }: CorrectPersonDetails, { registered }: Person) {
  if (!registered) {
    return new Refusal(
      'person/not-registered',
      'Nobody is registered here. Register the person first.',
    );
  }
  if (data.corrects !== registered.id) {
    return new Refusal(
      'person/nothing-to-correct',
      "Name this person's registration as the record to correct, and give every part that was " +
        'wrong.',
      '/corrects',
    );
  }
  const { corrects, ...details } = data;
  if (Object.keys(details).length === 0) {
    return new Refusal('person/no-details', 'Give at least one detail as it should read.');
  }
  return (
    detailsRefusal(details, registered.kind, context) ??
    beforeItBegan(context, registered.at) ?? [
      {
        type: 'PersonDetailsCorrected' as const,
        data: { ...details, ...normalised(details), corrects, personId: context.subjectId },
      },
    ]
  );
}
