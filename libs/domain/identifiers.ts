import Type from 'typebox';
import { namesPeople } from '@common-thread/eventing/event-shapes';

export const UUID_PATTERN =
  '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';

export const Uuid = Type.String({ pattern: UUID_PATTERN });

/** Opaque id of a child, an unborn child or an adult. */
export const PersonId = namesPeople(Type.String({ pattern: UUID_PATTERN }));
export const PersonIds = namesPeople(
  Type.Array(Type.String({ pattern: UUID_PATTERN }), { maxItems: 30 }),
);
/** A list with at least one person in it. */
export const SomePersonIds = namesPeople(
  Type.Array(Type.String({ pattern: UUID_PATTERN }), { minItems: 1, maxItems: 30 }),
);
export const FamilyId = Type.String({ pattern: UUID_PATTERN });

export const SLUG_PATTERN = '^[a-z0-9]+(-[a-z0-9]+)*$';

/** Short name of an organisation or place, stable for ever: `fairholme-hub`. */
export const Slug = Type.String({ pattern: SLUG_PATTERN, maxLength: 60 });

export const audiences = [
  'safeguarding-hub',
  'childrens-centre',
  'health-visiting',
  'partnership-board',
] as const;
export type Audience = (typeof audiences)[number];

export const RECIPIENT_PATTERN = `^[a-z0-9]+(-[a-z0-9]+)*\\.(${audiences.join('|')})$`;

/**
 * An organisation in one audience: `<organisation>.<audience>`. A council may run a hub and
 * centres: two recipients.
 */
export const RecipientId = Type.String({ pattern: RECIPIENT_PATTERN });
export type RecipientId = string;

export function recipientId(organisation: string, audience: Audience): RecipientId {
  return `${organisation}.${audience}`;
}

export function partsOfRecipient(recipient: RecipientId): {
  organisation: string;
  audience: Audience;
} {
  const dot = recipient.lastIndexOf('.');
  const audience = audiences.find((a) => a === recipient.slice(dot + 1));
  if (dot < 1 || !audience) throw new Error(`${recipient} names no organisation in an audience`);
  return { organisation: recipient.slice(0, dot), audience };
}
