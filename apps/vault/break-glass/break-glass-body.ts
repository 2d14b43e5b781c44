import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import type {
  BreakGlassReason,
  BrokenGlass,
  GlassAsked,
  GlassReviewOutcome,
} from '@common-thread/platform/break-glass';
import { breakGlassReasons, glassReviewOutcomes } from '@common-thread/platform/break-glass';
import { GLASS_MINUTES_MAX } from './glass.js';

@ApiSchema({ name: 'BreakGlass' })
export class BreakGlassBody implements GlassAsked {
  @ApiProperty({ format: 'uuid', description: 'The one family it is for.' })
  @IsUUID(undefined, { message: 'name a family by id' })
  readonly familyId!: string;

  @ApiProperty({ enum: breakGlassReasons })
  @IsIn(breakGlassReasons, { message: `say why: ${breakGlassReasons.join(', ')}` })
  readonly reason!: BreakGlassReason;

  @ApiProperty({ description: 'Why, in words; sealed, and shown to whoever reviews.' })
  @IsString()
  @MinLength(1, { message: 'say why in words' })
  @MaxLength(2_000)
  readonly words!: string;

  @ApiProperty({ format: 'uuid', description: 'Equal for every try: it is one grant.' })
  @IsUUID(undefined, { message: 'give a key: any UUID, equal for every try' })
  readonly key!: string;

  @ApiProperty({ required: false, type: 'integer', minimum: 1, maximum: GLASS_MINUTES_MAX })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(GLASS_MINUTES_MAX)
  readonly minutes?: number;
}

@ApiSchema({ name: 'GlassReview' })
export class GlassReviewBody {
  @ApiProperty({ enum: glassReviewOutcomes })
  @IsIn(glassReviewOutcomes, { message: `say one of: ${glassReviewOutcomes.join(', ')}` })
  readonly outcome!: GlassReviewOutcome;
}

class ReviewedGlassBody {
  @ApiProperty()
  readonly by!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ enum: glassReviewOutcomes })
  readonly outcome!: GlassReviewOutcome;
}

@ApiSchema({ name: 'BrokenGlass' })
export class BrokenGlassBody implements BrokenGlass {
  @ApiProperty({ format: 'uuid' })
  readonly glassId!: string;

  @ApiProperty({ format: 'uuid' })
  readonly familyId!: string;

  @ApiProperty({ description: 'The opaque id of whoever broke it.' })
  readonly by!: string;

  @ApiProperty()
  readonly role!: string;

  @ApiProperty({ enum: breakGlassReasons })
  readonly reason!: BreakGlassReason;

  @ApiProperty({ required: false })
  readonly words?: string;

  @ApiProperty({ format: 'date-time' })
  readonly openedAt!: string;

  @ApiProperty({ format: 'date-time', description: 'When it ends, or ended.' })
  readonly endsAt!: string;

  @ApiProperty()
  readonly isOpen!: boolean;

  @ApiProperty({ format: 'date-time' })
  readonly reviewDueAt!: string;

  @ApiProperty({ required: false, type: [String], description: 'Fields opened under it.' })
  readonly opened?: readonly string[];

  @ApiProperty({ required: false, type: 'integer', description: 'Pages opened under it.' })
  readonly calls?: number;

  @ApiProperty({ required: false, type: ReviewedGlassBody })
  readonly review?: ReviewedGlassBody;
}

@ApiSchema({ name: 'BrokenGlasses' })
export class BrokenGlassesBody {
  @ApiProperty({ type: [BrokenGlassBody], description: 'The latest first.' })
  readonly glasses!: readonly BrokenGlassBody[];
}
