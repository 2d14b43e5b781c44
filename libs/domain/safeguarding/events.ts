import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import { personal } from '@common-thread/eventing/event-shapes';
import {
  ContactChannel,
  ContactOutcome,
  ContactSource,
  PrimaryNeed,
  Rating,
  ReturnReason,
  WithdrawalReason,
} from '../code-lists.js';
import { FamilyId, PersonIds, RecipientId, SomePersonIds, Uuid } from '../identifiers.js';
import { RecordWithdrawn } from '../record-withdrawn.js';

const ofContact = () => personal(Type.String({ minLength: 1 }), 'stream');

/**
 * Streams `contact-<id>`: anything reaching the hub's front door about a child. The hub is its
 * author, also where a reaction wrote it.
 */
export const contactEvents = {
  ContactReceived: {
    version: 1,
    data: Type.Object(
      {
        hub: RecipientId,
        channel: ContactChannel,
        source: ContactSource,
        reference: Type.String({ pattern: '^CT-[0-9A-Z]{4}-[0-9A-Z]{4}$' }),
        /** The recipient that asked, when it is one of ours. */
        referrer: Type.Optional(RecipientId),
        referralId: Type.Optional(Uuid),
        /** Known from the start only where a referral named them; otherwise linked later. */
        familyId: Type.Optional(FamilyId),
        childIds: Type.Optional(PersonIds),
        need: Type.Optional(PrimaryNeed),
        concern: Type.Optional(personal(Type.String({ minLength: 1 }), 'childIds')),
        /** Who the caller says it is about, in the caller's words, until somebody is matched. */
        describedAs: Type.Optional(ofContact()),
        /** Who got in touch and how to reach them: shielded, it goes to the hub alone. */
        callerDetails: Type.Optional(ofContact()),
      },
      { additionalProperties: false },
    ),
  },
  /** Whoever got in touch, a member of the public, asked that nobody be told who they are. */
  AnonymityRequested: {
    version: 1,
    data: Type.Object({ source: ContactSource }, { additionalProperties: false }),
  },
  ContactLinked: {
    version: 1,
    data: Type.Object(
      { familyId: FamilyId, childIds: SomePersonIds },
      { additionalProperties: false },
    ),
  },
  ContactRated: {
    version: 1,
    data: Type.Object({ rating: Rating, reason: ofContact() }, { additionalProperties: false }),
  },
  ContactRerated: {
    version: 1,
    data: Type.Object(
      { rating: Rating, previous: Rating, reason: ofContact() },
      { additionalProperties: false },
    ),
  },
  ContactDecided: {
    version: 1,
    data: Type.Object(
      {
        outcomes: Type.Array(ContactOutcome, { minItems: 1, uniqueItems: true }),
        rationale: ofContact(),
        /** Opaque id of the manager whose decision it is. */
        decidedBy: Type.String({ minLength: 1, maxLength: 100 }),
        /** Given where the referral behind it is returned rather than accepted. */
        returnReason: Type.Optional(ReturnReason),
      },
      { additionalProperties: false },
    ),
  },
  /** The referrer has been told, in these words: the matter is no longer in hand. */
  FeedbackGiven: {
    version: 1,
    data: Type.Object(
      { channel: ContactChannel, words: ofContact() },
      { additionalProperties: false },
    ),
  },
  ContactRecordedInError: {
    version: 1,
    data: Type.Object({ reason: WithdrawalReason }, { additionalProperties: false }),
  },
  RecordWithdrawn,
} as const satisfies EventShapes;

export type ContactEvent = EventIn<typeof contactEvents>;
export const contactContext: EventContext = { recordClass: 'contact', shapes: contactEvents };
