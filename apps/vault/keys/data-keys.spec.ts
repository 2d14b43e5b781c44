import { randomUUID } from 'node:crypto';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { FaultPoint } from '../fault-points.js';
import { FaultPoints, NoFaults } from '../fault-points.js';
import { DataKeys } from './data-keys.js';
import type { KeyPlace, StoredKey } from './key-store.js';
import { KeyStore, StaleBucketKey } from './key-store.js';
import { MemoryKeyStore } from './memory-key-store.js';
import { MemoryMasterKey } from './memory-master-key.js';
import { placeOfText } from './wrapped-keys.js';

const text = {
  recordClass: 'contact',
  controller: 'fairholme-hub',
  eventId: randomUUID(),
};
const someone = () => placeOfText({ ...text, subjects: [randomUUID()] });

/** A store that counts its round trips. */
class CountingStore extends MemoryKeyStore {
  readonly calls: string[] = [];
  readonly sizes: number[] = [];

  override async claim(...args: Parameters<KeyStore['claim']>) {
    this.calls.push('claim');
    this.sizes.push(args[0].length);
    return super.claim(...args);
  }

  override async read(keyIds: readonly string[]) {
    this.calls.push('read');
    return super.read(keyIds);
  }
}

class CrashAt extends FaultPoints {
  constructor(private readonly where: FaultPoint) {
    super();
  }

  async reached(point: FaultPoint): Promise<void> {
    if (point === this.where) throw new Error('killed');
  }
}

