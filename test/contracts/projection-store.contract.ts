import type { ProjectionUnit } from '@common-thread/projecting/projection-store';
import type { ReadModel, TableRecord } from '@common-thread/projecting/read-model';
import type { OpenStore } from './projection-store-engines.js';
import { projectionStoreEngines } from './projection-store-engines.js';
import { everything, nothing, table, trial } from './trial-record.js';

describe.each(projectionStoreEngines)('the projection store in %s', (_, open) => {
  let opened: OpenStore;
  beforeEach(async () => {
    opened = await open();
    await opened.store.prepare(trial);
  });
  afterEach(() => opened.close());

  const put = (unit: ProjectionUnit, record: TableRecord, existed = false) =>
    unit.write(table, new Map([[String(record.key), { record, existed }]]));

  const load = (key: string) =>
    opened.store.transact(trial, 'live', async (unit) =>
      (await unit.load(table, [key, 'not there'])).get(key),
    );

  it('gives back every kind of value as it was written', async () => {
    await opened.store.transact(trial, 'live', async (unit) => {
      await put(unit, everything);
      await put(unit, nothing);
    });
    expect(await load('everything')).toEqual(everything);
    expect(await load('nothing')).toEqual(nothing);
    expect(await load('neither')).toBeUndefined();
  });

  it('replaces a record', async () => {
    await opened.store.transact(trial, 'live', (unit) => put(unit, everything));
    const changed = { ...everything, words: 'changed', names: [] };
    await opened.store.transact(trial, 'live', (unit) => put(unit, changed, true));
    expect(await load('everything')).toEqual(changed);
  });

  it('writes a unit as a whole or not at all', async () => {
    const failing = opened.store.transact(trial, 'live', async (unit) => {
      await put(unit, everything);
      await unit.park('family/f1', 3, 'no reason');
      await unit.advance(7);
      throw new Error('killed here');
    });
    await expect(failing).rejects.toThrow('killed here');
    expect(await load('everything')).toBeUndefined();
    expect(await opened.store.checkpoint(trial, 'live')).toBe(0);
    expect(await opened.store.parked(trial, 'live')).toEqual([]);
  });

  it('refuses, as a whole, what it can never hold', async () => {
    const failing = opened.store.transact(trial, 'live', async (unit) => {
      await put(unit, nothing);
      await put(unit, { ...everything, words: 'NUL \0 inside' });
    });
    await expect(failing).rejects.toMatchObject({ name: 'RowsRefused' });
    expect(await load('nothing')).toBeUndefined();
    await opened.store.transact(trial, 'live', (unit) => put(unit, nothing));
    const again = opened.store.transact(trial, 'live', (unit) => put(unit, nothing));
    await expect(again).rejects.toMatchObject({ name: 'RowsRefused' });
  });

  it('lets one unit at a time hold the checkpoint', async () => {
    let inside = 0;
    const count = async (store: OpenStore['store']) =>
      store.transact(trial, 'live', async (unit) => {
        inside += 1;
        expect(inside).toBe(1);
        await unit.advance(unit.checkpoint + 1);
        inside -= 1;
      });
    await Promise.all(
      Array.from({ length: 20 }, (_none, i) => count(i % 2 ? opened.store : opened.second)),
    );
    expect(await opened.store.checkpoint(trial, 'live')).toBe(20);
  });

  it('loads what is committed, whatever a unit is writing', async () => {
    await opened.store.transact(trial, 'live', (unit) => put(unit, everything));
    await opened.store.transact(trial, 'live', async (unit) => {
      await put(unit, nothing);
      const committed = await opened.second.load(trial, 'live', table, ['everything', 'nothing']);
      expect([...committed]).toEqual([['everything', everything]]);
    });
    const missing = opened.store.load(trial, 'building', table, ['everything']);
    await expect(missing).rejects.toMatchObject({ name: 'NoSuchGeneration' });
  });

  it('tells one build of the tables from every other', async () => {
    const found = (generation: 'live' | 'building') =>
      opened.store.transact(trial, generation, async (unit) => unit.build);
    const first = await found('live');
    await opened.store.beginBuilding(trial, false);
    const second = await found('building');
    await opened.store.beginBuilding(trial, true);
    const third = await found('building');
    await opened.store.switchOver(trial, async () => true);
    expect(await found('live')).toBe(third);
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it('keeps folds of one version out of the tables of another', async () => {
    const next: ReadModel = { ...trial, version: 2 };
    const early = opened.second.transact(next, 'live', (unit) => put(unit, everything));
    await expect(early).rejects.toMatchObject({ name: 'OtherVersion' });
    await opened.second.beginBuilding(next, false);
    await opened.second.switchOver(next, async () => true);
    const late = opened.store.transact(trial, 'live', (unit) => put(unit, everything));
    await expect(late).rejects.toMatchObject({ name: 'OtherVersion' });
  });

  it('parks lines, moves them and frees them', async () => {
    await opened.store.transact(trial, 'live', async (unit) => {
      await unit.park('family/f1', 3, 'FollowsNothing: row 3');
      await unit.park('family/f2', 2, 'other');
    });
    await opened.store.transact(trial, 'live', async (unit) => {
      expect([...unit.parked.keys()].sort()).toEqual(['family/f1', 'family/f2']);
      await unit.park('family/f1', 9, 'later');
      await unit.unpark('family/f2');
    });
    expect(await opened.store.parked(trial, 'live')).toEqual([
      expect.objectContaining({ line: 'family/f1', sequence: 9, reason: 'later' }),
    ]);
    expect((await opened.store.parked(trial, 'live'))[0]!.parkedAt).toBeInstanceOf(Date);
  });

  it('notices a definition that changed without its version', async () => {
    const wider: ReadModel = { ...trial, tables: [{ ...table, indexes: [] }] };
    await expect(opened.second.prepare(wider)).rejects.toMatchObject({
      name: 'DefinitionChanged',
    });
    expect(await opened.second.prepare({ ...wider, version: 2 })).toBe('outdated');
    expect(await opened.second.prepare(trial)).toBe('ready');
  });

  it('hashes equal tables equally, whatever order they were written in', async () => {
    const many = Array.from({ length: 6_000 }, (_none, i) => ({ ...everything, key: `k${i}` }));
    const write = (generation: 'live' | 'building', records: readonly TableRecord[]) =>
      opened.store.transact(trial, generation, (unit) =>
        unit.write(
          table,
          new Map(records.map((record) => [String(record.key), { record, existed: false }])),
        ),
      );
    await opened.store.beginBuilding(trial, false);
    await write('live', many);
    await write('building', [...many].reverse());
    const [live, building] = [
      await opened.store.hash(trial, 'live'),
      await opened.store.hash(trial, 'building'),
    ];
    expect(building).toEqual(live);
    await opened.store.transact(trial, 'building', (unit) =>
      put(unit, { ...everything, key: 'k5999', count: 1 }, true),
    );
    expect(await opened.store.hash(trial, 'building')).not.toEqual(live);
  });

  it('builds beside the live tables, resumes, and begins again when asked', async () => {
    expect(await opened.store.checkpoint(trial, 'building')).toBeUndefined();
    expect(await opened.store.beginBuilding(trial, false)).toBe(0);
    await opened.store.transact(trial, 'building', async (unit) => {
      await put(unit, everything);
      await unit.advance(5);
    });
    expect(await load('everything')).toBeUndefined();
    expect(await opened.second.beginBuilding(trial, false)).toBe(5);
    expect(await opened.second.beginBuilding(trial, true)).toBe(0);
    const again = opened.store.transact(trial, 'building', (unit) => put(unit, everything));
    await expect(again).resolves.toBeUndefined();
  });

  it('switches tables, checkpoint and parked lines together', async () => {
    await opened.store.transact(trial, 'live', async (unit) => {
      await put(unit, { ...everything, words: 'old' });
      await unit.park('family/f1', 3, 'old');
      await unit.advance(10);
    });
    await opened.store.beginBuilding(trial, false);
    await opened.store.transact(trial, 'building', async (unit) => {
      await unit.park('family/f2', 4, 'new');
      await unit.advance(9);
    });
    expect(await opened.store.switchOver(trial, async () => false)).toBe(false);
    expect(await load('everything')).toMatchObject({ words: 'old' });
    const switched = await opened.store.switchOver(trial, async (unit, live) => {
      expect([unit.checkpoint, live]).toEqual([9, 10]);
      await put(unit, { ...everything, words: 'new' });
      await unit.advance(live);
      return true;
    });
    expect(switched).toBe(true);
    expect(await load('everything')).toMatchObject({ words: 'new' });
    expect(await opened.store.checkpoint(trial, 'live')).toBe(10);
    expect(await opened.store.checkpoint(trial, 'building')).toBeUndefined();
    expect(await opened.store.parked(trial, 'live')).toEqual([
      expect.objectContaining({ line: 'family/f2', sequence: 4 }),
    ]);
    expect(await opened.store.beginBuilding(trial, false)).toBe(0);
  });

  it('switches to another version of other columns', async () => {
    const next: ReadModel = {
      name: 'trial',
      version: 2,
      tables: [{ ...table, name: 'trial_other', columns: { key: 'text' }, indexes: [] }],
    };
    expect(await opened.second.prepare(next)).toBe('outdated');
    await opened.second.beginBuilding(next, false);
    expect(await opened.second.switchOver(next, async () => true)).toBe(true);
    expect(await opened.second.prepare(next)).toBe('ready');
    expect(await opened.store.prepare(trial)).toBe('outdated');
  });
});
