import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import { RecipientId, Slug } from '../identifiers.js';

/** Public reference data: nothing personal. Streams `organisation-<slug>` and `place-<slug>`. */
export const organisationEvents = {
  OrganisationRecorded: {
    version: 1,
    data: Type.Object(
      {
        organisationId: Slug,
        name: Type.String({ minLength: 1, maxLength: 200 }),
        /** The recipients it acts as; a feed begins with the first record naming it. */
        recipients: Type.Array(RecipientId, { maxItems: 4 }),
        /** The number to ring, as it is printed. */
        telephone: Type.Optional(Type.String({ maxLength: 30 })),
      },
      { additionalProperties: false },
    ),
  },
} as const satisfies EventShapes;

export const placeEvents = {
  PlaceRecorded: {
    version: 1,
    data: Type.Object(
      {
        placeId: Slug,
        organisationId: Slug,
        name: Type.String({ minLength: 1, maxLength: 200 }),
        /** Coordinated together within a district. */
        cluster: Slug,
        district: Slug,
      },
      { additionalProperties: false },
    ),
  },
} as const satisfies EventShapes;

export type OrganisationEvent = EventIn<typeof organisationEvents>;
export type PlaceEvent = EventIn<typeof placeEvents>;
export const organisationContext: EventContext = {
  recordClass: 'provision',
  shapes: organisationEvents,
};
export const placeContext: EventContext = { recordClass: 'provision', shapes: placeEvents };
