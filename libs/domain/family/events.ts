import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import { personal } from '@common-thread/eventing/event-shapes';
import { FamilyPosition, RelationshipKind } from '../code-lists.js';
import { FamilyId, PersonId, Uuid } from '../identifiers.js';
import { RecordWithdrawn } from '../record-withdrawn.js';

/** An address belongs to a membership: the same child may live at two. */
const address = {
  address: Type.Optional(personal(Type.String(), 'personId')),
  postcode: Type.Optional(personal(Type.String(), 'personId')),
};

/** Streams `membership-<id>`, one for each dated membership of one person in one family. */
export const membershipEvents = {
  MembershipBegan: {
    version: 1,
    data: Type.Object(
      { familyId: FamilyId, personId: PersonId, position: FamilyPosition, ...address },
      { additionalProperties: false },
    ),
  },
  AddressChanged: {
    version: 1,
    data: Type.Object({ personId: PersonId, ...address }, { additionalProperties: false }),
  },
  AddressCorrected: {
    version: 1,
    targets: 'corrects',
    data: Type.Object(
      { personId: PersonId, corrects: Uuid, ...address },
      { additionalProperties: false },
    ),
  },
  MembershipEnded: {
    version: 1,
    data: Type.Object({ personId: PersonId }, { additionalProperties: false }),
  },
  RecordWithdrawn,
} as const satisfies EventShapes;

/** Streams `family-<familyId>`. */
export const familyEvents = {
  RelationshipRecorded: {
    version: 1,
    data: Type.Object(
      {
        familyId: FamilyId,
        personId: PersonId,
        relatedPersonId: PersonId,
        relationship: RelationshipKind,
        /**
         * Whether `personId` has parental responsibility for `relatedPersonId` (Children Act 1989
         * s.3).
         */
        parentalResponsibility: Type.Boolean(),
      },
      { additionalProperties: false },
    ),
  },
  RecordWithdrawn,
} as const satisfies EventShapes;

export type MembershipEvent = EventIn<typeof membershipEvents>;
export type FamilyEvent = EventIn<typeof familyEvents>;
export const membershipContext: EventContext = {
  recordClass: 'identity',
  shapes: membershipEvents,
};
export const familyContext: EventContext = { recordClass: 'identity', shapes: familyEvents };
