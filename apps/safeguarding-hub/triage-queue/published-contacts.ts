import type { Rating } from '@common-thread/domain/code-lists';
import { ratings } from '@common-thread/domain/code-lists';
import { ApiProperty } from '@nestjs/swagger';
import type { RatingTold } from './projection.js';
import type { ContactRecord, ContactTask, QueuedContact, RepeatCount } from './queries.js';

const textOrNull = { type: String, nullable: true } as const;
const instant = { type: String, format: 'date-time' } as const;
const instantOrNull = { ...instant, nullable: true } as const;
const box = { ...textOrNull, description: 'A box.' } as const;
const tasks: readonly ContactTask[] = ['rate', 'decide', 'tell'];
type Present<Value> = NonNullable<Value>;

export class PublishedRepeats implements RepeatCount {
  @ApiProperty({ enum: [90, 365] }) readonly days!: 90 | 365;
  @ApiProperty() readonly earlier!: number;
  @ApiProperty() readonly sources!: number;
}

class ContactInBrief {
  @ApiProperty() readonly contactId!: string;
  @ApiProperty({ description: 'For If-Match.' }) readonly tag!: string;
  @ApiProperty({ example: 'family/…' }) readonly line!: string;
  @ApiProperty(textOrNull) readonly familyId!: string | null;
  @ApiProperty(textOrNull) readonly reference!: string | null;
  @ApiProperty(textOrNull) readonly channel!: string | null;
  @ApiProperty(textOrNull) readonly source!: string | null;
  @ApiProperty(instant) readonly receivedAt!: Date;
  @ApiProperty(textOrNull) readonly organisation!: string | null;
  @ApiProperty(textOrNull) readonly referrer!: string | null;
  @ApiProperty(textOrNull) readonly referralId!: string | null;
  @ApiProperty({ type: [String] }) readonly childIds!: string[];
  @ApiProperty({ enum: ratings, nullable: true }) readonly rating!: Rating | null;
  @ApiProperty(instantOrNull) readonly ratedAt!: Date | null;
  @ApiProperty(instantOrNull) readonly dueAt!: Date | null;
  @ApiProperty({ type: [PublishedRepeats] }) readonly repeats!: PublishedRepeats[];
}

/** A contact as the query of the queue answers it. */
export class PublishedQueuedContact extends ContactInBrief implements QueuedContact {
  @ApiProperty({ enum: tasks }) readonly task!: ContactTask;
}

export class PublishedRating implements RatingTold {
  @ApiProperty(textOrNull) readonly rating!: string | null;
  @ApiProperty(box) readonly reason!: string | null;
  @ApiProperty(instant) readonly ratedAt!: string;
}

export class PublishedContactDecision implements Present<ContactRecord['decision']> {
  @ApiProperty({ type: [String] }) readonly outcomes!: string[];
  @ApiProperty(box) readonly rationale!: string | null;
  @ApiProperty(textOrNull) readonly decidedBy!: string | null;
  @ApiProperty(textOrNull) readonly returnReason!: string | null;
  @ApiProperty(instant) readonly decidedAt!: Date;
}

export class PublishedContactFeedback implements Present<ContactRecord['feedback']> {
  @ApiProperty(textOrNull) readonly channel!: string | null;
  @ApiProperty(box) readonly words!: string | null;
  @ApiProperty(instant) readonly givenAt!: Date;
}

export class PublishedContactError implements Present<ContactRecord['inError']> {
  @ApiProperty(textOrNull) readonly reason!: string | null;
  @ApiProperty(instant) readonly at!: Date;
}

/** A contact as the query of one answers it. */
export class PublishedContact extends ContactInBrief implements ContactRecord {
  @ApiProperty({ enum: tasks, nullable: true }) readonly task!: ContactTask | null;
  @ApiProperty() readonly imported!: boolean;
  @ApiProperty() readonly corrected!: boolean;
  @ApiProperty(textOrNull) readonly need!: string | null;
  @ApiProperty(box) readonly concern!: string | null;
  @ApiProperty(box) readonly describedAs!: string | null;
  @ApiProperty(box) readonly callerDetails!: string | null;
  @ApiProperty() readonly wishesAnonymity!: boolean;
  @ApiProperty({ type: [PublishedRating] }) readonly ratings!: PublishedRating[];
  @ApiProperty({ type: PublishedContactDecision, nullable: true })
  readonly decision!: PublishedContactDecision | null;
  @ApiProperty({ type: PublishedContactFeedback, nullable: true })
  readonly feedback!: PublishedContactFeedback | null;
  @ApiProperty({ type: PublishedContactError, nullable: true })
  readonly inError!: PublishedContactError | null;
}
