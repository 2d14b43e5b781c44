import { randomUUID } from 'node:crypto';
import type { SealRequest } from '@common-thread/eventing/sealing';
import fc from 'fast-check';
import type { Identifying } from '../blind-index/identifying.js';
import { Indexing, KnownIdentity } from '../blind-index/indexing.js';
import { openBox, readBox } from '../boxes/box.js';
import { Clock } from '../clock.js';
import { NoFaults } from '../fault-points.js';
import { DataKeys } from '../keys/data-keys.js';
import { MemoryKeyStore } from '../keys/memory-key-store.js';
import { MemoryMasterKey } from '../keys/memory-master-key.js';
import { Fingerprints } from './fingerprints.js';
import { VaultSealing } from './vault-sealing.js';

class SetClock extends Clock {
  constructor(public at: string) {
    super();
  }
  now(): Date {
    return new Date(this.at);
  }
}

class Known extends KnownIdentity {
  readonly people = new Map<string, Identifying>();
  async of(personId: string): Promise<Identifying> {
    return this.people.get(personId) ?? {};
  }
}

function requestOf(change: Partial<SealRequest> = {}): SealRequest {
  return {
    plaintext: 'Quillfeather',
    subjects: [randomUUID()],
    recordClass: 'contact',
    controller: 'larkfield-centres',
    streamId: `referral-${randomUUID()}`,
    eventId: randomUUID(),
    eventType: 'ReferralRaised',
    field: 'concern',
    version: 1,
    ...change,
  };
}

