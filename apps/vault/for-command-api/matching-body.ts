import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { AskerBody } from './asker-body.js';

const ASKED_AT_ONCE_MAX = 1_000;
const matchedBy = ['name-and-birth', 'nhs-number'] as const;

@ApiSchema({ name: 'PersonToMatch' })
export class MatchPersonBody {
  @ApiProperty({ type: AskerBody })
  @ValidateNested()
  @Type(() => AskerBody)
  readonly asker!: AskerBody;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly givenName?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly familyName?: string;

  @ApiPropertyOptional({ example: '2024-02-29' })
  @IsOptional()
  @Matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, { message: 'give a day as YYYY-MM-DD' })
  readonly dateOfBirth?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(40)
  readonly nhsNumber?: string;
}

@ApiSchema({ name: 'PersonMatch' })
export class PersonMatchBody {
  @ApiProperty()
  readonly personId!: string;

  @ApiProperty({ type: [String] })
  readonly familyIds!: readonly string[];

  @ApiProperty({ enum: matchedBy, isArray: true })
  readonly by!: readonly (typeof matchedBy)[number][];
}

@ApiSchema({ name: 'PeopleMatched' })
export class MatchPersonAnswer {
  @ApiProperty({ type: [PersonMatchBody] })
  readonly matches!: readonly PersonMatchBody[];
}

@ApiSchema({ name: 'AuthorityChildIds' })
export class AuthorityChildIdsBody {
  @ApiProperty({ type: AskerBody })
  @ValidateNested()
  @Type(() => AskerBody)
  readonly asker!: AskerBody;

  @ApiProperty({ description: 'Code of the authority.' })
  @IsString()
  @MaxLength(40)
  readonly authority!: string;

  @ApiProperty({ type: [String] })
  @IsArray()
  @ArrayMaxSize(ASKED_AT_ONCE_MAX)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  readonly childIds!: string[];
}

@ApiSchema({ name: 'KnownChild' })
export class KnownChildBody {
  @ApiProperty()
  readonly childId!: string;

  @ApiProperty({ type: [String] })
  readonly personIds!: readonly string[];
}

@ApiSchema({ name: 'KnownChildren' })
export class AuthorityChildIdsAnswer {
  @ApiProperty({ type: [KnownChildBody], description: 'Ids that match nobody are left out.' })
  readonly found!: readonly KnownChildBody[];
}
