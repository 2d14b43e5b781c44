import type { FeedBody, FeedEnvelope, FeedRow } from '@common-thread/projecting/feed-row';

/** A row as a record: by its family or contact, so that one line's records share a key. */
export function recordOf(row: FeedRow): { readonly key: string; readonly value: string } {
  return { key: row.envelope.partitionkey, value: JSON.stringify(row) };
}

/**
 * A record as the row it carries; nothing where it carries none. Whether the row is true is for the
 * receiver to say, which knows its hashes.
 */
export function rowOf(value: Buffer | null): FeedRow | undefined {
  const read = value === null ? undefined : parsed(value.toString('utf8'));
  if (!isObject(read) || !isEnvelope(read.envelope)) return undefined;
  const { envelope, hash, body, withdrawnBy } = read;
  if (typeof hash !== 'string' || !(body === null || isBody(body))) return undefined;
  if (withdrawnBy !== null && typeof withdrawnBy !== 'string') return undefined;
  return { envelope, hash, body, withdrawnBy };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBody(value: unknown): value is FeedBody {
  return isObject(value) && typeof value.salt === 'string';
}

function isEnvelope(value: unknown): value is FeedEnvelope {
  if (!isObject(value) || !Number.isSafeInteger(value.sequence)) return false;
  const texts = [
    value.id,
    value.type,
    value.feed,
    value.partitionkey,
    value.ground,
    value.bodyhash,
  ];
  return texts.every((text) => typeof text === 'string');
}
