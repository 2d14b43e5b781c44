import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsIn, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import type {
  LeftOutMatter,
  ListedRequest,
  RequestDetail,
  SubjectAccessAsker,
  SubjectAccessRequest,
  SubjectAccessSent,
  Withholding,
  WithholdingReason,
  WithheldLog,
} from '@common-thread/platform/subject-access';
import { subjectAccessAskers, withholdingReasons } from '@common-thread/platform/subject-access';
import { FREE_TEXT_LENGTH_MAX } from '@common-thread/platform/strict-body';

const NUMBER = /^CT-[0-9A-Z]{4}-[0-9A-Z]{4}$/;

export class RequestPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly requestId!: string;
}

export class PackPath extends RequestPath {
  @ApiProperty({ example: '12', description: 'As the copy was answered with.' })
  @Matches(/^[0-9]{1,18}$/)
  readonly packId!: string;
}

@ApiSchema({ name: 'SubjectAccessAsked' })
export class SubjectAccessAskedBody implements SubjectAccessSent {
  @ApiProperty({ format: 'uuid', description: 'Of the form: sent twice it is one request.' })
  @IsUUID()
  readonly key!: string;

  @ApiProperty({ format: 'uuid', description: 'Whose record it is.' })
  @IsUUID()
  readonly personId!: string;

  @ApiProperty({ enum: subjectAccessAskers, description: 'For whom the copy is.' })
  @IsIn(subjectAccessAskers, { message: `say who asks: ${subjectAccessAskers.join(', ')}` })
  readonly askedBy!: SubjectAccessAsker;

  @ApiProperty({ format: 'date', description: 'London day on which it reached us.' })
  @Matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, { message: 'give a day as YYYY-MM-DD' })
  readonly receivedOn!: string;

  @ApiProperty({
    description: 'Why it is answered, and how whoever asks was identified; kept sealed.',
  })
  @IsString()
  @Matches(/\S/, { message: 'say why, and how whoever asks was identified' })
  @MaxLength(FREE_TEXT_LENGTH_MAX)
  readonly reason!: string;
}

@ApiSchema({ name: 'MatterNumber' })
export class MatterNumberBody {
  @ApiProperty({ example: 'CT-4F7K-29QD', description: 'Of a referral or contact.' })
  @Matches(NUMBER, { message: 'give the number of a referral or contact, like CT-4F7K-29QD' })
  readonly number!: string;
}

@ApiSchema({ name: 'SubjectAccessRequest' })
export class SubjectAccessRequestBody implements SubjectAccessRequest {
  @ApiProperty({ format: 'uuid' })
  readonly requestId!: string;

  @ApiProperty({ format: 'uuid' })
  readonly personId!: string;

  @ApiProperty({ enum: subjectAccessAskers })
  readonly askedBy!: SubjectAccessAsker;

  @ApiProperty({ format: 'date' })
  readonly receivedOn!: string;

  @ApiProperty({
    format: 'date',
    description: 'One month after it was received (UK GDPR Article 12(3)).',
  })
  readonly dueOn!: string;

  @ApiProperty({ description: 'The officer who recorded it, by the id they sign in with.' })
  readonly officer!: string;
}

@ApiSchema({ name: 'ListedSubjectAccessRequest' })
export class ListedRequestBody extends SubjectAccessRequestBody implements ListedRequest {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When the last copy that was taken was made.',
  })
  readonly madeAt?: string;
}

@ApiSchema({ name: 'SubjectAccessRequests' })
export class ListedRequestsBody {
  @ApiProperty({ type: [ListedRequestBody], description: 'The soonest due first.' })
  readonly requests!: readonly ListedRequestBody[];
}

@ApiSchema({ name: 'LeftOutMatter' })
class LeftOutMatterBody implements LeftOutMatter {
  @ApiProperty({ example: 'CT-4F7K-29QD' })
  readonly number!: string;

  @ApiProperty({ description: 'The officer, by the id they sign in with.' })
  readonly by!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

@ApiSchema({ name: 'SubjectAccessRequestDetail' })
export class RequestDetailBody extends ListedRequestBody implements RequestDetail {
  @ApiProperty({
    type: [LeftOutMatterBody],
    description: 'Matters that would do serious harm if they were told: in no copy from then on.',
  })
  readonly leftOut!: readonly LeftOutMatterBody[];
}

@ApiSchema({ name: 'Withholding' })
class WithholdingBody implements Withholding {
  @ApiProperty({ enum: withholdingReasons })
  readonly reason!: WithholdingReason;

  @ApiProperty({ description: 'A fact by its event id; an audit entry by its number.' })
  readonly of!: string;

  @ApiProperty({ example: 'session.attended' })
  readonly name!: string;

  @ApiPropertyOptional({ description: 'Absent where the whole of it is left out.' })
  readonly field?: string;
}

@ApiSchema({ name: 'WithheldFromCopy' })
class WithheldMadeBody {
  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ description: 'Who made it, by the id they sign in with.' })
  readonly officer!: string;

  @ApiProperty({ type: 'integer', description: 'Facts that were given.' })
  readonly facts!: number;

  @ApiProperty({ type: [WithholdingBody] })
  readonly withheld!: readonly WithholdingBody[];
}

@ApiSchema({ name: 'WithheldLog' })
export class WithheldLogBody implements WithheldLog {
  @ApiProperty()
  readonly request!: SubjectAccessRequestBody;

  @ApiPropertyOptional({ description: 'Of the last copy; absent where none was made yet.' })
  readonly made?: WithheldMadeBody;
}
