import { randomBytes, randomUUID } from 'node:crypto';
import type { StoredKey } from '../../apps/vault/keys/key-store.js';

/** A key as it is given to a store: of one subject, in bucket 5, unless said otherwise. */
export function candidate(change: Partial<StoredKey> = {}, bucket = 5): StoredKey {
  const subjects = change.subjects ?? [randomUUID()];
  return {
    keyId: randomUUID(),
    slot: `subject/${subjects[0]}`,
    recordClass: 'identity',
    controller: 'larkfield-centres',
    subjects,
    wraps: subjects.map((subject) => ({
      subject,
      bucket,
      bucketVersion: 1,
      wrapped: randomBytes(60),
    })),
    erased: false,
    retiredFor: [],
    ...change,
  };
}
