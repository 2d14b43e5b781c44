import { personKinds, sexes } from '@common-thread/domain/code-lists';
import { limits } from '@common-thread/domain/limits';
import type { RegisterPerson } from '@common-thread/domain/person/person';
import { Code, Day, Line, NhsNumber } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';

type Person = RegisterPerson['data'];
const optional = { optional: true } as const;

/** Details as they were given; which of them a person of each kind can have is the rules' to say. */
export class CorrectionBody extends RecordedWhen {
  @Code(sexes, optional)
  sex?: NonNullable<Person['sex']>;

  @Line(limits.nameCharactersMax, optional)
  givenName?: string;

  @Line(limits.nameCharactersMax, optional)
  familyName?: string;

  @Line(limits.nameCharactersMax, optional)
  knownAs?: string;

  @Day(optional)
  dateOfBirth?: string;

  @Day({ optional: true, description: 'Of an unborn child, in place of a date of birth.' })
  expectedDate?: string;

  @NhsNumber(optional)
  nhsNumber?: string;

  @Line(limits.telephoneCharactersMax, optional)
  telephone?: string;
}

/** What is known of an expected child once it is born. */
export class BirthBody extends RecordedWhen {
  @Day()
  dateOfBirth!: string;

  @Code(sexes, optional)
  sex?: NonNullable<Person['sex']>;

  @Line(limits.nameCharactersMax, optional)
  givenName?: string;

  @Line(limits.nameCharactersMax, optional)
  familyName?: string;

  @Line(limits.nameCharactersMax, optional)
  knownAs?: string;

  @NhsNumber(optional)
  nhsNumber?: string;
}

export class PersonBody extends CorrectionBody {
  @Code(personKinds)
  kind!: Person['kind'];
}
