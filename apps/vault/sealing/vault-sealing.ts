import type { Sealed, SealRequest } from '@common-thread/eventing/sealing';
import { Sealing } from '@common-thread/eventing/sealing';
import type { Indexing } from '../blind-index/indexing.js';
import { sealBox } from '../boxes/box.js';
import type { DataKeys } from '../keys/data-keys.js';
import { placeOfText } from '../keys/wrapped-keys.js';
import type { Fingerprints } from './fingerprints.js';

/**
 * Seals for command-api, in its process on the embedded profile. One round trip to PostgreSQL
 * where a key is cold or somebody can be found by what is sealed, none otherwise.
 */
export class VaultSealing extends Sealing {
  constructor(
    private readonly keys: DataKeys,
    private readonly fingerprints: Fingerprints,
    private readonly indexing: Indexing,
  ) {
    super();
  }

  async seal(requests: readonly SealRequest[], commandBody: unknown): Promise<Sealed> {
    const rows = await this.indexing.rowsOf(requests);
    const places = [...requests.map(placeOfText), this.fingerprints.placeOfToday()];
    const keys = await this.keys.ensure(places, rows);
    const boxes = requests.map((request, nth) => {
      const { keyId, secret } = keys[nth]!;
      const { eventId, eventType, streamId, field, version } = request;
      const header = { keyId, eventId, eventType, streamId, field, version };
      return sealBox(header, request.plaintext, secret);
    });
    return { boxes, fingerprint: this.fingerprints.make(keys.at(-1)!, commandBody) };
  }

  compare(fingerprint: string, commandBody: unknown): Promise<'same' | 'other' | 'unknown'> {
    return this.fingerprints.compare(fingerprint, commandBody);
  }
}
