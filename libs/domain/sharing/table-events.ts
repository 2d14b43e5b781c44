import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import { signatoryPosts } from '../code-lists.js';

const Version = Type.Integer({ minimum: 1 });

/** `<organisation>/<post>`: who signed for it; the officer who recorded it is in the envelope. */
const Signatory = Type.String({
  pattern: `^[a-z0-9]+(-[a-z0-9]+)*/(${signatoryPosts.join('|')})$`,
});

/**
 * Stream `table-county`: which version of the disclosure table is in force from which place in the log
 * on. Until the first of these it is version 1.
 */
export const tableEvents = {
  TableSwitched: {
    version: 1,
    data: Type.Object(
      { tableVersion: Version, insteadOf: Version, signedBy: Signatory },
      { additionalProperties: false },
    ),
  },
} as const satisfies EventShapes;

export type TableEvent = EventIn<typeof tableEvents>;
export const tableContext: EventContext = { recordClass: 'sharing', shapes: tableEvents };
