import type { FamilyHistory } from '@common-thread/adapters/postgres/family-history-reader';
import type { HistoryLine, LineCorrection } from '@common-thread/adapters/postgres/history-reader';
import type {
  Household,
  HouseholdMember,
  MembershipTold,
  RelationshipTold,
} from '@common-thread/adapters/postgres/household-reader';
import type { Fields } from '@common-thread/projecting/told-row';
import type { Involvement } from '@common-thread/projecting/family-history/involvement';
import type { ToldAddress } from '@common-thread/projecting/family-history/households';
import { ApiProperty } from '@nestjs/swagger';

/*
 * What queries of a history answer, as it is published. Each class says that it is what the reader gives,
 * so that a field more or fewer there does not compile here.
 */

const nullable = { nullable: true } as const;
const text = { type: String } as const;
const textOrNull = { type: String, nullable: true } as const;
const instant = { type: String, format: 'date-time' } as const;
const instantOrNull = { ...instant, nullable: true } as const;
const box = { ...textOrNull, description: 'A box.' } as const;
const told = { type: 'object', additionalProperties: true } as const;

export class PublishedAddress implements ToldAddress {
  @ApiProperty(box) readonly address!: string | null;
  @ApiProperty(box) readonly postcode!: string | null;
  @ApiProperty(instant) readonly since!: string;
  @ApiProperty() readonly corrected!: boolean;
}

export class PublishedMembership implements MembershipTold {
  @ApiProperty() readonly membershipId!: string;
  @ApiProperty(textOrNull) readonly personId!: string | null;
  @ApiProperty(textOrNull) readonly position!: string | null;
  @ApiProperty(instantOrNull) readonly since!: Date | null;
  @ApiProperty(instantOrNull) readonly until!: Date | null;
  @ApiProperty(box) readonly address!: string | null;
  @ApiProperty(box) readonly postcode!: string | null;
  @ApiProperty({ type: [PublishedAddress] }) readonly addresses!: PublishedAddress[];
}

export class PublishedMember implements HouseholdMember {
  @ApiProperty() readonly personId!: string;
  @ApiProperty(textOrNull) readonly kind!: string | null;
  @ApiProperty(textOrNull) readonly sex!: string | null;
  @ApiProperty(box) readonly givenName!: string | null;
  @ApiProperty(box) readonly familyName!: string | null;
  @ApiProperty(box) readonly knownAs!: string | null;
  @ApiProperty(box) readonly dateOfBirth!: string | null;
  @ApiProperty(box) readonly expectedDate!: string | null;
  @ApiProperty(box) readonly nhsNumber!: string | null;
  @ApiProperty(box) readonly telephone!: string | null;
  @ApiProperty(textOrNull) readonly authority!: string | null;
  @ApiProperty(box) readonly authorityChildId!: string | null;
  @ApiProperty() readonly corrected!: boolean;
  @ApiProperty({ type: [PublishedMembership] }) readonly memberships!: PublishedMembership[];
  @ApiProperty() readonly current!: boolean;
}

export class PublishedRelationship implements RelationshipTold {
  @ApiProperty() readonly personId!: string;
  @ApiProperty() readonly relatedPersonId!: string;
  @ApiProperty(textOrNull) readonly relationship!: string | null;
  @ApiProperty({ type: Boolean, nullable: true })
  readonly parentalResponsibility!: boolean | null;
}

export class PublishedInvolvement implements Involvement {
  @ApiProperty({ enum: ['registration', 'caseload', 'other'] })
  readonly kind!: Involvement['kind'];
  @ApiProperty(textOrNull) readonly service!: string | null;
  @ApiProperty(textOrNull) readonly placeId!: string | null;
  @ApiProperty(instantOrNull) readonly since!: string | null;
  @ApiProperty(instantOrNull) readonly until!: string | null;
}

export class PublishedHousehold implements Household {
  @ApiProperty({ ...text, example: 'family/…' }) readonly line!: string;
  @ApiProperty({ type: [PublishedMember] }) readonly members!: PublishedMember[];
  @ApiProperty({ type: [PublishedRelationship] })
  readonly relationships!: PublishedRelationship[];
  @ApiProperty({ type: [PublishedInvolvement] })
  readonly involvements!: PublishedInvolvement[];
}

export class PublishedCorrection implements LineCorrection {
  @ApiProperty(instant) readonly recordedAt!: Date;
  @ApiProperty({ ...told, nullable: true }) readonly fields!: Fields | null;
}

export class PublishedHistoryLine implements HistoryLine {
  @ApiProperty() readonly id!: string;
  @ApiProperty() readonly sequence!: number;
  @ApiProperty({ ...text, example: 'contact.rated' }) readonly name!: string;
  @ApiProperty({ ...text, example: 'contact/…' }) readonly subject!: string;
  @ApiProperty(instant) readonly occurredAt!: Date;
  @ApiProperty({ ...nullable, enum: ['day'] }) readonly occurredPrecision!: 'day' | null;
  @ApiProperty(instantOrNull) readonly learnedAt!: Date | null;
  @ApiProperty(instant) readonly recordedAt!: Date;
  @ApiProperty(instant) readonly disclosedAt!: Date;
  @ApiProperty() readonly late!: boolean;
  @ApiProperty() readonly joined!: boolean;
  @ApiProperty() readonly imported!: boolean;
  @ApiProperty() readonly author!: boolean;
  @ApiProperty() readonly referrer!: boolean;
  @ApiProperty(textOrNull) readonly organisation!: string | null;
  @ApiProperty({ ...told, nullable: true, description: 'What it tells now; null once withdrawn.' })
  readonly fields!: Fields | null;
  @ApiProperty({ ...told, nullable: true, description: 'What it told before it was corrected.' })
  readonly firstTold!: Fields | null;
  @ApiProperty({ type: [PublishedCorrection] }) readonly corrections!: PublishedCorrection[];
  @ApiProperty(instantOrNull) readonly withdrawnAt!: Date | null;
}

export class PublishedHistory implements FamilyHistory {
  @ApiProperty({ ...text, example: 'family/…' }) readonly line!: string;
  @ApiProperty() readonly entitled!: boolean;
  @ApiProperty({ type: PublishedHousehold, nullable: true })
  readonly household!: PublishedHousehold | null;
  @ApiProperty({ description: 'Something told of this line could not be shown.' })
  readonly incomplete!: boolean;
  @ApiProperty({ type: [PublishedHistoryLine], description: 'Newest first.' })
  readonly lines!: PublishedHistoryLine[];
  @ApiProperty(textOrNull) readonly next!: string | null;
}
