import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { IndexRow } from '../../apps/vault/blind-index/index-row.js';
import type { KeyStore, StoredKey } from '../../apps/vault/keys/key-store.js';
import { StaleBucketKey } from '../../apps/vault/keys/key-store.js';
import type { KeysRetired, Shredding } from '../../apps/vault/keys/shreddings.js';
import { candidate } from './stored-key.js';

export interface OpenKeyStore {
  readonly store: KeyStore;
  /** Events whose index rows of a person are kept. */
  readonly indexed: (personId: string) => Promise<readonly string[]>;
}

const NOW = new Date('2026-03-01T09:00:00.000Z');
const LATER = new Date('2026-03-01T09:30:00.000Z');
const LARKFIELD = 'larkfield-centres';
const HUB = 'fairholme-hub';

/** What a key store promises about keys that are to be destroyed. */
export function shreddingCases(opened: () => OpenKeyStore): void {
  /** Each case has a bucket of its own: shredding moves everything in it. */
  let bucket = 100;
  let version = 1;
  beforeEach(() => {
    bucket += 1;
    version = 1;
  });
  const kept = (change: Partial<StoredKey> = {}) => candidate(change, bucket);
  const only = async (keyId: string) => (await opened().store.read([keyId]))[0]!;

  async function proposed(key: StoredKey, at = NOW): Promise<string> {
    const proposalId = randomUUID();
    await retired(proposalId, key, at);
    return proposalId;
  }

  function retired(proposalId: string, key: StoredKey, at = NOW): Promise<KeysRetired> {
    const { subjects, recordClass } = key;
    return opened().store.retire({ proposalId, subjects, recordClasses: [recordClass] }, at);
  }

  /** Ends Larkfield’s holding, which is the only one, unless said otherwise. */
  async function shred(
    proposalId: string,
    { subjects: [subject] }: StoredKey,
    change: Partial<Shredding> = {},
  ): Promise<readonly string[]> {
    const { store } = opened();
    version += 1;
    await store.announce(bucket, version);
    const bucketVersion = version;
    return store.shred({
      proposalId,
      subject: subject!,
      holder: LARKFIELD,
      holdersOf: () => [LARKFIELD],
      spared: new Set(),
      told: [],
      known: [],
      bucket,
      version,
      rewrap: async (wraps) => wraps.map((wrap) => ({ ...wrap, bucketVersion })),
      ...change,
    });
  }

  it('retires what somebody’s records of a class were sealed with, once, and frees its place', async () => {
    const { store } = opened();
    const key = kept();
    const contact = kept({ subjects: key.subjects, recordClass: 'contact' });
    await store.claim([key, contact, kept()], []);
    const proposalId = randomUUID();
    const first = await retired(proposalId, key);
    expect(first).toEqual({ retiredAt: NOW, keyIds: [key.keyId], destroyed: 0 });
    expect(await only(key.keyId)).toEqual({ ...key, retiredFor: [proposalId] });
    const next = kept({ subjects: key.subjects });
    const other = kept({ subjects: key.subjects, recordClass: 'contact' });
    expect(await store.claim([next], [])).toEqual([next]);
    expect(await store.claim([other], [])).toEqual([contact]);
    expect(await retired(proposalId, key, LATER)).toEqual(first);
  });

  it('destroys a key with the last who holds it, and moves whatever else is in the bucket', async () => {
    const { store } = opened();
    const [key, neighbour] = [kept(), kept()];
    await store.claim([key, neighbour], []);
    const holdersOf = () => [LARKFIELD, HUB];
    expect(await shred(await proposed(key), key, { holdersOf })).toEqual([]);
    expect((await only(key.keyId)).wraps).toEqual([{ ...key.wraps[0], bucketVersion: 2 }]);
    const last = await proposed(key);
    expect(await shred(last, key, { holdersOf, holder: HUB })).toEqual([key.keyId]);
    expect(await only(key.keyId)).toMatchObject({ wraps: [], erased: true });
    expect(await only(neighbour.keyId)).toEqual({
      ...neighbour,
      wraps: [{ ...neighbour.wraps[0], bucketVersion: 3 }],
    });
    expect(await retired(last, key)).toMatchObject({ destroyed: 1 });
  });

  it('refuses what is wrapped under a version that was given up', async () => {
    const { store } = opened();
    const key = kept();
    await store.claim([key], []);
    await shred(await proposed(key), key);
    const late = kept();
    await expect(store.claim([late], [])).rejects.toThrow(StaleBucketKey);
    expect(await store.read([late.keyId])).toEqual([]);
  });

  it('leaves a text about several to the others, and comes to the same where it is done again', async () => {
    const { store } = opened();
    const key = kept({ subjects: [randomUUID(), randomUUID()], slot: `text/${randomUUID()}/x` });
    await store.claim([key], []);
    const proposalId = await proposed(key);
    expect(await shred(proposalId, key)).toEqual([key.keyId]);
    await shred(proposalId, key);
    const [, other] = key.wraps;
    expect(await only(key.keyId)).toMatchObject({
      wraps: [{ ...other, bucketVersion: 3 }],
      erased: false,
    });
    expect(await retired(proposalId, key)).toMatchObject({ destroyed: 1 });
  });

  it('spares a key that sealed something since', async () => {
    const { store } = opened();
    const key = kept();
    await store.claim([key], []);
    const spared = new Set([key.keyId]);
    expect(await shred(await proposed(key), key, { spared })).toEqual([]);
    expect(await only(key.keyId)).toMatchObject({ erased: false });
  });

  it('leaves behind what no bucket key opens any more', async () => {
    const { store } = opened();
    const [key, dead] = [kept(), kept()];
    await store.claim([key, dead], []);
    await shred(await proposed(key), key, { rewrap: async () => [] });
    expect(await only(dead.keyId)).toMatchObject({ wraps: [] });
  });

  it('forgets by what somebody was found, as far as it was told under keys that died', async () => {
    const { store, indexed } = opened();
    const key = kept();
    const [personId = ''] = key.subjects;
    const row = (): IndexRow => ({
      kind: 'nhs-number',
      mac: randomBytes(32),
      keyVersion: 1,
      personId,
      eventId: randomUUID(),
    });
    const [own, others] = [row(), row()];
    await store.claim([key], [own, others]);
    const told = [
      { eventId: own.eventId, organisation: LARKFIELD },
      { eventId: others.eventId, organisation: HUB },
    ];
    const known = told.map(({ eventId }) => eventId);
    await shred(await proposed(key), key, { told, known });
    expect(await indexed(personId)).toEqual([others.eventId]);
  });

  it('says what opens somebody’s records still, and who has let go of it', async () => {
    const { store } = opened();
    const key = kept();
    await store.claim([key], []);
    const { keyId, recordClass, controller, subjects } = key;
    const hold = { keyId, recordClass, controller, subject: subjects[0] };
    expect(await store.living(subjects)).toEqual([{ ...hold, releasedBy: [] }]);
    const holdersOf = () => [LARKFIELD, HUB];
    await shred(await proposed(key), key, { holdersOf });
    expect(await store.living(subjects)).toEqual([{ ...hold, releasedBy: [LARKFIELD] }]);
    await shred(await proposed(key), key, { holdersOf, holder: HUB });
    expect(await store.living(subjects)).toEqual([]);
  });

  it('lets one at a time at it, and the next where one failed', async () => {
    const { store } = opened();
    let [inside, most] = [0, 0];
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await store.read([randomUUID()]);
      await turn();
      inside -= 1;
    };
    const failing = store.exclusively(() => Promise.reject(new Error('interrupted')));
    const all = [1, 2, 3].map(() => store.exclusively(work));
    await expect(failing).rejects.toThrow('interrupted');
    await Promise.all(all);
    expect([inside, most]).toEqual([0, 1]);
  });

  it('keeps when the last of it was destroyed, whoever says so again', async () => {
    const { store } = opened();
    const key = kept();
    await store.claim([key], []);
    const proposalId = await proposed(key);
    await store.destroyed(proposalId, NOW);
    await store.destroyed(proposalId, LATER);
    expect(await retired(proposalId, key)).toMatchObject({ destroyedAt: NOW });
  });
}
