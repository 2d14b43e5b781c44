import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { SLUG_PATTERN } from '@common-thread/domain/identifiers';
import type {
  StaffDetails,
  StaffFinding,
  StaffFindingKind,
  StaffReport,
} from '@common-thread/platform/staff';
import { STAFF_AT_ONCE_MAX, staffFindingKinds } from '@common-thread/platform/staff';

const ID = /^[\w.|-]{1,100}$/;
const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

@ApiSchema({ name: 'StaffDetails' })
export class StaffDetailsBody implements StaffDetails {
  @ApiProperty({ description: 'The opaque id they sign in with.' })
  @Matches(ID, { message: 'give the id somebody signs in with' })
  readonly id!: string;

  @ApiProperty({ example: 'larkfield-centres' })
  @Matches(new RegExp(SLUG_PATTERN), { message: 'name an organisation by its short name' })
  @MaxLength(60)
  readonly organisation!: string;

  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  readonly familyName!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  readonly givenName?: string;

  @ApiPropertyOptional({ description: 'YYYY-MM-DD' })
  @IsOptional()
  @Matches(DAY, { message: 'give a day as YYYY-MM-DD' })
  readonly dateOfBirth?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^[0-9 -]{10,14}$/, { message: 'give ten digits' })
  readonly nhsNumber?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(300)
  readonly address?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(10)
  readonly postcode?: string;
}

@ApiSchema({ name: 'Staff' })
export class StaffBody {
  @ApiProperty({ type: [StaffDetailsBody], maxItems: STAFF_AT_ONCE_MAX })
  @IsArray()
  @ArrayMaxSize(STAFF_AT_ONCE_MAX)
  @ValidateNested({ each: true })
  @Type(() => StaffDetailsBody)
  readonly staff!: StaffDetailsBody[];
}

export class StaffReportAsked {
  @ApiProperty({ description: 'A London day, YYYY-MM-DD.' })
  @Matches(DAY, { message: 'give a day as YYYY-MM-DD' })
  readonly day!: string;
}

@ApiSchema({ name: 'StaffFinding' })
export class StaffFindingBody implements StaffFinding {
  @ApiProperty({ enum: staffFindingKinds })
  readonly kind!: StaffFindingKind;

  @ApiProperty()
  readonly viewer!: string;

  @ApiProperty()
  readonly organisation!: string;

  @ApiProperty()
  readonly role!: string;

  @ApiProperty({ type: 'integer' })
  readonly people!: number;

  @ApiProperty({ type: 'integer' })
  readonly calls!: number;

  @ApiProperty({ format: 'date-time' })
  readonly firstAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly lastAt!: string;
}

@ApiSchema({ name: 'StaffReport' })
export class StaffReportBody implements StaffReport {
  @ApiProperty({ type: [StaffFindingBody], description: 'The nearest first.' })
  readonly findings!: readonly StaffFindingBody[];

  @ApiProperty({ type: 'integer', description: 'Who looked that day and is in the register.' })
  readonly known!: number;

  @ApiProperty({ type: 'integer', description: 'Who looked that day.' })
  readonly viewers!: number;

  @ApiProperty({ description: 'False where there was more than is read at once.' })
  readonly isWhole!: boolean;
}
