import Type from 'typebox';
import type { EventContext } from '@common-thread/eventing/event-codec';
import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import { personal } from '@common-thread/eventing/event-shapes';
import { PersonKind, Sex } from '../code-lists.js';
import { PersonId, Uuid } from '../identifiers.js';
import { RecordWithdrawn } from '../record-withdrawn.js';

const name = () => Type.Optional(personal(Type.String(), 'personId'));

/** Identity as it was given; every part is personal. Dates are ISO `YYYY-MM-DD`. */
const details = {
  givenName: name(),
  familyName: name(),
  knownAs: name(),
  dateOfBirth: name(),
  /** Unborn children have an expected date and never a date of birth. */
  expectedDate: name(),
  nhsNumber: name(),
  telephone: name(),
  /** The id a local authority's own system gives the child (Annex A "Child Unique ID"). */
  authorityChildId: name(),
};

/** Streams `person-<personId>`. */
export const personEvents = {
  PersonRegistered: {
    version: 1,
    data: Type.Object(
      {
        personId: PersonId,
        kind: PersonKind,
        sex: Type.Optional(Sex),
        /** DfE code of the authority whose child id this is. */
        authority: Type.Optional(Type.String({ pattern: '^[0-9]{3}$' })),
        ...details,
      },
      { additionalProperties: false },
    ),
  },
  /**
   * An expected child is born. Happened when it was made known: the day itself is the date of birth, which
   * is sealed. What it tells takes the place of what the registration told.
   */
  ChildBorn: {
    version: 1,
    data: Type.Object(
      {
        personId: PersonId,
        sex: Type.Optional(Sex),
        givenName: name(),
        familyName: name(),
        knownAs: name(),
        dateOfBirth: personal(Type.String(), 'personId'),
        nhsNumber: name(),
        telephone: name(),
      },
      { additionalProperties: false },
    ),
  },
  PersonDetailsCorrected: {
    version: 1,
    targets: 'corrects',
    data: Type.Object(
      { personId: PersonId, corrects: Uuid, sex: Type.Optional(Sex), ...details },
      { additionalProperties: false },
    ),
  },
  RecordWithdrawn,
} as const satisfies EventShapes;

export type PersonEvent = EventIn<typeof personEvents>;
export const personContext: EventContext = { recordClass: 'identity', shapes: personEvents };
