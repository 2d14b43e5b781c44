import { PublishedMember } from '@common-thread/presenting/published-history';
import { ApiProperty } from '@nestjs/swagger';
import type { OurFamiliesPage, OurFamily, OurRegistration } from './queries.js';

export class PublishedRegistration implements OurRegistration {
  @ApiProperty() readonly registrationId!: string;
  @ApiProperty({ type: String, nullable: true }) readonly placeId!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly since!: Date | null;
}

export class PublishedFamily implements OurFamily {
  @ApiProperty() readonly familyId!: string;
  @ApiProperty({ example: 'family/…' }) readonly line!: string;
  @ApiProperty({ type: [PublishedRegistration] })
  readonly registrations!: PublishedRegistration[];
  @ApiProperty({ type: [PublishedMember] }) readonly members!: PublishedMember[];
}

/** What the query of our families answers. */
export class PublishedFamilies implements OurFamiliesPage {
  @ApiProperty({ type: [PublishedFamily], description: 'The latest registered first.' })
  readonly families!: PublishedFamily[];
  @ApiProperty() readonly total!: number;
}
