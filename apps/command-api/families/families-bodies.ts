import { familyPositions, relationshipKinds, sexes } from '@common-thread/domain/code-lists';
import type { RecordRelationship } from '@common-thread/domain/family/family';
import { limits } from '@common-thread/domain/limits';
import type { RegisterPerson } from '@common-thread/domain/person/person';
import { Code, Day, Flag, Id, Line, NhsNumber, Part } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';
import type { Position } from '../identification/household-body.js';

const optional = { optional: true } as const;

class AddressBody extends RecordedWhen {
  @Line(limits.addressCharactersMax, optional)
  address?: string;

  @Line(12, optional)
  postcode?: string;
}

/** Somebody joining a household: born, or expected. */
export class NewMember {
  @Code(['child', 'unborn', 'adult'])
  kind!: 'child' | 'unborn' | 'adult';

  @Line(limits.nameCharactersMax, optional)
  givenName?: string;

  @Line(limits.nameCharactersMax, optional)
  familyName?: string;

  @Line(limits.nameCharactersMax, optional)
  knownAs?: string;

  @Day({ optional: true, description: 'With the family name, looked for among those known.' })
  dateOfBirth?: string;

  @Day(optional)
  expectedDate?: string;

  @NhsNumber(optional)
  nhsNumber?: string;

  @Code(sexes, optional)
  sex?: NonNullable<RegisterPerson['data']['sex']>;

  @Line(limits.telephoneCharactersMax, optional)
  telephone?: string;
}

/** By id somebody in reach already, or registered by the caller’s own organisation; else by details. */
export class MemberBody extends AddressBody {
  @Id({ optional: true, description: 'In place of `person`.' })
  personId?: string;

  @Part(NewMember, { optional: true, description: 'In place of `personId`.' })
  person?: NewMember;

  @Code(familyPositions)
  position!: Position;
}

export class RelationshipBody extends RecordedWhen {
  @Id({ description: 'This person is the … of the related person.' })
  personId!: string;

  @Id()
  relatedPersonId!: string;

  @Code(relationshipKinds)
  relationship!: RecordRelationship['data']['relationship'];

  @Flag({ description: 'Whether `personId` has parental responsibility for `relatedPersonId`.' })
  parentalResponsibility!: boolean;
}

export class ChangedAddressBody extends AddressBody {}

export class CorrectedAddressBody extends AddressBody {
  @Id({ description: 'The record that told it wrongly, by its `occurrenceid`.' })
  record!: string;
}

export class EndedMembershipBody extends RecordedWhen {}
