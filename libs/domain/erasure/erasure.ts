import type { Command, Decider, Decision } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import { listRefusal, sameMembers } from '../limits.js';
import { occurrenceRefusal } from '../occurrence.js';
import type { ErasureEvent } from './events.js';

type Proposed = DataOf<ErasureEvent, 'ShreddingProposed'>;
type HoldGround = DataOf<ErasureEvent, 'LegalHoldPlaced'>['ground'];

/** The person is the stream's. */
export type PlaceLegalHold = Command<'PlaceLegalHold', DataOf<ErasureEvent, 'LegalHoldPlaced'>>;
export type LiftLegalHold = Command<'LiftLegalHold', DataOf<ErasureEvent, 'LegalHoldLifted'>>;
export type ProposeShredding = Command<'ProposeShredding', Proposed>;
export type ConfirmShredding = Command<
  'ConfirmShredding',
  DataOf<ErasureEvent, 'ShreddingConfirmed'>
>;
export type DeclineShredding = Command<
  'DeclineShredding',
  DataOf<ErasureEvent, 'ShreddingDeclined'>
>;
export type ErasureCommand =
  PlaceLegalHold | LiftLegalHold | ProposeShredding | ConfirmShredding | DeclineShredding;

export interface Erasure {
  /** Grounds of the legal holds in force. */
  readonly holds: readonly HoldGround[];
  /** What waits for a second officer. */
  readonly proposal: (Proposed & { readonly id: string; readonly by: string }) | undefined;
  /** The last proposal that was answered, and how. */
  readonly answered: { readonly id: string; readonly how: 'confirmed' | 'declined' } | undefined;
}

/**
 * What becomes of a person’s records in the end. One officer proposes, another confirms, and while anything
 * holds them neither is possible. What was confirmed cannot be taken back: its keys may be gone.
 */
export const erasure: Decider<ErasureCommand, ErasureEvent, Erasure> = {
  category: 'erasure',
  initialState: { holds: [], proposal: undefined, answered: undefined },

  decide(command, state) {
    const refusal = occurrenceRefusal(command.context);
    if (refusal) return refusal;
    switch (command.type) {
      case 'PlaceLegalHold':
        if (state.holds.includes(command.data.ground)) return [];
        return [{ type: 'LegalHoldPlaced', data: command.data }];
      case 'LiftLegalHold':
        if (!state.holds.includes(command.data.ground)) return [];
        return [{ type: 'LegalHoldLifted', data: command.data }];
      case 'ProposeShredding':
        return propose(command, state);
      case 'ConfirmShredding':
        return confirm(command, state);
      case 'DeclineShredding': {
        const { proposalId } = command.data;
        if (isAnswered(state, proposalId, 'declined')) return [];
        if (state.proposal?.id !== proposalId) return noSuchProposal;
        return [{ type: 'ShreddingDeclined', data: command.data }];
      }
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'LegalHoldPlaced':
        return { ...state, holds: [...state.holds, event.data.ground] };
      case 'LegalHoldLifted': {
        const { ground } = event.data;
        return { ...state, holds: state.holds.filter((held) => held !== ground) };
      }
      case 'ShreddingProposed': {
        const { id, data, metadata } = event;
        return { ...state, proposal: { ...data, id, by: metadata.recordedBy } };
      }
      case 'ShreddingConfirmed':
        return answered(state, event.data.proposalId, 'confirmed');
      case 'ShreddingDeclined':
        return answered(state, event.data.proposalId, 'declined');
    }
  },
};

const noSuchProposal = new Refusal(
  'erasure/no-such-proposal',
  'This proposal does not wait for an answer. Read again what is proposed.',
  '/proposalId',
);
const onHold = new Refusal(
  'erasure/on-hold',
  'A legal hold keeps these records. Nothing can be destroyed until it is lifted.',
);

function propose(
  { data }: ProposeShredding,
  { holds, proposal }: Erasure,
): Decision<ErasureEvent> {
  if (proposal) {
    const { holder, recordClasses, ground } = proposal;
    const same =
      holder === data.holder &&
      ground === data.ground &&
      sameMembers(recordClasses, data.recordClasses);
    if (same) return [];
    return new Refusal(
      'erasure/proposed-already',
      'Another proposal waits for its second officer. Have it confirmed or declined first.',
    );
  }
  const refusal = listRefusal(data.recordClasses, '/recordClasses');
  if (refusal) return refusal;
  return holds.length > 0 ? onHold : [{ type: 'ShreddingProposed', data }];
}

function confirm({ data, context }: ConfirmShredding, state: Erasure): Decision<ErasureEvent> {
  const { proposalId } = data;
  if (isAnswered(state, proposalId, 'confirmed')) return [];
  if (state.proposal?.id !== proposalId) return noSuchProposal;
  if (state.holds.length > 0) return onHold;
  if (state.proposal.by === context.actor.id) {
    return new Refusal(
      'erasure/same-officer',
      'Whoever proposed it cannot confirm it. Ask another officer to look at it and confirm.',
    );
  }
  return [{ type: 'ShreddingConfirmed', data }];
}

function isAnswered({ answered }: Erasure, id: string, how: 'confirmed' | 'declined'): boolean {
  return answered?.id === id && answered.how === how;
}

function answered(state: Erasure, id: string, how: 'confirmed' | 'declined'): Erasure {
  return { ...state, proposal: undefined, answered: { id, how } };
}
