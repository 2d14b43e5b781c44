import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import { personal } from '@common-thread/eventing/event-shapes';
import { ContactChannel, FactKinds, GroundNotInformed, ParentsInformed } from '../code-lists.js';
import {
  AgencyKind,
  AddressConfidentialityEnding,
  AddressConfidentialityGround,
  ReasonNotToShare,
  SharingConsent,
  WhoseViews,
} from './codes.js';
import { FamilyId, RecipientId, Slug, Uuid } from '../identifiers.js';

const text = () => personal(Type.String({ minLength: 1 }), 'stream');

/** Of every entry: the family is the stream's, and the hub keeps it. */
const entry = { familyId: FamilyId, hub: RecipientId };
/** With whom: a kind of agency, and by name where it is one of ours. */
const agency = { agency: AgencyKind, recipient: Type.Optional(RecipientId) };

/**
 * Streams `sharing-<familyId>`: what a hub decided about telling others of a family, either way, and
 * what the family said to that. Nothing here is withdrawn: that it was decided is a fact, also where it
 * should have been decided otherwise.
 */
export const familySharingEvents = {
  SharingDecided: {
    version: 1,
    data: Type.Object(
      {
        ...entry,
        ...agency,
        channel: ContactChannel,
        consent: SharingConsent,
        /** Given unless somebody consented (Working Together: MARF, consent and views). */
        groundOverridden: Type.Optional(GroundNotInformed),
        reason: text(),
        /** Exactly what was sent. */
        words: text(),
      },
      { additionalProperties: false },
    ),
  },
  SharingDeclined: {
    version: 1,
    data: Type.Object(
      { ...entry, ...agency, because: ReasonNotToShare, reason: text() },
      { additionalProperties: false },
    ),
  },
  ViewsRecorded: {
    version: 1,
    data: Type.Object(
      {
        ...entry,
        whose: WhoseViews,
        informed: ParentsInformed,
        groundNotInformed: Type.Optional(GroundNotInformed),
        words: Type.Optional(text()),
      },
      { additionalProperties: false },
    ),
  },
  /** From the next event on it lets these organisations tell each other so much of this family. */
  ConsentRecorded: {
    version: 1,
    data: Type.Object(
      {
        ...entry,
        consentId: Uuid,
        whose: WhoseViews,
        parties: Type.Array(Slug, { minItems: 2, maxItems: 30 }),
        content: FactKinds,
        words: text(),
      },
      { additionalProperties: false },
    ),
  },
  ConsentWithdrawn: {
    version: 1,
    data: Type.Object(
      {
        consentId: Uuid,
        /** Whether what was told under it is withdrawn. */
        takesBack: Type.Boolean(),
      },
      { additionalProperties: false },
    ),
  },
} as const satisfies EventShapes;

/**
 * Streams `shielding-<familyId>`: whether the addresses at which a family's members live are
 * confidential. While they are, nobody but a hub with the matter in hand is shown one.
 */
export const shieldingEvents = {
  AddressMadeConfidential: {
    version: 1,
    data: Type.Object(
      { familyId: FamilyId, ground: AddressConfidentialityGround },
      { additionalProperties: false },
    ),
  },
  AddressConfidentialityEnded: {
    version: 1,
    data: Type.Object({ reason: AddressConfidentialityEnding }, { additionalProperties: false }),
  },
} as const satisfies EventShapes;

export type FamilySharingEvent = EventIn<typeof familySharingEvents>;
export type ShieldingEvent = EventIn<typeof shieldingEvents>;
export const familySharingContext: EventContext = {
  recordClass: 'contact',
  shapes: familySharingEvents,
};
export const shieldingContext: EventContext = {
  recordClass: 'identity',
  shapes: shieldingEvents,
};
