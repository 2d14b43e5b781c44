import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import type { AgeBand, SealedBirth } from '@common-thread/domain/deriving';
import { ageBands } from '@common-thread/domain/deriving';
import type { ScheduledReview } from '@common-thread/domain/engagement/review-schedule';
import { Type } from 'class-transformer';
import { IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { AskerBody } from './asker-body.js';

const BOX_CHARACTERS_MAX = 2_000;

@ApiSchema({ name: 'SealedBirth' })
export class SealedBirthBody implements SealedBirth {
  @ApiProperty({ type: AskerBody })
  @ValidateNested()
  @Type(() => AskerBody)
  readonly asker!: AskerBody;

  @ApiPropertyOptional({ example: 'box.v1.…' })
  @IsOptional()
  @IsString()
  @MaxLength(BOX_CHARACTERS_MAX)
  readonly dateOfBirth?: string;

  @ApiPropertyOptional({ example: 'box.v1.…' })
  @IsOptional()
  @IsString()
  @MaxLength(BOX_CHARACTERS_MAX)
  readonly expectedDate?: string;
}

@ApiSchema({ name: 'SealedBirthOnADay' })
export class AgeBandBody extends SealedBirthBody {
  @ApiProperty({ example: '2026-04-01' })
  @Matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, { message: 'give a day as YYYY-MM-DD' })
  readonly on!: string;
}

@ApiSchema({ name: 'AgeBand' })
export class AgeBandAnswer {
  @ApiPropertyOptional({
    enum: ageBands,
    description: 'Absent where the boxes can no longer be opened.',
  })
  readonly ageBand?: AgeBand;
}

@ApiSchema({ name: 'ReviewsDue' })
export class ReviewsDueAnswer {
  @ApiProperty({ type: [Object], description: 'Mandated reviews, soonest due first.' })
  readonly reviews!: readonly ScheduledReview[];
}
