import { PublishedMember } from '@common-thread/presenting/published-history';
import { ApiProperty } from '@nestjs/swagger';
import type { CaseloadFamily, CaseloadPage } from './queries.js';
import type { ReviewState } from './review-state.js';

const textOrNull = { type: String, nullable: true } as const;
const instantOrNull = { type: String, format: 'date-time', nullable: true } as const;

type Spell = CaseloadFamily['caseloads'][number];
type Missed = ReviewState['missed'][number];

export class PublishedSpell implements Spell {
  @ApiProperty() readonly caseloadId!: string;
  @ApiProperty(instantOrNull) readonly since!: Date | null;
}

export class PublishedMissedReview implements Missed {
  @ApiProperty(instantOrNull) readonly at!: Date | null;
  @ApiProperty(textOrNull) readonly reason!: string | null;
}

export class PublishedReview implements ReviewState {
  @ApiProperty() readonly childId!: string;
  @ApiProperty({ example: 'one-year' }) readonly review!: string;
  @ApiProperty({ enum: ['due', 'overdue', 'not-held-in-time', 'held'] })
  readonly state!: ReviewState['state'];
  @ApiProperty({ ...textOrNull, example: '2026-W07' }) readonly dueWeek!: string | null;
  @ApiProperty({ ...textOrNull, description: 'A box.' }) readonly dueOn!: string | null;
  @ApiProperty(instantOrNull) readonly heldAt!: Date | null;
  @ApiProperty({ type: [PublishedMissedReview] }) readonly missed!: PublishedMissedReview[];
}

export class PublishedCaseloadFamily implements CaseloadFamily {
  @ApiProperty() readonly familyId!: string;
  @ApiProperty({ example: 'family/…' }) readonly line!: string;
  @ApiProperty({ type: [PublishedSpell] }) readonly caseloads!: PublishedSpell[];
  @ApiProperty({ type: [PublishedMember] }) readonly members!: PublishedMember[];
  @ApiProperty({ type: [PublishedReview] }) readonly reviews!: PublishedReview[];
  @ApiProperty() readonly news!: number;
  @ApiProperty() readonly newsUpTo!: number;
}

/** What the query of the caseload answers. */
export class PublishedCaseload implements CaseloadPage {
  @ApiProperty({ type: [PublishedCaseloadFamily] }) readonly families!: PublishedCaseloadFamily[];
  @ApiProperty() readonly total!: number;
  @ApiProperty() readonly overdue!: number;
}
