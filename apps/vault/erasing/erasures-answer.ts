import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { recordClasses, shreddingGrounds } from '@common-thread/domain/erasure/code-lists';

@ApiSchema({ name: 'DecidedBy' })
class DecidedByBody {
  @ApiProperty({ description: 'The officer, by the id they sign in with.' })
  by!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

@ApiSchema({ name: 'Erasure' })
export class ErasureBody {
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

  @ApiProperty({ type: [String], description: 'Grounds of the legal holds that keep it for now.' })
  holds!: readonly string[];

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
