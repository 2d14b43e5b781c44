import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { APPEND_EVENTS_MAX } from '@common-thread/eventing/event-log';
import type { SealRequest } from '@common-thread/eventing/sealing';
import { Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

/** Each event of an append has a handful of personal fields. */
const SEALED_AT_ONCE_MAX = 8 * APPEND_EVENTS_MAX;
/** The longest text a person may type, with room to spare. */
const PLAINTEXT_CHARACTERS_MAX = 120_000;
const NAME = /^[A-Za-z][A-Za-z0-9]{0,79}$/;

@ApiSchema({ name: 'SealRequest' })
export class SealRequestBody implements SealRequest {
  @ApiProperty()
  @IsString()
  @MaxLength(PLAINTEXT_CHARACTERS_MAX)
  readonly plaintext!: string;

  @ApiProperty({ type: [String], description: 'Ids of the people it is about.' })
  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  readonly subjects!: string[];

  @ApiProperty({ example: 'identity' })
  @Matches(/^[a-z]+(-[a-z]+)*$/, { message: 'name a class of record' })
  readonly recordClass!: string;

  @ApiProperty({ example: 'larkfield-centres' })
  @Matches(/^[a-z0-9]+([.-][a-z0-9]+)*$/, { message: 'give the organisation that controls it' })
  readonly controller!: string;

  @ApiProperty()
  @Matches(/^[a-z]+(-[a-z]+)*-[\w.-]{1,120}$/, { message: 'name a stream' })
  readonly streamId!: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID('all')
  readonly eventId!: string;

  @ApiProperty({ example: 'ReferralRaised' })
  @Matches(NAME, { message: 'name a type of event' })
  readonly eventType!: string;

  @ApiProperty({ example: 'concern' })
  @Matches(NAME, { message: 'name a field' })
  readonly field!: string;

  @ApiProperty({ type: 'integer' })
  @IsInt()
  @Min(1)
  readonly version!: number;
}

@ApiSchema({ name: 'TextsToSeal' })
export class SealBody {
  @ApiProperty({ type: [SealRequestBody] })
  @IsArray()
  @ArrayMaxSize(SEALED_AT_ONCE_MAX)
  @ValidateNested({ each: true })
  @Type(() => SealRequestBody)
  readonly requests!: SealRequestBody[];

  @ApiPropertyOptional({ type: Object, description: 'What the fingerprint is made of.' })
  @Allow()
  readonly commandBody?: unknown;
}

@ApiSchema({ name: 'SealedTexts' })
export class SealAnswer {
  @ApiProperty({ type: [String], description: 'One box a text, in order.' })
  readonly boxes!: readonly string[];

  @ApiProperty({ description: 'Keyed hash of the command’s body; its key lives 30 days.' })
  readonly fingerprint!: string;
}

@ApiSchema({ name: 'FingerprintToCompare' })
export class CompareBody {
  @ApiProperty()
  @IsString()
  @MaxLength(200)
  readonly fingerprint!: string;

  @ApiPropertyOptional({ type: Object })
  @Allow()
  readonly commandBody?: unknown;
}

@ApiSchema({ name: 'FingerprintCompared' })
export class CompareAnswer {
  @ApiProperty({ enum: ['same', 'other', 'unknown'] })
  readonly compared!: 'same' | 'other' | 'unknown';
}
