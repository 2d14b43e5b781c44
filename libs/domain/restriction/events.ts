import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import {
  RestrictionAuthority,
  RestrictionEnquiries,
  RestrictionGround,
  RestrictionLiftReason,
} from '../code-lists.js';
import { FamilyId, RecipientId } from '../identifiers.js';

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });

/**
 * Streams `restriction-<familyId>`: one for each family, however often it is restricted and lifted, so
 * that a family is never restricted twice at once. Nothing in it is personal.
 */
export const restrictionEvents = {
  FamilyRestricted: {
    version: 1,
    data: Type.Object(
      {
        familyId: FamilyId,
        /** The hub that keeps the restriction. */
        hub: RecipientId,
        ground: RestrictionGround,
        authority: RestrictionAuthority,
        /** The post to speak to about the family. */
        speakTo: RestrictionEnquiries,
        /** The day by which somebody must have asked whether it is still needed. */
        reviewOn: Day,
      },
      { additionalProperties: false },
    ),
  },
  RestrictionReviewed: {
    version: 1,
    data: Type.Object(
      { authority: RestrictionAuthority, reviewOn: Day },
      { additionalProperties: false },
    ),
  },
  RestrictionLifted: {
    version: 1,
    data: Type.Object({ reason: RestrictionLiftReason }, { additionalProperties: false }),
  },
} as const satisfies EventShapes;

export type RestrictionEvent = EventIn<typeof restrictionEvents>;
export const restrictionContext: EventContext = {
  recordClass: 'restriction',
  shapes: restrictionEvents,
};
