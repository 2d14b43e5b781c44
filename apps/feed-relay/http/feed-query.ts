import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

const ROWS_MAX = 1_000;
const WAIT_SECONDS_MAX = 30;

export class FeedQuery {
  @ApiPropertyOptional({
    description: 'Rows after this sequence: the last one you hold.',
    type: 'integer',
    minimum: 0,
    default: 0,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after = 0;

  @ApiPropertyOptional({
    description: 'Rows at most.',
    type: 'integer',
    minimum: 1,
    maximum: ROWS_MAX,
    default: 200,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(ROWS_MAX)
  limit = 200;

  @ApiPropertyOptional({
    description: 'Seconds to wait for something new where there is nothing yet.',
    type: 'integer',
    minimum: 0,
    maximum: WAIT_SECONDS_MAX,
    default: 0,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(WAIT_SECONDS_MAX)
  wait = 0;
}
