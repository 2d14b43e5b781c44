import type { Command, Decider } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { occurrenceRefusal } from '../occurrence.js';
import type { ShieldingEvent } from './events.js';

/** The family is the stream's. */
export type MakeAddressConfidential = Command<
  'MakeAddressConfidential',
  Omit<DataOf<ShieldingEvent, 'AddressMadeConfidential'>, 'familyId'>
>;
export type EndAddressConfidentiality = Command<
  'EndAddressConfidentiality',
  DataOf<ShieldingEvent, 'AddressConfidentialityEnded'>
>;
export type ShieldingCommand = MakeAddressConfidential | EndAddressConfidentiality;

export interface Shielding {
  readonly isConfidential: boolean;
}

/**
 * Whether a family's addresses are confidential. Of the whole household: one member's address gives away
 * all the others'. It is ended, never withdrawn, and may begin again.
 */
export const shielding: Decider<ShieldingCommand, ShieldingEvent, Shielding> = {
  category: 'shielding',
  initialState: { isConfidential: false },

  decide(command, { isConfidential }) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    switch (command.type) {
      case 'MakeAddressConfidential': {
        if (isConfidential) return [];
        const data = { familyId: command.context.subjectId, ...command.data };
        return [{ type: 'AddressMadeConfidential', data }];
      }
      case 'EndAddressConfidentiality':
        return isConfidential ? [{ type: 'AddressConfidentialityEnded', data: command.data }] : [];
    }
  },

  evolve(_state, event) {
    return { isConfidential: event.type === 'AddressMadeConfidential' };
  },
};
