import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import {
  LegalHoldGround,
  LegalHoldLiftReason,
  RecordClasses,
  ShreddingDeclineReason,
  ShreddingGround,
} from './code-lists.js';
import { Slug, Uuid } from '../identifiers.js';

/**
 * Streams `erasure-<personId>`: what keeps a person’s records from being destroyed, and what two officers
 * decided to destroy. Nothing in it is personal.
 */
export const erasureEvents = {
  LegalHoldPlaced: {
    version: 1,
    data: Type.Object({ ground: LegalHoldGround }, { additionalProperties: false }),
  },
  LegalHoldLifted: {
    version: 1,
    data: Type.Object(
      { ground: LegalHoldGround, reason: LegalHoldLiftReason },
      { additionalProperties: false },
    ),
  },
  /** About what had been recorded by then; what is recorded later stands outside it. */
  ShreddingProposed: {
    version: 1,
    data: Type.Object(
      {
        /** The organisation whose time to keep them is over. */
        holder: Slug,
        recordClasses: RecordClasses,
        ground: ShreddingGround,
      },
      { additionalProperties: false },
    ),
  },
  ShreddingConfirmed: {
    version: 1,
    data: Type.Object({ proposalId: Uuid }, { additionalProperties: false }),
  },
  ShreddingDeclined: {
    version: 1,
    data: Type.Object(
      { proposalId: Uuid, reason: ShreddingDeclineReason },
      { additionalProperties: false },
    ),
  },
} as const satisfies EventShapes;

export type ErasureEvent = EventIn<typeof erasureEvents>;
export const erasureContext: EventContext = { recordClass: 'erasure', shapes: erasureEvents };

/** Whether an event is one of these. */
export function isErasureEvent<Event extends { readonly type: string }>(
  event: Event,
): event is Extract<Event, ErasureEvent> {
  return Object.hasOwn(erasureEvents, event.type);
}
