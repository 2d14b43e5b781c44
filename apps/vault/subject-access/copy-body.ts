import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import type {
  CopyParts,
  GivenFact,
  HeldFact,
  HeldLook,
  NamesInLog,
  NotGiven,
  WithholdingReason,
} from '@common-thread/platform/subject-access';
import { withholdingReasons } from '@common-thread/platform/subject-access';
import { SubjectAccessRequestBody } from './subject-access-body.js';

@ApiSchema({ name: 'NotGiven' })
class NotGivenBody implements NotGiven {
  @ApiProperty()
  readonly field!: string;

  @ApiProperty({ enum: withholdingReasons })
  readonly reason!: WithholdingReason;
}

@ApiSchema({ name: 'HeldFact' })
class HeldFactBody implements HeldFact {
  @ApiProperty({ example: 'session.attended' })
  readonly name!: string;

  @ApiProperty({ type: 'integer' })
  readonly nth!: number;

  @ApiProperty({ format: 'date-time' })
  readonly occurredAt!: string;

  @ApiPropertyOptional({ enum: ['day'] })
  readonly occurredPrecision?: 'day';

  @ApiProperty({ format: 'date-time' })
  readonly recordedAt!: string;

  @ApiPropertyOptional({
    description: 'Absent where naming it would name whoever raised a concern.',
  })
  readonly recordedBy?: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Codes, and texts opened.',
  })
  readonly fields!: Readonly<Record<string, unknown>>;

  @ApiProperty({ type: [NotGivenBody] })
  readonly notGiven!: readonly NotGivenBody[];

  @ApiPropertyOptional({ type: 'integer', description: 'The fact that this one corrects.' })
  readonly corrects?: number;
}

@ApiSchema({ name: 'HeldLook' })
class HeldLookBody implements HeldLook {
  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty()
  readonly kind!: string;

  @ApiProperty()
  readonly purpose!: string;

  @ApiPropertyOptional()
  readonly organisation?: string;

  @ApiPropertyOptional()
  readonly role?: string;
}

@ApiSchema({ name: 'CopyForPerson' })
class CopyForPersonBody {
  @ApiProperty()
  readonly request!: SubjectAccessRequestBody;

  @ApiProperty({ format: 'date-time', description: 'Everything recorded up to then.' })
  readonly asOf!: string;

  @ApiProperty({ type: [HeldFactBody] })
  readonly held!: readonly HeldFactBody[];

  @ApiProperty({ type: [HeldLookBody] })
  readonly looked!: readonly HeldLookBody[];
}

@ApiSchema({ name: 'GivenFact' })
class GivenFactBody implements GivenFact {
  @ApiProperty({ format: 'uuid' })
  readonly eventId!: string;

  @ApiProperty({ type: 'integer', description: 'Of the fact in the copy.' })
  readonly nth!: number;

  @ApiProperty({ description: 'Then no agency but the hub is named as told of it.' })
  readonly hasSource!: boolean;
}

class NamedOrganisationBody {
  @ApiProperty()
  readonly organisationId!: string;

  @ApiProperty()
  readonly name!: string;
}

class NamedPlaceBody {
  @ApiProperty()
  readonly placeId!: string;

  @ApiProperty()
  readonly name!: string;
}

@ApiSchema({ name: 'NamesInLog' })
class NamesInLogBody implements NamesInLog {
  @ApiProperty({ type: [NamedOrganisationBody] })
  readonly organisations!: readonly NamedOrganisationBody[];

  @ApiProperty({ type: [NamedPlaceBody] })
  readonly places!: readonly NamedPlaceBody[];
}

@ApiSchema({ name: 'CopyParts' })
export class CopyPartsBody implements CopyParts {
  @ApiProperty({ example: '12', description: 'To say that it was taken; not for the copy.' })
  readonly packId!: string;

  @ApiProperty({ description: 'What the person may have.' })
  readonly copy!: CopyForPersonBody;

  @ApiProperty({
    type: [GivenFactBody],
    description: 'To ask the relay who was told; not for the copy.',
  })
  readonly given!: readonly GivenFactBody[];

  @ApiProperty({ type: [String], description: 'Pages on which it may be said to stand.' })
  readonly lines!: readonly string[];

  @ApiProperty({ description: 'The public directory.' })
  readonly names!: NamesInLogBody;
}
