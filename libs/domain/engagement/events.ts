import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import { personal } from '@common-thread/eventing/event-shapes';
import {
  CaseloadEndReason,
  CentreActivity,
  MandatedReview,
  RegistrationEndReason,
  ReviewMissedReason,
  ReviewPlace,
} from '../code-lists.js';
import { FamilyId, PersonId, RecipientId, Slug, SomePersonIds } from '../identifiers.js';
import { RecordWithdrawn } from '../record-withdrawn.js';

/** Streams `registration-<id>`: one family's registration with one provider's centre. */
export const registrationEvents = {
  CentreRegistrationBegan: {
    version: 1,
    data: Type.Object(
      { familyId: FamilyId, provider: RecipientId, placeId: Slug },
      { additionalProperties: false },
    ),
  },
  CentreRegistrationEnded: {
    version: 1,
    data: Type.Object({ reason: RegistrationEndReason }, { additionalProperties: false }),
  },
  SessionAttended: {
    version: 1,
    data: Type.Object(
      {
        personIds: SomePersonIds,
        activity: CentreActivity,
        placeId: Slug,
        note: Type.Optional(personal(Type.String(), 'personIds')),
      },
      { additionalProperties: false },
    ),
  },
  ChildNotBrought: {
    version: 1,
    data: Type.Object(
      {
        childId: PersonId,
        activity: CentreActivity,
        placeId: Slug,
        note: Type.Optional(personal(Type.String(), 'childId')),
      },
      { additionalProperties: false },
    ),
  },
  RecordWithdrawn,
} as const satisfies EventShapes;

/** Streams `caseload-<id>`: one family on one health visiting team's caseload. */
export const caseloadEvents = {
  CaseloadBegan: {
    version: 1,
    data: Type.Object({ familyId: FamilyId, trust: RecipientId }, { additionalProperties: false }),
  },
  CaseloadEnded: {
    version: 1,
    data: Type.Object({ reason: CaseloadEndReason }, { additionalProperties: false }),
  },
  ReviewDue: {
    version: 1,
    data: Type.Object(
      {
        childId: PersonId,
        review: MandatedReview,
        /**
         * ISO week by whose end it is due (`2026-W07`): coarse, because the day gives the birth
         * date away.
         */
        dueWeek: Type.String({ pattern: '^[0-9]{4}-W[0-9]{2}$' }),
        dueOn: personal(Type.String(), 'childId', true),
      },
      { additionalProperties: false },
    ),
  },
  ReviewHeld: {
    version: 1,
    data: Type.Object(
      {
        childId: PersonId,
        review: MandatedReview,
        place: ReviewPlace,
        note: Type.Optional(personal(Type.String(), 'childId')),
      },
      { additionalProperties: false },
    ),
  },
  ReviewMissed: {
    version: 1,
    data: Type.Object(
      {
        childId: PersonId,
        review: MandatedReview,
        reason: ReviewMissedReason,
        note: Type.Optional(personal(Type.String(), 'childId')),
      },
      { additionalProperties: false },
    ),
  },
  RecordWithdrawn,
} as const satisfies EventShapes;

export type RegistrationEvent = EventIn<typeof registrationEvents>;
export type CaseloadEvent = EventIn<typeof caseloadEvents>;
export const registrationContext: EventContext = {
  recordClass: 'centre',
  shapes: registrationEvents,
};
export const caseloadContext: EventContext = {
  recordClass: 'child-health',
  shapes: caseloadEvents,
};
