import { randomBytes, randomUUID } from 'node:crypto';
import { BUCKETS } from '../../apps/vault/keys/master-key.js';
import type { StoredKey } from '../../apps/vault/keys/key-store.js';
import { placeName, StaleBucketKey } from '../../apps/vault/keys/key-store.js';
import { MemoryKeyStore } from '../../apps/vault/keys/memory-key-store.js';
import { MemoryMasterKey } from '../../apps/vault/keys/memory-master-key.js';
import { PostgresKeyStore } from '../../apps/vault/keys/postgres-key-store.js';
import { createVaultSchema } from '../../apps/vault/schema.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import type { OpenKeyStore } from './key-store-shredding.js';
import { shreddingCases } from './key-store-shredding.js';
import { candidate } from './stored-key.js';

function keyStoreContract(
  name: string,
  open: () => Promise<OpenKeyStore & { readonly end: () => Promise<void> }>,
) {
  describe(`key store: ${name}`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let store: OpenKeyStore['store'];
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.end());

    it('keeps a key as it was given', async () => {
      const key = candidate({ subjects: ['a', 'b'].map(() => randomUUID()) });
      const dying = candidate({ expiresAt: '2031-01-01T00:00:00.000Z' });
      expect(await store.claim([key, dying], [])).toEqual(expect.arrayContaining([key, dying]));
      const read = await store.read([key.keyId, dying.keyId, randomUUID()]);
      expect(read).toHaveLength(2);
      expect(read.find((k) => k.keyId === key.keyId)).toEqual({
        ...key,
        wraps: expect.arrayContaining([...key.wraps]) as unknown,
      });
      expect(read.find((k) => k.keyId === dying.keyId)).toEqual(dying);
    });

    it('keeps one living key at a place, whoever asks', async () => {
      const first = candidate();
      await store.claim([first], []);
      const second = candidate({ subjects: first.subjects });
      expect(await store.claim([second], [])).toEqual([first]);
      expect(await store.read([second.keyId])).toEqual([]);
      for (const change of [{ recordClass: 'contact' }, { controller: 'fairholme-hub' }]) {
        const other = candidate({ subjects: first.subjects, ...change });
        expect(await store.claim([other], [])).toEqual([other]);
      }
    });

    it('gives racing writers one key for each place', async () => {
      const places = Array.from({ length: 20 }, () => ({ subjects: [randomUUID()] }));
      const claims = await Promise.all(
        Array.from({ length: 12 }, async (_, nth) => {
          const wanted = nth % 2 === 0 ? places : [...places].reverse();
          const candidates = wanted.map(candidate);
          let held: readonly StoredKey[] = [];
          while (held.length < places.length) held = await store.claim(candidates, []);
          return new Map(held.map((key) => [placeName(key), key.keyId]));
        }),
      );
      for (const claim of claims) {
        expect([...claim].sort()).toEqual([...claims[0]!].sort());
        expect(claim.size).toBe(places.length);
      }
    });

    it('erases every wrap of a key, once, and frees its place', async () => {
      const key = candidate();
      await store.claim([key], []);
      expect(await store.erase([key.keyId])).toEqual([key.keyId]);
      expect(await store.erase([key.keyId])).toEqual([]);
      expect(await store.read([key.keyId])).toEqual([{ ...key, wraps: [], erased: true }]);
      const next = candidate({ subjects: key.subjects });
      expect(await store.claim([next], [])).toEqual([next]);
    });

    it('erases what has expired and nothing else, no more than asked at once', async () => {
      const expiresAt = '2026-03-01T00:00:00.000Z';
      const dying = [candidate({ expiresAt }), candidate({ expiresAt }), candidate({ expiresAt })];
      const living = [candidate(), candidate({ expiresAt: '2026-03-01T00:00:00.001Z' })];
      await store.claim([...dying, ...living], []);
      const at = new Date(expiresAt);
      const erased = [...(await store.eraseExpired(at, 2)), ...(await store.eraseExpired(at, 2))];
      expect(erased.sort()).toEqual(dying.map((key) => key.keyId).sort());
      expect(await store.eraseExpired(at, 2)).toEqual([]);
      const read = await store.read(living.map((key) => key.keyId));
      expect(read.map((key) => key.erased)).toEqual([false, false]);
    });

    describe('for erasure', () => shreddingCases(() => opened));

    it('says of each subject which keys live, and who has let go of them', async () => {
      const [child, sibling] = [randomUUID(), randomUUID()];
      const both = candidate({ subjects: [child, sibling], recordClass: 'contact' });
      const own = candidate({ subjects: [child] });
      const gone = candidate({ subjects: [child], controller: 'fairholme-hub' });
      await store.claim([both, own, gone], []);
      await store.erase([gone.keyId]);
      const hold = ({ keyId, recordClass, controller }: StoredKey, subject: string) => ({
        ...{ keyId, recordClass, controller, subject },
        releasedBy: [],
      });
      const ofChild = [hold(both, child), hold(own, child)];
      expect(await store.living([child])).toHaveLength(ofChild.length);
      expect(await store.living([child])).toEqual(expect.arrayContaining(ofChild));
      expect(await store.living([sibling])).toEqual([hold(both, sibling)]);
      const proposalId = randomUUID();
      const proposed = { proposalId, subjects: [child], recordClasses: ['identity'] };
      await store.retire(proposed, new Date());
      await store.announce(5, 2);
      await store.shred({
        ...{ proposalId, subject: child, holder: 'larkfield-centres', bucket: 5, version: 2 },
        holdersOf: () => ['larkfield-centres', 'fairholme-hub'],
        ...{ spared: new Set(), told: [], known: [] },
        rewrap: async (wraps) => wraps.map((wrap) => ({ ...wrap, bucketVersion: 2 })),
      });
      const released = { ...hold(own, child), releasedBy: ['larkfield-centres'] };
      expect(await store.living([child])).toEqual(
        expect.arrayContaining([hold(both, child), released]),
      );
    });
  });
}

