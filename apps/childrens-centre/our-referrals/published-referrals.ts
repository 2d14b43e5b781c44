import { ApiProperty } from '@nestjs/swagger';
import type { ReferralStatus } from './projection.js';
import type { OurReferral, OurReferralsPage } from './queries.js';

const textOrNull = { type: String, nullable: true } as const;
const instant = { type: String, format: 'date-time' } as const;
const instantOrNull = { ...instant, nullable: true } as const;
const box = { ...textOrNull, description: 'A box.' } as const;
type Present<Value> = NonNullable<Value>;

export class PublishedAnswer implements Present<OurReferral['answer']> {
  @ApiProperty({ enum: ['accepted', 'returned'] }) readonly kind!: 'accepted' | 'returned';
  @ApiProperty({ type: [String] }) readonly outcomes!: string[];
  @ApiProperty(textOrNull) readonly returnReason!: string | null;
  @ApiProperty(instant) readonly at!: Date;
}

export class PublishedDecision implements Present<Present<OurReferral['contact']>['decision']> {
  @ApiProperty({ type: [String] }) readonly outcomes!: string[];
  @ApiProperty(textOrNull) readonly returnReason!: string | null;
  @ApiProperty(instant) readonly at!: Date;
}

export class PublishedFeedback implements Present<Present<OurReferral['contact']>['feedback']> {
  @ApiProperty(textOrNull) readonly channel!: string | null;
  @ApiProperty(box) readonly words!: string | null;
  @ApiProperty(instant) readonly at!: Date;
}

export class PublishedReferredContact implements Present<OurReferral['contact']> {
  @ApiProperty() readonly contactId!: string;
  @ApiProperty() readonly line!: string;
  @ApiProperty({ type: PublishedDecision, nullable: true })
  readonly decision!: PublishedDecision | null;
  @ApiProperty({ type: PublishedFeedback, nullable: true })
  readonly feedback!: PublishedFeedback | null;
  @ApiProperty(instantOrNull) readonly inErrorAt!: Date | null;
}

const statuses: readonly ReferralStatus[] = [
  'raised',
  'acknowledged',
  'accepted',
  'returned',
  'closed',
  'withdrawn',
];

export class PublishedReferral implements OurReferral {
  @ApiProperty() readonly referralId!: string;
  @ApiProperty() readonly tag!: string;
  @ApiProperty() readonly line!: string;
  @ApiProperty(textOrNull) readonly familyId!: string | null;
  @ApiProperty(textOrNull) readonly reference!: string | null;
  @ApiProperty({ enum: statuses }) readonly status!: ReferralStatus;
  @ApiProperty({ type: [String] }) readonly childIds!: string[];
  @ApiProperty(textOrNull) readonly need!: string | null;
  @ApiProperty(textOrNull) readonly level!: string | null;
  @ApiProperty(textOrNull) readonly to!: string | null;
  @ApiProperty(textOrNull) readonly raisedBy!: string | null;
  @ApiProperty(box) readonly concern!: string | null;
  @ApiProperty(instantOrNull) readonly raisedAt!: Date | null;
  @ApiProperty(instantOrNull) readonly acknowledgedAt!: Date | null;
  @ApiProperty({ type: PublishedAnswer, nullable: true })
  readonly answer!: PublishedAnswer | null;
  @ApiProperty(instantOrNull) readonly toldAt!: Date | null;
  @ApiProperty(instantOrNull) readonly closedAt!: Date | null;
  @ApiProperty({ type: PublishedReferredContact, nullable: true })
  readonly contact!: PublishedReferredContact | null;
}

/** What the query of our referrals answers. */
export class PublishedReferrals implements OurReferralsPage {
  @ApiProperty({ type: [PublishedReferral], description: 'The latest raised first.' })
  readonly referrals!: PublishedReferral[];
  @ApiProperty() readonly total!: number;
}
