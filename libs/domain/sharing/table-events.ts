import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import {
  PastWithdrawalReason,
  RedisclosureReason,
  signatoryPosts,
  SomeFactKinds,
} from '../code-lists.js';
import { RecipientId } from '../identifiers.js';
import { limits } from '../limits.js';

const Version = Type.Integer({ minimum: 1 });
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
const some = { minItems: 1, maxItems: limits.listItemsMax };

/** `<organisation>/<post>`: who signed for it; the officer who recorded it is in the envelope. */
const Signatory = Type.String({
  pattern: `^[a-z0-9]+(-[a-z0-9]+)*/(${signatoryPosts.join('|')})$`,
});

/** Which of what was recorded is meant, and for whom. */
const past = {
  /** In force: the one by which it is judged. */
  tableVersion: Version,
  /** Recorded while one of these versions was in force. */
  recordedUnder: Type.Array(Version, some),
  kinds: SomeFactKinds,
  recipients: Type.Array(RecipientId, some),
  signedBy: Signatory,
};

/**
 * Stream `table-county`: which version of the disclosure table is in force from which place in the log
 * on. Until the first switch it is version 1. What was told before a switch stays told, and what was not
 * stays untold, unless one of the others says otherwise.
 */
export const tableEvents = {
  TableSwitched: {
    version: 1,
    data: Type.Object(
      { tableVersion: Version, insteadOf: Version, signedBy: Signatory },
      { additionalProperties: false },
    ),
  },
  /** What may be told by now of what was recorded on these days is told, at this place in the log. */
  PastRedisclosed: {
    version: 1,
    data: Type.Object(
      { ...past, from: Day, until: Day, reason: RedisclosureReason },
      { additionalProperties: false },
    ),
  },
  /** What was told and the table in force no longer lets be told is withdrawn from all who were told. */
  PastWithdrawn: {
    version: 1,
    data: Type.Object({ ...past, reason: PastWithdrawalReason }, { additionalProperties: false }),
  },
} as const satisfies EventShapes;

export type TableEvent = EventIn<typeof tableEvents>;
export const tableContext: EventContext = { recordClass: 'sharing', shapes: tableEvents };
