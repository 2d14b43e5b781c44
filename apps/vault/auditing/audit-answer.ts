import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import type { AuditedCall, AuditedField } from '@common-thread/platform/auditing';
import type { KeptEntry } from '../audit/audit.js';

@ApiSchema({ name: 'AuditedField' })
export class AuditedFieldBody implements AuditedField {
  @ApiProperty({ required: false, example: 'address' })
  readonly field?: string;

  @ApiProperty({ required: false })
  readonly line?: string;

  @ApiProperty({ example: 'granted' })
  readonly outcome!: string;

  @ApiProperty({ required: false, description: 'On which ground it was opened.' })
  readonly ground?: string;
}

@ApiSchema({ name: 'AuditedCall' })
export class AuditedCallBody implements AuditedCall {
  @ApiProperty()
  readonly entryId!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;

  @ApiProperty({ example: 'reveal' })
  readonly kind!: string;

  @ApiProperty({ description: 'The opaque id of whoever asked.' })
  readonly viewer!: string;

  @ApiProperty()
  readonly organisation!: string;

  @ApiProperty()
  readonly role!: string;

  @ApiProperty()
  readonly purpose!: string;

  @ApiProperty()
  readonly page!: string;

  @ApiProperty({ type: [String] })
  readonly about!: readonly string[];

  @ApiProperty({ type: 'integer' })
  readonly asked!: number;

  @ApiProperty({ type: 'integer' })
  readonly granted!: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the answer left; null where that is not known.',
  })
  readonly deliveredAt!: string | null;

  @ApiProperty({ type: [AuditedFieldBody] })
  readonly items!: readonly AuditedFieldBody[];
}

@ApiSchema({ name: 'AuditPage' })
export class AuditPageBody {
  @ApiProperty({ type: [AuditedCallBody], description: 'The latest first.' })
  readonly calls!: readonly AuditedCallBody[];

  @ApiProperty({ required: false, description: 'Ask with before=<next> for earlier ones.' })
  readonly next?: string;
}

/** An entry as it is told: where it was asked for by a subject, what of it is about that subject. */
export function callOf(entry: KeptEntry, subject: string | undefined): AuditedCall {
  const { entryId, at, kind, asker, purpose, page, about, asked, granted, deliveredAt } = entry;
  const isWhole = subject === undefined || about.includes(subject);
  const items = isWhole
    ? entry.items
    : entry.items.filter(({ subjects }) => subjects?.includes(subject));
  return {
    entryId,
    at: at.toISOString(),
    kind,
    viewer: asker.id,
    organisation: asker.organisation,
    role: asker.role,
    purpose,
    page,
    about: isWhole ? about : [],
    asked,
    granted,
    deliveredAt: deliveredAt?.toISOString() ?? null,
    items: items.map(({ subjects: _, eventId: __, ...item }) => item),
  };
}
