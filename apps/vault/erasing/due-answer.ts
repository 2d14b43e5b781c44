import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { legalHoldGrounds, recordClasses } from '@common-thread/domain/erasure/code-lists';
import type { RetentionTrigger } from '@common-thread/domain/erasure/retention';
import { retentionPolicy } from '@common-thread/domain/erasure/retention';
import type {
  DueList,
  DueRecords,
  KeptRecords,
  KeysHeld,
  PersonErasure,
} from '@common-thread/platform/erasing';
import { DecidedByBody, ErasureBody } from './erasures-answer.js';

const triggers = ['born', 'died', 'closed', 'ordered'] satisfies readonly RetentionTrigger[];

@ApiSchema({ name: 'DueFrom' })
class DueFromBody {
  @ApiProperty({
    format: 'date',
    description: 'First of a month: the day itself would tell a birthday.',
  })
  from!: string;

  @ApiProperty({
    enum: Object.keys(retentionPolicy),
    description: 'The class of the schedule that keeps it longest.',
  })
  kind!: string;

  @ApiProperty({ enum: triggers, description: 'The day that class counts from.' })
  countedFrom!: string;
}

class HeldRecordsBody {
  @ApiProperty({ description: 'The organisation.' })
  holder!: string;

  @ApiProperty({
    enum: recordClasses,
    isArray: true,
    description: 'Those of which it holds a key that still opens something.',
  })
  recordClasses!: readonly string[];

  @ApiProperty({ description: 'Whether its work about the person’s families goes on.' })
  isOpen!: boolean;
}

@ApiSchema({ name: 'KeptRecords' })
class KeptRecordsBody extends HeldRecordsBody implements KeptRecords {
  @ApiPropertyOptional({
    description:
      'Absent while the work goes on, and where a birth it is counted from is not known.',
  })
  due?: DueFromBody;
}

@ApiSchema({ name: 'DueRecords' })
class DueRecordsBody extends HeldRecordsBody implements DueRecords {
  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ type: [String] })
  familyIds!: readonly string[];

  @ApiProperty()
  due!: DueFromBody;

  @ApiProperty({ enum: legalHoldGrounds, isArray: true, description: 'Legal holds in force.' })
  holds!: readonly string[];

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The proposal about it that is neither declined nor carried out.',
  })
  proposalId?: string;
}

@ApiSchema({ name: 'DueList' })
export class DueListBody implements DueList {
  @ApiProperty({ format: 'date' })
  asOf!: string;

  @ApiProperty({ format: 'date', description: 'What becomes due by this day is listed.' })
  until!: string;

  @ApiProperty({ type: [DueRecordsBody], description: 'The longest due first, 500 at most.' })
  due!: readonly DueRecordsBody[];

  @ApiProperty({ type: 'integer', description: 'How many there are besides.' })
  more!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Ended work whose time cannot be counted: a date of birth is missing.',
  })
  notCounted!: number;
}

@ApiSchema({ name: 'KeysHeld' })
class KeysHeldBody implements KeysHeld {
  @ApiProperty({ enum: recordClasses })
  recordClass!: string;

  @ApiProperty({ description: 'The organisation that recorded it.' })
  controller!: string;

  @ApiProperty({ type: 'integer' })
  keys!: number;

  @ApiProperty({ type: [String], description: 'The organisations that have not let go.' })
  holders!: readonly string[];
}

@ApiSchema({ name: 'LegalHold' })
class LegalHoldBody extends DecidedByBody {
  @ApiProperty({ enum: legalHoldGrounds })
  ground!: string;
}

@ApiSchema({ name: 'PersonErasure' })
export class PersonErasureBody implements PersonErasure {
  @ApiProperty({ format: 'uuid' })
  personId!: string;

  @ApiProperty({ type: [String] })
  familyIds!: readonly string[];

  @ApiProperty({ type: [KeptRecordsBody] })
  kept!: readonly KeptRecordsBody[];

  @ApiProperty({ type: [KeysHeldBody] })
  keys!: readonly KeysHeldBody[];

  @ApiProperty({ type: [LegalHoldBody] })
  holds!: readonly LegalHoldBody[];

  @ApiProperty({ type: [ErasureBody], description: 'The latest first.' })
  erasures!: readonly ErasureBody[];
}
