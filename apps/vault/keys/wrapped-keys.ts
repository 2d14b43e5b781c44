import { createHash } from 'node:crypto';
import type { DataKey, LivingKey } from './data-keys.js';
import type { KeyPlace, StoredKey } from './key-store.js';
import type { MasterKey } from './master-key.js';
import { bucketOf } from './master-key.js';
import type { IdentifiedWrap } from './shreddings.js';

/**
 * The place of the key for a text about these subjects; a text about several has a key of its own.
 */
export function placeOfText(text: {
  readonly subjects: readonly string[];
  readonly recordClass: string;
  readonly controller: string;
  readonly eventId: string;
}): KeyPlace {
  const { recordClass, controller, eventId } = text;
  const subjects = text.subjects.length > 1 ? [...new Set(text.subjects)].sort() : text.subjects;
  const [first, ...more] = subjects;
  if (first === undefined) throw new RangeError('a personal text is about somebody');
  if (more.length === 0) return { slot: `subject/${first}`, recordClass, controller, subjects };
  const together = createHash('sha256').update(JSON.stringify(subjects)).digest('base64url');
  return { slot: `text/${eventId}/${together}`, recordClass, controller, subjects };
}

/** Wraps each key once for each of its subjects. */
export async function wrapKeys(
  masterKey: MasterKey,
  keys: readonly (LivingKey & KeyPlace)[],
): Promise<StoredKey[]> {
  const requests = keys.flatMap(({ keyId, secret, subjects }) =>
    subjects.map((subject) => ({
      subject,
      bucket: bucketOf(subject),
      context: contextOf(keyId, subject),
      secret,
    })),
  );
  const wrapped = await masterKey.wrap(requests);
  const wraps = requests.map(({ subject, bucket }, nth) => ({
    subject,
    bucket,
    bucketVersion: wrapped[nth]!.bucketVersion,
    wrapped: wrapped[nth]!.wrapped,
  }));
  let next = 0;
  return keys.map(({ secret: _, ...key }) => {
    next += key.subjects.length;
    return {
      ...key,
      wraps: wraps.slice(next - key.subjects.length, next),
      erased: false,
      retiredFor: [],
    };
  });
}

/** Each key, with its secret where any of its wraps opens still. */
export async function unwrapKeys(
  masterKey: MasterKey,
  stored: readonly StoredKey[],
): Promise<(DataKey & KeyPlace)[]> {
  const wraps = stored.flatMap(({ keyId, wraps, erased }) =>
    erased
      ? []
      : wraps.map((wrap) => ({ ...wrap, keyId, context: contextOf(keyId, wrap.subject) })),
  );
  const opened = await masterKey.unwrap(wraps);
  const secrets = new Map<string, Buffer>();
  for (const [nth, { keyId }] of wraps.entries()) {
    const secret = opened[nth];
    if (secret) secrets.set(keyId, secret);
  }
  return stored.map(({ wraps: _, erased: __, ...key }) => {
    const secret = secrets.get(key.keyId);
    return secret ? { ...key, secret } : key;
  });
}

/** The wraps under their bucket's current version; what opens no more is left out. */
export async function rewrap(
  masterKey: MasterKey,
  wraps: readonly IdentifiedWrap[],
): Promise<IdentifiedWrap[]> {
  const named = wraps.map((wrap) => ({ ...wrap, context: contextOf(wrap.keyId, wrap.subject) }));
  const secrets = await masterKey.unwrap(named);
  const living = named.flatMap((wrap, nth) => {
    const secret = secrets[nth];
    return secret ? [{ ...wrap, secret }] : [];
  });
  const anew = await masterKey.wrap(living);
  return living.map(({ keyId, subject, bucket }, nth) => ({
    keyId,
    subject,
    bucket,
    ...anew[nth]!,
  }));
}

function contextOf(keyId: string, subject: string): string {
  return `${keyId}/${subject}`;
}
