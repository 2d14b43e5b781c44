import { randomUUID } from 'node:crypto';
import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { NotDerivable } from '@common-thread/domain/deriving';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Pool } from 'pg';
import { MemoryMasterKey } from '../../apps/vault/keys/memory-master-key.js';
import { memoryStores } from '../../apps/vault/memory-stores.js';
import type { VaultStores } from '../../apps/vault/vault-core.js';
import { postgresStores, VaultCore } from '../../apps/vault/vault-core.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import { household, workerOf, hub } from './county.js';
import { Recorder } from './recording.js';
import { tampered } from './tampering.js';
import type { Doors } from './vault-doors.js';
import { inProcess, overHttp } from './vault-doors.js';

const asker = workerOf(hub);

function findingContract(
  name: string,
  open: (masterKey: MemoryMasterKey) => Promise<{ stores: VaultStores; end: () => Promise<void> }>,
  doorsOf: (core: VaultCore) => Promise<Doors> = inProcess,
) {
  describe(`finding people: ${name}`, () => {
    let core: VaultCore;
    let vault: Doors;
    let recorder: Recorder;
    let end: () => Promise<void>;
    beforeAll(async () => {
      const masterKey = new MemoryMasterKey();
      const opened = await open(masterKey);
      end = opened.end;
      const log = new MemoryEventLog();
      core = await VaultCore.start(opened.stores, { log, masterKey });
      vault = await doorsOf(core);
      recorder = new Recorder(log, vault.sealing, name);
    });
    afterAll(async () => {
      await vault.close();
      await core.stop();
      await end();
    });

    const match = (details: Parameters<typeof vault.matching.matchPerson>[1]) =>
      vault.matching.matchPerson(asker, details);
    const idsOf = async (details: Parameters<typeof match>[0]) =>
      (await match(details)).map((found) => found.personId);

    it('finds by name and birth however the name is written, or by NHS number, with families', async () => {
      const { childId, familyId } = await household(recorder, 'written', {
        familyName: "O'Brien-Smith",
        dateOfBirth: '2021-03-04',
        nhsNumber: '9990000018',
      });
      for (const familyName of [
        "o'brien smith",
        'O’BRIEN-SMITH',
        'OBrien  Smith',
        'Óbrien smith',
      ]) {
        expect(await match({ familyName, dateOfBirth: '2021-03-04' })).toEqual([
          { personId: childId, familyIds: [familyId], by: ['name-and-birth'] },
        ]);
      }
      expect(await match({ nhsNumber: '999 000 0018' })).toEqual([
        { personId: childId, familyIds: [familyId], by: ['nhs-number'] },
      ]);
      const both = {
        familyName: "O'Brien-Smith",
        dateOfBirth: '2021-03-04',
        nhsNumber: '9990000018',
      };
      expect(await match(both)).toMatchObject([{ by: ['name-and-birth', 'nhs-number'] }]);
    });

    it('finds nobody by half of it, by another day, or by a part of the name', async () => {
      await household(recorder, 'half', { familyName: 'Wetherby', dateOfBirth: '2020-01-01' });
      expect(await match({ familyName: 'Wetherby' })).toEqual([]);
      expect(await match({ dateOfBirth: '2020-01-01' })).toEqual([]);
      expect(await match({ familyName: 'Wetherby', dateOfBirth: '2020-01-02' })).toEqual([]);
      expect(await match({ familyName: 'Wether', dateOfBirth: '2020-01-01' })).toEqual([]);
      expect(await match({})).toEqual([]);
    });

    it('finds everybody who shares an identifier: none is refused', async () => {
      const shared = { familyName: 'Twin', dateOfBirth: '2022-02-02', nhsNumber: '9990000026' };
      const [one, other] = [
        await household(recorder, 'twin one', { ...shared, givenName: 'Ada' }),
        await household(recorder, 'twin other', { ...shared, givenName: 'Ben' }),
      ];
      const both = [one.childId, other.childId].sort();
      const { familyName, dateOfBirth } = shared;
      expect((await idsOf({ familyName, dateOfBirth })).sort()).toEqual(both);
      expect((await idsOf({ nhsNumber: shared.nhsNumber })).sort()).toEqual(both);
      expect(await idsOf({ givenName: 'BEN', familyName, dateOfBirth })).toEqual([other.childId]);
      expect(await idsOf({ givenName: 'Cai', familyName, dateOfBirth })).toEqual([]);
    });

    it('does not ask for a given name that the record has not', async () => {
      const { childId } = await household(recorder, 'baby', { familyName: 'Newborn' });
      const unnamed = derivedId(name, 'unnamed');
      await recorder.record(`person-${unnamed}`, {
        type: 'PersonRegistered',
        data: {
          personId: unnamed,
          kind: 'child',
          familyName: 'Newborn',
          dateOfBirth: '2024-02-29',
        },
      });
      const details = { familyName: 'Newborn', dateOfBirth: '2024-02-29' };
      expect((await idsOf({ ...details, givenName: 'Cai' })).sort()).toEqual([unnamed]);
      expect((await idsOf(details)).sort()).toEqual([childId, unnamed].sort());
    });

    it('finds by what was corrected and no longer by what was wrong', async () => {
      const { childId } = await household(recorder, 'corrected', {
        familyName: 'Wrongname',
        dateOfBirth: '2019-05-05',
        nhsNumber: '9990000034',
      });
      const correct = (data: Record<string, string>) =>
        recorder.record(`person-${childId}`, {
          type: 'PersonDetailsCorrected',
          data: { personId: childId, corrects: randomUUID(), ...data },
        });
      await correct({ familyName: 'Rightname' });
      await correct({ dateOfBirth: '2019-06-06' });
      expect(await idsOf({ familyName: 'Wrongname', dateOfBirth: '2019-05-05' })).toEqual([]);
      expect(await idsOf({ familyName: 'Rightname', dateOfBirth: '2019-05-05' })).toEqual([]);
      expect(await idsOf({ familyName: 'Rightname', dateOfBirth: '2019-06-06' })).toEqual([
        childId,
      ]);
      expect(await idsOf({ nhsNumber: '9990000034' })).toEqual([childId]);
    });

    it('finds nobody by a registration that was sealed and never recorded', async () => {
      const personId = derivedId(name, 'never');
      await recorder.sealed(`person-${personId}`, {
        type: 'PersonRegistered',
        data: { personId, kind: 'child', familyName: 'Phantom', dateOfBirth: '2023-01-01' },
      });
      expect(await match({ familyName: 'Phantom', dateOfBirth: '2023-01-01' })).toEqual([]);
    });

    it('finds by the id of an authority’s own system, within that authority alone', async () => {
      const { childId } = await household(recorder, 'authority', { authorityChildId: 'C 12' });
      const find = (authority: string, id: string) =>
        vault.matching.findByAuthorityChildId(asker, authority, id);
      expect(await find('893', 'c12')).toEqual([childId]);
      expect(await find('894', 'c12')).toEqual([]);
      expect(await find('893', 'C13')).toEqual([]);
      const many = await vault.matching.findByAuthorityChildIds(asker, '893', [
        'C12',
        'c 12',
        'none',
        '',
      ]);
      expect([...many]).toEqual([
        ['C12', [childId]],
        ['c 12', [childId]],
      ]);
    });
  });
}

