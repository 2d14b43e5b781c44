import { ApiProperty } from '@nestjs/swagger';

const id = { format: 'uuid' } as const;

/** What was recorded, by its opaque id. */
export class Recorded {
  @ApiProperty({ ...id, description: 'Of the record: a new one, or the one in the path.' })
  id!: string;
}

export class RecordedNarrowing extends Recorded {
  @ApiProperty({
    description:
      'Whether relay and vault both know it. Until they do it is recorded and not yet in force: send ' +
      'the same again with the same key to ask.',
  })
  inForce!: boolean;
}

export class RecordedConsent extends Recorded {
  @ApiProperty({ ...id, description: 'To name it by when it is withdrawn.' })
  consentId!: string;
}

export class RecordedOfFamily extends Recorded {
  @ApiProperty(id)
  familyId!: string;
}

export class RecordedMember extends RecordedOfFamily {
  @ApiProperty(id)
  personId!: string;
}

export class RecordedWithReference extends Recorded {
  @ApiProperty({ example: 'CT-4F7K-29QD', description: 'To quote on the telephone.' })
  reference!: string;
}

export class RecordedByName {
  @ApiProperty({ description: 'The short name it was recorded under.' })
  id!: string;
}
