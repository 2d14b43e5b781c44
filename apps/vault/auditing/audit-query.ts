import { ApiPropertyOptional, ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';

const CALLS_MAX = 500;
const LINE_OR_ID = /^((family|contact)\/)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

export class AuditAsked {
  @ApiPropertyOptional({ description: 'A person’s id, or a line: family/<id>, contact/<id>.' })
  @IsOptional()
  @Matches(LINE_OR_ID, { message: 'name a person by id, or a line' })
  readonly subject?: string;

  @ApiPropertyOptional({ description: 'The opaque id of whoever looked.' })
  @IsOptional()
  @Matches(/^[\w.|-]{1,100}$/, { message: 'give the opaque id of whoever looked' })
  readonly viewer?: string;

  @ApiPropertyOptional({ description: 'Only what opened this field of the subject: address.' })
  @IsOptional()
  @Matches(/^[a-z][A-Za-z]{0,60}$/, { message: 'name a field, such as address' })
  readonly field?: string;

  @ApiPropertyOptional({ description: 'First London day, YYYY-MM-DD.' })
  @IsOptional()
  @Matches(DAY, { message: 'give a day as YYYY-MM-DD' })
  readonly from?: string;

  @ApiPropertyOptional({ description: 'Last London day, YYYY-MM-DD.' })
  @IsOptional()
  @Matches(DAY, { message: 'give a day as YYYY-MM-DD' })
  readonly until?: string;

  @ApiPropertyOptional({ description: 'The next of an earlier answer.' })
  @IsOptional()
  @Matches(/^[0-9]{1,18}$/, { message: 'give the next of an earlier answer' })
  readonly before?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: CALLS_MAX, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(CALLS_MAX)
  readonly limit: number = 50;
}

export class ViewingsAsked {
  @ApiProperty({ description: 'family/<id> or contact/<id>' })
  @Matches(LINE_OR_ID, { message: 'name a line: family/<id> or contact/<id>' })
  @MaxLength(60)
  readonly line!: string;
}