async function inMemory() {
  return { stores: memoryStores(), end: async () => undefined };
}

findingContract('memory', inMemory);
findingContract('memory, over HTTP', inMemory, overHttp);

let database: TestDatabase;
let pool: Pool;
findingContract('PostgreSQL', async (masterKey) => {
  database = await freshDatabase();
  pool = database.pool();
  return { stores: await postgresStores(pool, { masterKey }), end: () => database.drop() };
});

describe.each([
  ['in process', inProcess],
  ['over HTTP', overHttp],
])('what is asked of the vault %s', (_, doorsOf) => {
  const stores = memoryStores();
  const { audit } = stores;
  const masterKey = new MemoryMasterKey();
  const log = new MemoryEventLog();
  let core: VaultCore;
  let vault: Doors;
  let recorder: Recorder;
  beforeAll(async () => {
    core = await VaultCore.start(stores, { log, masterKey });
    vault = await doorsOf(core);
    recorder = new Recorder(log, vault.sealing);
  });
  afterAll(async () => {
    await vault.close();
    await core.stop();
  });

  it('is audited with whom it found and never with what was typed', async () => {
    const { childId } = await household(recorder, 'audited');
    await vault.matching.matchPerson(asker, {
      familyName: 'Quillfeather',
      dateOfBirth: '2024-02-29',
    });
    await vault.matching.matchPerson(asker, { nhsNumber: '9990000018' });
    expect(audit.entries.slice(-2)).toMatchObject([
      { kind: 'match', asker: { id: asker.id }, items: [{ subjects: [childId] }] },
      { kind: 'match', items: [] },
    ]);
    expect(JSON.stringify(audit.entries)).not.toMatch(/quillfeather|2024-02-29|999000/i);
  });

  it('derives reviews and an age band of a birth, audited first', async () => {
    const { child, childId } = await household(recorder, 'derived');
    const dateOfBirth = child.dateOfBirth!;
    const reviews = await vault.deriving.reviewsDue(asker, { dateOfBirth });
    expect(reviews).toHaveLength(4);
    expect(reviews[0]).toMatchObject({
      review: 'new-birth',
      dueOn: '2024-03-14',
      dueWeek: '2024-W11',
    });
    expect(await vault.deriving.ageBand(asker, { dateOfBirth }, '2026-01-01')).toBe('1-4');
    expect(audit.entries.slice(-2)).toMatchObject([
      {
        kind: 'derive',
        page: 'reviews-due',
        items: [{ subjects: [childId], field: 'dateOfBirth' }],
      },
      { kind: 'derive', page: 'age-band' },
    ]);
  });

  it('derives from an expected date before birth, and nothing where the key is gone', async () => {
    const personId = randomUUID();
    const unborn = await recorder.record(`person-${personId}`, {
      type: 'PersonRegistered',
      data: { personId, kind: 'unborn', expectedDate: '2026-06-01' },
    });
    const birth = { expectedDate: String(unborn.data.expectedDate) };
    expect(await vault.deriving.reviewsDue(asker, birth)).toMatchObject([{ review: 'antenatal' }]);
    expect(await vault.deriving.ageBand(asker, birth, '2026-01-01')).toBe('unborn');
    const place = {
      slot: `subject/${personId}`,
      recordClass: 'identity',
      controller: 'fairholme-hub',
    };
    const [key] = await core.dataKeys.ensure([{ ...place, subjects: [personId] }]);
    await core.dataKeys.erase([key!.keyId]);
    expect(await vault.deriving.reviewsDue(asker, birth)).toEqual([]);
    expect(await vault.deriving.ageBand(asker, birth, '2026-01-01')).toBeUndefined();
  });

  it('derives from nothing but a birth of one person', async () => {
    const one = await household(recorder, 'one');
    const wrong = [
      { dateOfBirth: one.child.familyName! },
      { dateOfBirth: '2024-02-29' },
      { dateOfBirth: tampered(one.child.dateOfBirth!) },
      { expectedDate: one.child.dateOfBirth! },
    ];
    const before = audit.entries.length;
    for (const birth of wrong) {
      await expect(vault.deriving.reviewsDue(asker, birth)).rejects.toThrow(NotDerivable);
    }
    expect(audit.entries.length).toBe(before);
  });
});
