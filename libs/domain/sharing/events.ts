import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import {
  AgreementEnding,
  AgreementNarrowReason,
  AgreementPurpose,
  FactKinds,
  LawfulBases,
  signatoryPosts,
} from '../code-lists.js';
import { Slug } from '../identifiers.js';

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
const Version = Type.Integer({ minimum: 1 });
const Parties = Type.Array(Slug, { minItems: 2, maxItems: 30 });
/** `<organisation>/<post>`, one for each party. */
const Signatories = Type.Array(
  Type.String({ pattern: `^[a-z0-9]+(-[a-z0-9]+)*/(${signatoryPosts.join('|')})$` }),
  { minItems: 2, maxItems: 30 },
);

/** Kinds of fact by the most that is told of them; a kind in no list is not shared. */
const scope = { content: FactKinds, notice: FactKinds, existence: FactKinds };

/**
 * Streams `agreement-<id>`: what some organisations have agreed to share, from its signing to its end.
 * Nothing in it is personal: whoever signs does so by post.
 */
export const agreementEvents = {
  AgreementSigned: {
    version: 1,
    data: Type.Object(
      {
        /** Organisations; what each records is told to the others. */
        parties: Parties,
        purpose: AgreementPurpose,
        lawfulBases: LawfulBases,
        ...scope,
        /** First and last day in force. */
        from: Day,
        until: Day,
        signatories: Signatories,
        /** Whether what was told under it is withdrawn after its last day. */
        takesBackAtExpiry: Type.Boolean(),
      },
      { additionalProperties: false },
    ),
  },
  AgreementTookEffect: {
    version: 1,
    data: Type.Object({ agreementVersion: Version }, { additionalProperties: false }),
  },
  /** A new version that shares less. */
  AgreementNarrowed: {
    version: 1,
    data: Type.Object(
      {
        agreementVersion: Version,
        ...scope,
        reason: AgreementNarrowReason,
        signatories: Signatories,
        /** Whether what was told beyond the new version is withdrawn. */
        takesBack: Type.Boolean(),
      },
      { additionalProperties: false },
    ),
  },
  AgreementEnded: {
    version: 1,
    data: Type.Object(
      {
        reason: AgreementEnding,
        /** The party that ended it; none where its last day has passed. */
        endedBy: Type.Optional(Slug),
        /** Whether what was told under it is withdrawn. */
        takesBack: Type.Boolean(),
      },
      { additionalProperties: false },
    ),
  },
} as const satisfies EventShapes;

export type AgreementEvent = EventIn<typeof agreementEvents>;
export const agreementContext: EventContext = {
  recordClass: 'sharing',
  shapes: agreementEvents,
};
