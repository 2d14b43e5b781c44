import { hash } from 'node:crypto';

/** Namespace of every id this service derives: 3e0a54cc-5f2a-5d6e-9a4e-7d1c2a1f0b77. */
const NAMESPACE = Buffer.from('3e0a54cc5f2a5d6e9a4e7d1c2a1f0b77', 'hex');

/**
 * UUIDv5 (RFC 9562 §5.5) of the parts. Equal parts give equal ids, so that a retry needs no memory; the parts are
 * JSON so that no two lists read alike.
 */
export function derivedId(...parts: readonly (string | number | null)[]): string {
  const name = Buffer.concat([NAMESPACE, Buffer.from(JSON.stringify(parts))]);
  const digest = hash('sha1', name, 'hex');
  const variant = ((Number.parseInt(digest[16]!, 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `5${digest.slice(13, 16)}`,
    variant + digest.slice(17, 20),
    digest.slice(20, 32),
  ].join('-');
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

/** `referral-<uuid>` gives `referral`. */
export function categoryOf(streamId: string): string {
  return streamId.slice(0, streamId.indexOf('-'));
}
