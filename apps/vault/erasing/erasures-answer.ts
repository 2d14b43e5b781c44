import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import {
  legalHoldGrounds,
  recordClasses,
  shreddingGrounds,
} from '@common-thread/domain/erasure/code-lists';
import type { DecidedBy, Erasure } from '@common-thread/platform/erasing';

@ApiSchema({ name: 'DecidedBy' })
export class DecidedByBody implements DecidedBy {
  @ApiProperty({ description: 'The officer, by the id they sign in with.' })
  by!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

@ApiSchema({ name: 'Erasure' })
export class ErasureBody implements Erasure {
  @ApiProperty({ format: 'uuid' })
  proposalId!: string;

  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ description: 'The organisation whose holding ends.' })
  holder!: string;

  @ApiProperty({ enum: recordClasses, isArray: true })
  recordClasses!: readonly string[];

  @ApiProperty({ enum: shreddingGrounds })
  ground!: string;

  @ApiProperty()
  proposed!: DecidedByBody;

  @ApiPropertyOptional()
  confirmed?: DecidedByBody;

  @ApiPropertyOptional()
  declined?: DecidedByBody;

  @ApiProperty({
    enum: legalHoldGrounds,
    isArray: true,
    description: 'Grounds of the legal holds that keep it for now.',
  })
  holds!: readonly string[];

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Nothing is destroyed before. Absent until the keys have been retired.',
  })
  earliestAt?: string;

  @ApiProperty({ description: 'Keys that died of it; the others somebody else holds.' })
  keysDestroyed!: number;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When the bucket keys were destroyed.',
  })
  destroyedAt?: string;

  @ApiPropertyOptional({
    format: 'date',
    description: 'The day on which the last backup of those bucket keys is gone.',
  })
  completeOn?: string;
}

@ApiSchema({ name: 'Erasures' })
export class ErasuresBody {
  @ApiProperty({ type: [ErasureBody] })
  erasures!: readonly ErasureBody[];
}
