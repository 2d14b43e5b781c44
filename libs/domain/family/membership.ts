import type { Command, Decider } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { limits, textRefusal } from '../limits.js';
import {
  afterItEnded,
  beforeItBegan,
  endsBefore,
  occurrenceRefusal,
  onSameDay,
} from '../occurrence.js';
import { readPostcode } from '../postcode.js';
import type { Standing, WithdrawRecord } from '../record-withdrawn.js';
import {
  decideWithdrawal,
  standing,
  unlessWithdrawn,
  withoutWithdrawn,
} from '../record-withdrawn.js';
import type { MembershipEvent } from './events.js';

type Began = DataOf<MembershipEvent, 'MembershipBegan'>;
type Address = Pick<Began, 'address' | 'postcode'>;

export type BeginMembership = Command<'BeginMembership', Began>;
/** They moved: a new fact, also where a new address protects them. */
export type ChangeAddress = Command<'ChangeAddress', Address>;
/**
 * It never was so: `corrects` is the id of the beginning or of the change that told it wrongly.
 */
export type CorrectAddress = Command<'CorrectAddress', Address & { readonly corrects: string }>;
export type EndMembership = Command<'EndMembership', Record<never, never>>;
export type MembershipCommand =
  BeginMembership | ChangeAddress | CorrectAddress | EndMembership | WithdrawRecord;

export interface Membership {
  readonly began: (Standing & Pick<Began, 'familyId' | 'personId' | 'position'>) | undefined;
  readonly changes: readonly Standing[];
  readonly corrections: readonly (Standing & { readonly corrects: string })[];
  readonly ended: Standing | undefined;
  readonly withdrawn: readonly string[];
}

const nothing: Membership = {
  began: undefined,
  changes: [],
  corrections: [],
  ended: undefined,
  withdrawn: [],
};

/** One person in one family for a time. A child with two homes has two. */
export const membership: Decider<MembershipCommand, MembershipEvent, Membership> = {
  category: 'membership',
  initialState: nothing,

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    if (command.type === 'BeginMembership') return begin(command, state);
    if (command.type === 'WithdrawRecord') {
      return decideWithdrawal(command, {
        beginning: state.began,
        alone: [...state.changes, ...state.corrections, ...optional(state.ended)],
        resting: [], // every row told of a membership rests on it and goes with it
        withdrawn: state.withdrawn,
      });
    }
    const { began } = state;
    if (!began) {
      return new Refusal('membership/not-begun', 'Add this person to the family first.');
    }
    switch (command.type) {
      case 'ChangeAddress':
        return change(command, began, state);
      case 'CorrectAddress':
        return correct(command, began, state);
      case 'EndMembership':
        return end(command, began, state);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'MembershipBegan': {
        const { familyId, personId, position } = event.data;
        return { ...state, began: { ...standing(event), familyId, personId, position } };
      }
      case 'AddressChanged':
        return { ...state, changes: [...state.changes, standing(event)] };
      case 'AddressCorrected':
        return {
          ...state,
          corrections: [
            ...state.corrections,
            { ...standing(event), corrects: event.data.corrects },
          ],
        };
      case 'MembershipEnded':
        return { ...state, ended: standing(event) };
      case 'RecordWithdrawn':
        return withoutEvent(state, event.data.withdraws);
    }
  },
};

function withoutEvent(state: Membership, id: string): Membership {
  const withdrawn = [...state.withdrawn, id];
  if (state.began?.id === id) return { ...nothing, withdrawn };
  return {
    began: state.began,
    changes: withoutWithdrawn(state.changes, id),
    corrections: withoutWithdrawn(state.corrections, id).filter((c) => c.corrects !== id),
    ended: unlessWithdrawn(state.ended, id),
    withdrawn,
  };
}

function optional(event: Standing | undefined): readonly Standing[] {
  return event ? [event] : [];
}

function begin({ data }: BeginMembership, { began, withdrawn }: Membership) {
  if (began || withdrawn.length > 0) {
    const same =
      began?.familyId === data.familyId &&
      began.personId === data.personId &&
      began.position === data.position;
    return same
      ? []
      : new Refusal(
          'membership/already-begun',
          'This membership has begun already. Record another as a new one.',
        );
  }
  return (
    addressRefusal(data) ?? [
      { type: 'MembershipBegan' as const, data: { ...data, ...normalised(data) } },
    ]
  );
}

function change(
  { data, context }: ChangeAddress,
  began: NonNullable<Membership['began']>,
  { ended }: Membership,
) {
  return (
    addressMissing(data) ??
    addressRefusal(data) ??
    beforeItBegan(context, began.at) ??
    afterItEnded(context, ended?.at) ?? [
      {
        type: 'AddressChanged' as const,
        data: { ...data, ...normalised(data), personId: began.personId },
      },
    ]
  );
}

function correct(
  { data }: CorrectAddress,
  began: NonNullable<Membership['began']>,
  { changes }: Membership,
) {
  if (![began, ...changes].some(({ id }) => id === data.corrects)) {
    return new Refusal(
      'membership/nothing-to-correct',
      'Name the record that told the address wrongly: the beginning of the membership or a ' +
        'change of address that stands.',
      '/corrects',
    );
  }
  return (
    addressMissing(data) ??
    addressRefusal(data) ?? [
      {
        type: 'AddressCorrected' as const,
        data: { ...data, ...normalised(data), personId: began.personId },
      },
    ]
  );
}

function end(
  { context }: EndMembership,
  began: NonNullable<Membership['began']>,
  { ended, changes }: Membership,
) {
  if (ended) {
    return onSameDay(ended.at, context.occurredAt)
      ? []
      : new Refusal(
          'membership/already-ended',
          'This membership has ended already, on another day. Withdraw that end first if it is ' +
            'wrong.',
          '/occurredAt',
        );
  }
  return (
    beforeItBegan(context, began.at) ??
    endsBefore(context, changes) ?? [
      { type: 'MembershipEnded' as const, data: { personId: began.personId } },
    ]
  );
}

function addressMissing({ address, postcode }: Address): Refusal | undefined {
  if (address !== undefined || postcode !== undefined) return undefined;
  return new Refusal(
    'membership/address-missing',
    'Give the address or its postcode.',
    '/address',
  );
}

function addressRefusal({ address, postcode }: Address): Refusal | undefined {
  const refusal = textRefusal(address, '/address', limits.addressCharactersMax);
  if (refusal || postcode === undefined || readPostcode(postcode)) return refusal;
  return new Refusal(
    'membership/postcode-invalid',
    'This is not a postcode of the United Kingdom, such as NG9 1AB. Check it, or leave it out.',
    '/postcode',
  );
}

function normalised({ postcode }: Address): Pick<Address, 'postcode'> {
  const spaced = postcode === undefined ? undefined : readPostcode(postcode);
  return spaced === undefined ? {} : { postcode: spaced };
}
