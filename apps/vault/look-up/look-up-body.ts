import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { IsString, Matches, MaxLength, MinLength, ValidateIf } from 'class-validator';
import { restrictionEnquiries } from '@common-thread/domain/code-lists';

/** Family name with date of birth, or an NHS number: exact, never a fragment. */
@ApiSchema({ name: 'LookUpQuery' })
export class LookUpBody {
  @ApiProperty({
    required: false,
    description: 'With dateOfBirth. Case, accents and hyphens do not matter.',
  })
  @ValidateIf(isByName)
  @IsString()
  @MinLength(1, { message: 'give the whole family name' })
  @MaxLength(100)
  readonly familyName?: string;

  @ApiProperty({ required: false, example: '2024-02-29' })
  @ValidateIf(isByName)
  @Matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, { message: 'give a day as YYYY-MM-DD' })
  readonly dateOfBirth?: string;

  @ApiProperty({ required: false, description: 'Instead of name and date of birth: ten digits.' })
  @ValidateIf((body: LookUpBody) => body.nhsNumber !== undefined)
  @Matches(/^[0-9 -]{10,16}$/, { message: 'give the ten digits of an NHS number' })
  readonly nhsNumber?: string;
}

function isByName(body: LookUpBody): boolean {
  const { familyName, dateOfBirth, nhsNumber } = body;
  return familyName !== undefined || dateOfBirth !== undefined || nhsNumber === undefined;
}

@ApiSchema({ name: 'LookUpMatch' })
export class LookUpMatchBody {
  @ApiProperty()
  readonly personId!: string;

  @ApiProperty({ type: [String] })
  readonly familyIds!: readonly string[];
}

@ApiSchema({ name: 'LookUpAnswer' })
export class LookUpAnswerBody {
  @ApiProperty({ type: [LookUpMatchBody] })
  readonly matches!: readonly LookUpMatchBody[];

  @ApiProperty({
    type: [String],
    enum: restrictionEnquiries,
    description: 'Whom to speak to about records that match and are restricted, each once.',
  })
  readonly speakTo!: readonly string[];
}
