import { familyPositions, sexes } from '@common-thread/domain/code-lists';
import { limits } from '@common-thread/domain/limits';
import type { RegisterPerson } from '@common-thread/domain/person/person';
import type { BeginMembership } from '@common-thread/domain/family/membership';
import { Code, Day, Line, NhsNumber, Part } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';

type Sex = NonNullable<RegisterPerson['data']['sex']>;
export type Position = BeginMembership['data']['position'];

const telephone = limits.telephoneCharactersMax;

/** One person as they would be named on a form: enough to be told from everybody else. */
export class IdentifyingPerson {
  @Code(['child', 'adult'])
  kind!: 'child' | 'adult';

  @Line()
  givenName!: string;

  @Line()
  familyName!: string;

  @Line(limits.nameCharactersMax, { optional: true })
  knownAs?: string;

  @Day()
  dateOfBirth!: string;

  @NhsNumber({ optional: true, description: 'Tells apart people of one name and birthday.' })
  nhsNumber?: string;

  @Code(sexes, { optional: true })
  sex?: Sex;

  @Line(telephone, { optional: true })
  telephone?: string;
}

/** An adult of a household: tells apart the two homes of one child. */
export class IdentifyingAdult {
  @Line(limits.nameCharactersMax, { optional: true })
  givenName?: string;

  @Line()
  familyName!: string;

  @Day()
  dateOfBirth!: string;
}

/** Whose household it is, by identifying details: a family's id alone opens nothing. */
export class HouseholdBody extends RecordedWhen {
  @Part(IdentifyingPerson, {
    description: 'A member of the household. Registered, with a family, where nobody matches.',
  })
  person!: IdentifyingPerson;

  @Part(IdentifyingAdult, {
    optional: true,
    description: 'Needed only where the person belongs to several households.',
  })
  adult?: IdentifyingAdult;

  @Code(familyPositions, { optional: true, description: 'In a new family; `child` or `parent`.' })
  position?: Position;

  @Line(limits.addressCharactersMax, { optional: true, description: 'Of a new family.' })
  address?: string;

  @Line(12, { optional: true })
  postcode?: string;
}