describe('data keys', () => {
  const masterKey = new MemoryMasterKey();
  let store: CountingStore;
  beforeEach(() => {
    store = new CountingStore();
  });
  const vault = (change: Partial<ConstructorParameters<typeof DataKeys>[0]> = {}) =>
    new DataKeys({ store, masterKey, faults: new NoFaults(), ...change });

  it('differ by subject, record class and controller, and by nothing else', async () => {
    const keys = vault();
    const subjects = [randomUUID()];
    const base = { ...text, subjects };
    const [one, again, ...others] = await keys.ensure([
      placeOfText(base),
      placeOfText({ ...base, eventId: randomUUID() }),
      placeOfText({ ...base, recordClass: 'centre' }),
      placeOfText({ ...base, controller: 'larkfield-centres' }),
      placeOfText({ ...base, subjects: [randomUUID()] }),
    ]);
    expect(again).toEqual(one);
    expect(new Set([one, ...others].map((key) => key!.secret.toString('hex'))).size).toBe(4);
  });

  it('are of its own for a text about several, wrapped once for each, whatever their order', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const keys = vault();
    const [ab, ba, alone, elsewhere] = await keys.ensure([
      placeOfText({ ...text, subjects: [a, b] }),
      placeOfText({ ...text, subjects: [b, a, b] }),
      placeOfText({ ...text, subjects: [a] }),
      placeOfText({ ...text, subjects: [a, b], eventId: randomUUID() }),
    ]);
    expect(ba).toEqual(ab);
    expect(new Set([ab, alone, elsewhere].map((key) => key!.keyId)).size).toBe(3);
    const [stored] = await store.read([ab!.keyId]);
    expect(stored!.wraps.map((wrap) => wrap.subject).sort()).toEqual([a, b].sort());
  });

  it('cost one round trip cold, however many, and none warm', async () => {
    const places = Array.from({ length: 200 }, someone);
    const keys = vault();
    const made = await keys.ensure(places);
    expect(store.calls).toEqual(['claim']);
    expect(await keys.ensure([...places].reverse())).toEqual([...made].reverse());
    await keys.find(made.map((key) => key.keyId));
    expect(store.calls).toEqual(['claim']);
  });

  it('made by many callers at once are stored together, and one place once', async () => {
    const keys = vault();
    const place = someone();
    const made = await Promise.all(
      Array.from({ length: 50 }, () => keys.ensure([place, someone()])),
    );
    expect(new Set(made.map(([key]) => key!.keyId)).size).toBe(1);
    expect(store.calls.length).toBeLessThan(5);
    expect(store.sizes.at(-1)!).toBeGreaterThan(40);
  });

  it('are found again by another instance, by place and by id', async () => {
    const place = someone();
    const [made] = await vault().ensure([place]);
    const [again] = await vault().ensure([place]);
    expect(again!.secret).toEqual(made!.secret);
    expect((await vault().find([made!.keyId])).get(made!.keyId)!.secret).toEqual(made!.secret);
    expect((await vault().find([randomUUID()])).size).toBe(0);
  });

  it('that two instances race to make are one', async () => {
    const places = Array.from({ length: 30 }, someone);
    const [one, other] = await Promise.all([
      vault().ensure(places),
      vault().ensure([...places].reverse()),
    ]);
    expect([...other].reverse()).toEqual(one);
  });

  it('are asked for again where another instance was taking the place', async () => {
    const [winner] = await vault().ensure([someone()]);
    class TakenThisInstant extends CountingStore {
      override async claim(candidates: readonly StoredKey[]) {
        this.calls.push('claim');
        return this.calls.length === 1 ? [] : store.claim(candidates, []);
      }
    }
    const place: KeyPlace = {
      ...text,
      slot: `subject/${winner!.subjects[0]}`,
      subjects: winner!.subjects,
    };
    const [found] = await vault({ store: new TakenThisInstant() }).ensure([place]);
    expect(found!.keyId).toBe(winner!.keyId);
  });

  it('are durable before anybody holds one: killed before, there is none; after, it is used', async () => {
    const place = someone();
    const before = vault({ faults: new CrashAt('before-keys-stored') });
    await expect(before.ensure([place])).rejects.toThrow('killed');
    expect(store.calls).toEqual([]);
    const after = vault({ faults: new CrashAt('keys-stored') });
    await expect(after.ensure([place])).rejects.toThrow('killed');
    expect(store.sizes).toEqual([1]);
    const [key] = await vault().ensure([place]);
    const [stored] = await store.claim(
      [{ ...place, keyId: 'x', wraps: [], erased: false, retiredFor: [] }],
      [],
    );
    expect(stored!.keyId).toBe(key!.keyId);
  });

  it('open through any subject that is left, and not at all after the last', async () => {
    const subjects = [randomUUID(), randomUUID()];
    const [key] = await vault().ensure([placeOfText({ ...text, subjects })]);
    const [stored] = await store.read([key!.keyId]);
    const only = new MemoryKeyStore();
    await only.claim([{ ...stored!, wraps: stored!.wraps.slice(1) }], []);
    const found = await vault({ store: only }).find([key!.keyId]);
    expect(found.get(key!.keyId)!.secret).toEqual(key!.secret);
    await only.erase([key!.keyId]);
    const gone = await vault({ store: only }).find([key!.keyId]);
    expect(gone.get(key!.keyId)).toMatchObject({ keyId: key!.keyId, subjects: key!.subjects });
    expect(gone.get(key!.keyId)!.secret).toBeUndefined();
  });

  it('are forgotten when they are erased, and made anew for what is sealed next', async () => {
    const keys = vault();
    const place = someone();
    const [first] = await keys.ensure([place]);
    await keys.erase([first!.keyId]);
    expect((await keys.find([first!.keyId])).get(first!.keyId)!.secret).toBeUndefined();
    const [next] = await keys.ensure([place]);
    expect(next!.keyId).not.toBe(first!.keyId);
  });

  it('of an older database are dead once their bucket key is, and make room for new ones', async () => {
    const bucketKeys = new MemoryMasterKey();
    const place = someone();
    const [old] = await vault({ masterKey: bucketKeys }).ensure([place]);
    const [stored] = await store.read([old!.keyId]);
    const { bucket } = stored!.wraps[0]!;
    await bucketKeys.rotate(bucket);
    await bucketKeys.destroy({ bucket, version: 1 });
    const later = vault({ masterKey: bucketKeys });
    expect((await later.find([old!.keyId])).get(old!.keyId)!.secret).toBeUndefined();
    const [next] = await later.ensure([place]);
    expect(next!.keyId).not.toBe(old!.keyId);
  });

  it('are wrapped anew where another process has rotated the bucket', async () => {
    let refreshed = 0;
    class Behind extends MemoryMasterKey {
      override async refresh() {
        refreshed += 1;
      }
    }
    class Rotated extends CountingStore {
      override async claim(...args: Parameters<KeyStore['claim']>) {
        if (refreshed === 0) throw new StaleBucketKey('rotated');
        return super.claim(...args);
      }
    }
    const keys = vault({ store: new Rotated(), masterKey: new Behind() });
    expect(await keys.ensure([someone()])).toHaveLength(1);
    expect(refreshed).toBe(1);
  });

  it('cannot be had while the store cannot be reached, in a way that says so', async () => {
    class Gone extends MemoryKeyStore {
      override claim(): Promise<never> {
        return Promise.reject(new Error('connection refused'));
      }
      override read(): Promise<never> {
        return Promise.reject(new Error('connection refused'));
      }
    }
    const keys = vault({ store: new Gone() });
    await expect(keys.ensure([someone()])).rejects.toThrow(VaultUnavailable);
    await expect(keys.find([randomUUID()])).rejects.toThrow(VaultUnavailable);
  });

  it('are kept in memory up to a bound, those in use longest', async () => {
    const keys = vault({ cachedMax: 20 });
    const [used, ...others] = Array.from({ length: 60 }, someone);
    await keys.ensure([used!]);
    for (const place of others) {
      await keys.ensure([place]);
      await keys.ensure([used!]);
    }
    expect(store.calls).toHaveLength(60);
    await keys.ensure(others.slice(-9));
    expect(store.calls).toHaveLength(60);
    await keys.ensure(others.slice(0, 1));
    expect(store.calls).toHaveLength(61);
  });
});