describe('sealing in the vault', () => {
  const masterKey = new MemoryMasterKey();
  const clock = new SetClock('2026-01-05T09:00:00.000Z');
  let store: MemoryKeyStore;
  let keys: DataKeys;
  let known: Known;
  let sealing: VaultSealing;
  beforeEach(() => {
    clock.at = '2026-01-05T09:00:00.000Z';
    store = new MemoryKeyStore();
    keys = new DataKeys({ store, masterKey, faults: new NoFaults() });
    known = new Known();
    sealing = new VaultSealing(keys, new Fingerprints(keys, clock), new Indexing(keys, known));
  });

  async function open(text: string): Promise<string | undefined> {
    const box = readBox(text)!;
    const key = (await keys.find([box.header.keyId])).get(box.header.keyId);
    return openBox(box, key!.secret!);
  }

  it('gives one box a request, in order, each saying where it is from', async () => {
    const requests = Array.from({ length: 20 }, (_, nth) =>
      requestOf({ plaintext: `text ${nth}` }),
    );
    const { boxes } = await sealing.seal(requests, {});
    expect(await Promise.all(boxes.map(open))).toEqual(requests.map((r) => r.plaintext));
    for (const [nth, text] of boxes.entries()) {
      const { eventId, eventType, streamId, field, version } = requests[nth]!;
      expect(readBox(text)!.header).toMatchObject({
        eventId,
        eventType,
        streamId,
        field,
        version,
      });
    }
  });

  describe('a fingerprint', () => {
    it('is the same for the same body in whatever order its members come', async () => {
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (a, b) => {
          const { fingerprint } = await sealing.seal([], { a, b });
          expect(await sealing.compare(fingerprint, { b, a })).toBe('same');
          expect(await sealing.compare(fingerprint, { a, b, c: 1 })).toBe('other');
        }),
        { numRuns: 30 },
      );
    });

    it('says nothing of the body to whoever has not its key', async () => {
      const { fingerprint } = await sealing.seal([], { familyName: 'Quillfeather' });
      const other = new DataKeys({
        store: new MemoryKeyStore(),
        masterKey,
        faults: new NoFaults(),
      });
      const elsewhere = new VaultSealing(
        other,
        new Fingerprints(other, clock),
        new Indexing(other, known),
      );
      const theirs = await elsewhere.seal([], { familyName: 'Quillfeather' });
      expect(theirs.fingerprint.split('.').at(-1)).not.toBe(fingerprint.split('.').at(-1));
      expect(await elsewhere.compare(fingerprint, { familyName: 'Quillfeather' })).toBe('unknown');
    });

    it('is compared for 30 days and no longer, swept or not', async () => {
      const { fingerprint } = await sealing.seal([], 'body');
      clock.at = '2026-02-04T08:59:59.000Z';
      expect(await sealing.compare(fingerprint, 'body')).toBe('same');
      clock.at = '2026-02-05T00:00:00.000Z';
      expect(await sealing.compare(fingerprint, 'body')).toBe('unknown');
      expect(await keys.eraseExpired(clock.now())).toBe(1);
      clock.at = '2026-01-06T00:00:00.000Z';
      expect(await sealing.compare(fingerprint, 'body')).toBe('unknown');
    });

    it('of each day has a key of its own', async () => {
      const monday = await sealing.seal([], 'body');
      clock.at = '2026-01-06T09:00:00.000Z';
      const tuesday = await sealing.seal([], 'body');
      expect(tuesday.fingerprint).not.toBe(monday.fingerprint);
      expect(await sealing.compare(monday.fingerprint, 'body')).toBe('same');
    });

    it.each(['', 'fp.v1.', `fp.v1.${randomUUID()}.${'A'.repeat(43)}`, 'box.v1.a.b'])(
      'that is none of ours is unknown: %s',
      async (text) => expect(await sealing.compare(text, 'body')).toBe('unknown'),
    );

    it('cannot be passed off under the key of somebody’s texts', async () => {
      const { boxes, fingerprint } = await sealing.seal([requestOf()], 'body');
      const keyId = readBox(boxes[0]!)!.header.keyId;
      const [, , , mac] = fingerprint.split('.');
      expect(await sealing.compare(`fp.v1.${keyId}.${mac}`, 'body')).toBe('unknown');
    });
  });

  describe('the rows by which people are found', () => {
    const personId = randomUUID();
    const told = (eventType: string, values: Record<string, string>) => {
      const eventId = randomUUID();
      const event = { eventType, eventId, streamId: `person-${personId}`, subjects: [personId] };
      const requests = Object.entries(values).map(([field, plaintext]) =>
        requestOf({ ...event, field, plaintext, recordClass: 'identity' }),
      );
      return { eventId, requests };
    };
    const kinds = () => store.rows.map((row) => row.kind).sort();

    it('come with a registration that tells enough', async () => {
      const { eventId, requests } = told('PersonRegistered', {
        givenName: 'Ada',
        familyName: 'Quillfeather',
        dateOfBirth: '2024-02-29',
        nhsNumber: '9990000018',
        authorityChildId: 'C 12',
      });
      await sealing.seal(requests, {});
      expect(kinds()).toEqual([
        'authority-child-id',
        'full-name-and-birth',
        'name-and-birth',
        'nhs-number',
      ]);
      for (const row of store.rows)
        expect(row).toMatchObject({ personId, eventId, keyVersion: 1 });
      const rows = JSON.stringify(store.rows.map((row) => row.mac.toString('latin1')));
      expect(rows).not.toMatch(/quill|2024|9990/i);
    });

    it('do not come with half of what they need, nor with an event of another kind', async () => {
      await sealing.seal(told('PersonRegistered', { familyName: 'Quillfeather' }).requests, {});
      await sealing.seal(
        told('SessionAttended', { familyName: 'x', dateOfBirth: 'y' }).requests,
        {},
      );
      expect(store.rows).toEqual([]);
    });

    it('complete a correction of one half from what was told before', async () => {
      known.people.set(personId, { familyName: 'Quillfeather', dateOfBirth: '2024-02-29' });
      await sealing.seal(told('PersonDetailsCorrected', { familyName: 'Ó Briain' }).requests, {});
      const corrected = store.rows[0]!;
      await sealing.seal(
        told('PersonRegistered', { familyName: "o'briain", dateOfBirth: '2024-02-29' }).requests,
        {},
      );
      expect(store.rows.map((row) => row.mac)).toEqual([corrected.mac, corrected.mac]);
    });

    it('come with a correction of nothing identifying not at all', async () => {
      known.people.set(personId, { familyName: 'Quillfeather', dateOfBirth: '2024-02-29' });
      await sealing.seal(
        told('PersonDetailsCorrected', { telephone: '01632 960001' }).requests,
        {},
      );
      expect(store.rows).toEqual([]);
    });

    it('are one for one event, however often it is tried', async () => {
      const { requests } = told('PersonRegistered', { nhsNumber: '9990000018' });
      await Promise.all([sealing.seal(requests, {}), sealing.seal(requests, {})]);
      expect(kinds()).toEqual(['nhs-number']);
    });
  });
});