keyStoreContract('memory', async () => {
  const store = new MemoryKeyStore();
  return {
    store,
    indexed: async (personId) =>
      store.rows.filter((row) => row.personId === personId).map(({ eventId }) => eventId),
    end: async () => undefined,
  };
});

let database: TestDatabase;
keyStoreContract('PostgreSQL', async () => {
  database = await freshDatabase();
  const pool = database.pool(8);
  await Promise.all([1, 2, 3].map(() => createVaultSchema(pool, new MemoryMasterKey())));
  return {
    store: new PostgresKeyStore(pool),
    indexed: async (personId) => {
      const { rows } = await pool.query<{ event_id: string }>(
        'select event_id from vault.blind_index where person_id = $1',
        [personId],
      );
      return rows.map((row) => row.event_id);
    },
    end: () => database.drop(),
  };
});

describe('key store on PostgreSQL', () => {
  let own: TestDatabase;
  beforeAll(async () => {
    own = await freshDatabase();
    await createVaultSchema(own.pool(), new MemoryMasterKey());
  });
  afterAll(() => own.drop());

  it('knows every bucket key from the start', async () => {
    const { rows } = await own
      .pool()
      .query<{ n: number }>('select count(*)::int as n from vault.bucket_keys where version = 1');
    expect(rows).toEqual([{ n: BUCKETS }]);
  });

  it('refuses a wrap under a bucket key that is gone, and gives up none that is in use', async () => {
    const pool = own.pool();
    const store = new PostgresKeyStore(pool);
    await store.claim([candidate()], []);
    const drop = pool.query('delete from vault.bucket_keys where bucket = 5 and version = 1');
    await expect(drop).rejects.toMatchObject({ code: '23503' });
    const key = candidate();
    const stale = { ...key, wraps: [{ ...key.wraps[0]!, bucketVersion: 9 }] };
    await expect(store.claim([stale], [])).rejects.toThrow(StaleBucketKey);
    expect(await store.read([key.keyId])).toEqual([]);
  });

  it('stores index rows with the keys or not at all, and a later try of one event over the first', async () => {
    const pool = own.pool();
    const store = new PostgresKeyStore(pool);
    const row = {
      kind: 'nhs-number' as const,
      mac: randomBytes(32),
      keyVersion: 1,
      personId: randomUUID(),
      eventId: randomUUID(),
    };
    const rowsOf = async () =>
      (
        await pool.query<{ mac: Buffer }>(
          'select mac from vault.blind_index where person_id = $1',
          [row.personId],
        )
      ).rows;
    const stale = candidate();
    const wraps = [{ ...stale.wraps[0]!, bucketVersion: 9 }];
    await expect(store.claim([{ ...stale, wraps }], [row])).rejects.toThrow(StaleBucketKey);
    expect(await rowsOf()).toEqual([]);
    await store.claim([candidate()], [row]);
    const again = { ...row, mac: randomBytes(32) };
    await store.claim([], [again]);
    expect(await rowsOf()).toEqual([{ mac: again.mac }]);
  });
});
