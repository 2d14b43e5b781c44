import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import { personal } from '@common-thread/eventing/event-shapes';
import {
  ContactOutcome,
  GroundNotInformed,
  LevelOfNeed,
  ParentsInformed,
  PrimaryNeed,
  ReturnReason,
  StatementType,
} from '../code-lists.js';
import { FamilyId, RecipientId, SomePersonIds, Uuid } from '../identifiers.js';
import { RecordWithdrawn } from '../record-withdrawn.js';

const text = () => personal(Type.String({ minLength: 1 }), 'childIds');

/** Streams `referral-<id>`: one agency's request to the hub and what became of it. */
export const referralEvents = {
  ReferralRaised: {
    version: 1,
    data: Type.Object(
      {
        familyId: FamilyId,
        childIds: SomePersonIds,
        from: RecipientId,
        to: RecipientId,
        /** What a worker quotes on the telephone: `CT-4F7K-29QD`. */
        reference: Type.String({ pattern: '^CT-[0-9A-Z]{4}-[0-9A-Z]{4}$' }),
        need: PrimaryNeed,
        level: LevelOfNeed,
        statement: StatementType,
        parentsInformed: ParentsInformed,
        groundNotInformed: Type.Optional(GroundNotInformed),
        concern: text(),
        /** What has been tried and what came of it. */
        supportTried: Type.Optional(text()),
        /** How the family may be reached safely. */
        safeContact: Type.Optional(text()),
        /** Name and telephone number of the worker to ring. */
        referrerContact: Type.Optional(personal(Type.String(), 'stream')),
      },
      { additionalProperties: false },
    ),
  },
  ReferralAcknowledged: {
    version: 1,
    data: Type.Object({ contactId: Uuid }, { additionalProperties: false }),
  },
  ReferralAccepted: {
    version: 1,
    data: Type.Object(
      { outcomes: Type.Array(ContactOutcome, { minItems: 1 }) },
      { additionalProperties: false },
    ),
  },
  ReferralReturned: {
    version: 1,
    data: Type.Object(
      { outcomes: Type.Array(ContactOutcome), reason: ReturnReason },
      { additionalProperties: false },
    ),
  },
  ReferrerTold: {
    version: 1,
    data: Type.Object({ contactId: Uuid }, { additionalProperties: false }),
  },
  ReferralClosed: {
    version: 1,
    data: Type.Object({ contactId: Type.Optional(Uuid) }, { additionalProperties: false }),
  },
  RecordWithdrawn,
} as const satisfies EventShapes;

export type ReferralEvent = EventIn<typeof referralEvents>;
export const referralContext: EventContext = { recordClass: 'contact', shapes: referralEvents };
