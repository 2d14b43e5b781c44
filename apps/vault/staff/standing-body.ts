import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { SLUG_PATTERN } from '@common-thread/domain/identifiers';
import type {
  ListedStaff,
  StaffKeyKind,
  StaffPage,
  StaffQuery,
  StandingChange,
  TakenPart,
} from '@common-thread/platform/staff';
import { staffKeyKinds } from '@common-thread/platform/staff';
import type { WorkPart } from '@common-thread/platform/standing';
import { workParts } from '@common-thread/platform/standing';

const ID = /^[\w.|-]{1,100}$/;
const SLUG = new RegExp(SLUG_PATTERN);
const AFTER = /^[a-z0-9-]{1,60}\/[\w.|-]{1,100}$/;

@ApiSchema({ name: 'StandingChange' })
export class StandingChangeBody implements StandingChange {
  @ApiProperty({ description: 'The opaque id they sign in with.' })
  @Matches(ID, { message: 'give the id somebody signs in with' })
  readonly id!: string;

  @ApiProperty({ example: 'larkfield-centres' })
  @Matches(SLUG, { message: 'name an organisation by its short name' })
  @MaxLength(60)
  readonly organisation!: string;

  @ApiProperty({ enum: workParts })
  @IsIn(workParts, { message: `say what: ${workParts.join(', ')}` })
  readonly what!: WorkPart;

  @ApiProperty({ description: 'The role, or the place by its short name; empty for everything.' })
  @Matches(new RegExp(`^$|${SLUG_PATTERN}`), { message: 'name a role or a place' })
  @MaxLength(60)
  readonly named!: string;

  @ApiProperty({ description: 'Taken away; false where it is given back.' })
  @IsBoolean()
  readonly taken!: boolean;
}

@ApiSchema({ name: 'StandingChanged' })
export class StandingChangedBody {
  @ApiProperty({ description: 'No app goes by an older answer any more.' })
  readonly inForce!: boolean;
}

export class StaffListAsked implements StaffQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(SLUG)
  @MaxLength(60)
  readonly organisation?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(ID)
  readonly id?: string;

  @ApiPropertyOptional({ description: '`next` of an earlier answer.' })
  @IsOptional()
  @Matches(AFTER)
  readonly after?: string;
}

@ApiSchema({ name: 'TakenPart' })
export class TakenPartBody implements TakenPart {
  @ApiProperty({ enum: workParts })
  readonly what!: WorkPart;

  @ApiProperty()
  readonly named!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ description: 'The officer’s opaque id.' })
  readonly by!: string;
}

@ApiSchema({ name: 'ListedStaff' })
export class ListedStaffBody implements ListedStaff {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty()
  readonly organisation!: string;

  @ApiProperty({ enum: staffKeyKinds, isArray: true, description: 'What they are compared by.' })
  readonly known!: readonly StaffKeyKind[];

  @ApiProperty({ type: [TakenPartBody], description: 'What is not theirs now.' })
  readonly taken!: readonly TakenPartBody[];
}

@ApiSchema({ name: 'StaffPage' })
export class StaffPageBody implements StaffPage {
  @ApiProperty({ type: [ListedStaffBody] })
  readonly staff!: readonly ListedStaffBody[];

  @ApiPropertyOptional({ description: 'What to ask with for those that follow.' })
  readonly next?: string;
}
