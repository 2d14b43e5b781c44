import { v5 } from 'uuid';

/** Namespace of every id this service derives (UUID, RFC 9562 §5.5). */
const NAMESPACE = '3e0a54cc-5f2a-5d6e-9a4e-7d1c2a1f0b77';

/**
 * UUIDv5 of the parts. Equal parts give equal ids, so that a retry needs no memory; the parts are
 * JSON so that no two lists read alike.
 */
export function derivedId(...parts: readonly (string | number | null)[]): string {
  return v5(JSON.stringify(parts), NAMESPACE);
}

export function streamIdOf(category: string, id: string): string {
  return `${category}-${id}`;
}

/** The id behind the category: `referral-<uuid>` gives the UUID. */
export function idOfStream(category: string, streamId: string): string {
  if (!streamId.startsWith(`${category}-`))
    throw new Error(`${streamId} is no ${category} stream`);
  return streamId.slice(category.length + 1);
}
