import type { ApiPropertyOptions } from '@nestjs/swagger';
import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import {
  agreementEndings,
  agreementNarrowReasons,
  agreementPurposes,
  factKinds,
  lawfulBases,
} from '@common-thread/domain/code-lists';
import type {
  AgreementEnd,
  AgreementsTold,
  AgreementState,
  AgreementTold,
  AgreementVersion,
  SharingAgreement,
} from '@common-thread/platform/sharing-agreements';
import { agreementStates } from '@common-thread/platform/sharing-agreements';

const AN_INSTANT = { format: 'date-time', example: '2026-03-02T10:00:00.000Z' } as const;
const AN_OFFICER = {
  description: 'The officer who recorded it, by the id they sign in with.',
  example: 'governance-officer-1',
} as const;

function kinds(description: string, example: readonly string[]): ApiPropertyOptions {
  return { enum: factKinds, isArray: true, description, example };
}

@ApiSchema({ name: 'AgreementVersion' })
class AgreementVersionBody implements AgreementVersion {
  @ApiProperty({ type: 'integer', minimum: 1, example: 1 })
  version!: number;

  @ApiProperty(AN_INSTANT)
  at!: string;

  @ApiProperty(AN_OFFICER)
  by!: string;

  @ApiProperty(kinds('Kinds of fact of which the fields are told.', ['household']))
  content!: readonly string[];

  @ApiProperty(kinds('Of which type and dates are told.', ['attendance']))
  notice!: readonly string[];

  @ApiProperty(kinds('Of which is told that a service is involved, and no event.', ['caseload']))
  existence!: readonly string[];

  @ApiProperty({
    type: [String],
    description: 'Who signed for each party: `<organisation>/<post>`.',
    example: ['fairholme-hub/caldicott-guardian', 'larkfield-centres/information-governance-lead'],
  })
  signatories!: readonly string[];

  @ApiPropertyOptional({ enum: agreementNarrowReasons, description: 'Why it was narrowed.' })
  reason?: string;

  @ApiPropertyOptional({
    description: 'Of a narrowing: whether what was told beyond it was withdrawn.',
  })
  takesBack?: boolean;
}

@ApiSchema({ name: 'AgreementEnd' })
class AgreementEndBody implements AgreementEnd {
  @ApiProperty(AN_INSTANT)
  at!: string;

  @ApiProperty(AN_OFFICER)
  by!: string;

  @ApiProperty({ enum: agreementEndings, example: 'replaced' })
  reason!: string;

  @ApiPropertyOptional({
    description: 'The party that ended it; absent where its last day has passed.',
    example: 'larkfield-centres',
  })
  endedBy?: string;

  @ApiProperty({ description: 'Whether what was told under it was withdrawn.' })
  takesBack!: boolean;
}

@ApiSchema({ name: 'SharingAgreement' })
class SharingAgreementBody implements SharingAgreement {
  @ApiProperty({ format: 'uuid', example: '0f0c6d8e-5b0e-4f7e-8a55-0a2f1f6f7a11' })
  agreementId!: string;

  @ApiProperty({
    enum: agreementStates,
    example: 'in-force',
    description:
      '`signed` until its first day; `narrowed` while in force and sharing less than was signed.',
  })
  state!: AgreementState;

  @ApiProperty({
    type: [String],
    description: 'Organisations; what each records is told to the others.',
    example: ['fairholme-hub', 'larkfield-centres'],
  })
  parties!: readonly string[];

  @ApiProperty({ enum: agreementPurposes, example: 'safeguarding-and-welfare' })
  purpose!: string;

  @ApiProperty({
    enum: lawfulBases,
    isArray: true,
    example: ['uk-gdpr-6-1-e', 'uk-gdpr-9-2-g', 'ca-2004-s11'],
  })
  lawfulBases!: readonly string[];

  @ApiProperty({ format: 'date', description: 'The first day in force.', example: '2026-03-02' })
  from!: string;

  @ApiProperty({ format: 'date', description: 'The last day in force.', example: '2028-03-01' })
  until!: string;

  @ApiProperty({
    description: 'Whether what was told under it is withdrawn after its last day.',
    example: false,
  })
  takesBackAtExpiry!: boolean;

  @ApiPropertyOptional({
    ...AN_INSTANT,
    description: 'When it took effect; absent until it does.',
  })
  tookEffectAt?: string;

  @ApiProperty({
    type: [AgreementVersionBody],
    description: 'As signed and as narrowed since; the last one counts.',
  })
  versions!: readonly AgreementVersionBody[];

  @ApiPropertyOptional()
  ended?: AgreementEndBody;
}

class AsOfBody {
  @ApiProperty({
    ...AN_INSTANT,
    description: 'Everything acknowledged before this instant is in the answer.',
  })
  asOf!: string;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    example: 1,
    description: 'The version of the disclosure table in force.',
  })
  tableVersion!: number;
}

@ApiSchema({ name: 'SharingAgreements' })
export class AgreementsBody extends AsOfBody implements AgreementsTold {
  @ApiProperty({ type: [SharingAgreementBody], description: 'The latest signed first.' })
  agreements!: readonly SharingAgreementBody[];
}

@ApiSchema({ name: 'OneSharingAgreement' })
export class AgreementBody extends AsOfBody implements AgreementTold {
  @ApiProperty()
  agreement!: SharingAgreementBody;
}
