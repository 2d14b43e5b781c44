import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import { BreakGlassReason, GlassEnding, GlassReviewOutcome } from '../code-lists.js';
import { FamilyId, RecipientId } from '../identifiers.js';

/** The opaque id somebody signs in with. */
const Worker = Type.String({ pattern: '^\\S{1,100}$' });

/**
 * Streams `glass-<id>`: one way past a restriction, as the vault granted it. Recorded after the fact: the
 * vault's clock opens and ends it, and nothing waits for the log. Why, in words, stays sealed in the vault.
 */
export const glassEvents = {
  GlassBroken: {
    version: 1,
    data: Type.Object(
      {
        familyId: FamilyId,
        hub: RecipientId,
        /** Opaque id of whoever broke it. */
        worker: Worker,
        reason: BreakGlassReason,
        /** For how long it was granted. */
        minutes: Type.Integer({ minimum: 1, maximum: 60 }),
      },
      { additionalProperties: false },
    ),
  },
  GlassEnded: {
    version: 1,
    data: Type.Object({ ending: GlassEnding }, { additionalProperties: false }),
  },
  GlassReviewed: {
    version: 1,
    data: Type.Object(
      { outcome: GlassReviewOutcome, worker: Worker },
      { additionalProperties: false },
    ),
  },
} as const satisfies EventShapes;

export type GlassEvent = EventIn<typeof glassEvents>;
export const glassContext: EventContext = { recordClass: 'break-glass', shapes: glassEvents };
