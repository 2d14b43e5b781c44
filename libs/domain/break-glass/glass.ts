import type { Command, Decider } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import type { DataOf } from '@common-thread/eventing/event-shapes';
import type { GlassEvent } from './events.js';

export type RecordGlassBroken = Command<'RecordGlassBroken', DataOf<GlassEvent, 'GlassBroken'>>;
export type RecordGlassEnded = Command<'RecordGlassEnded', DataOf<GlassEvent, 'GlassEnded'>>;
export type RecordGlassReviewed = Command<
  'RecordGlassReviewed',
  DataOf<GlassEvent, 'GlassReviewed'>
>;
export type GlassCommand = RecordGlassBroken | RecordGlassEnded | RecordGlassReviewed;

export interface Glass {
  readonly isBroken: boolean;
  readonly hasEnded: boolean;
  readonly isReviewed: boolean;
}

/**
 * What the vault granted, as it says: these rules refuse nothing that has happened. Each step is recorded
 * once, and an end or a review only of what was broken.
 */
export const glass: Decider<GlassCommand, GlassEvent, Glass> = {
  category: 'glass',
  initialState: { isBroken: false, hasEnded: false, isReviewed: false },

  decide(command, { hasEnded, isBroken, isReviewed }) {
    switch (command.type) {
      case 'RecordGlassBroken':
        return isBroken ? [] : [{ type: 'GlassBroken', data: command.data }];
      case 'RecordGlassEnded':
        if (!isBroken) return notBroken;
        return hasEnded ? [] : [{ type: 'GlassEnded', data: command.data }];
      case 'RecordGlassReviewed':
        if (!isBroken) return notBroken;
        return isReviewed ? [] : [{ type: 'GlassReviewed', data: command.data }];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'GlassBroken':
        return { ...state, isBroken: true };
      case 'GlassEnded':
        return { ...state, hasEnded: true };
      case 'GlassReviewed':
        return { ...state, isReviewed: true };
    }
  },
};

const notBroken = new Refusal(
  'glass/not-broken',
  'This was never broken. Record that it was, and then what became of it.',
);
