import { compareBuilds, UndeclaredDifference } from './compare-builds.js';
import type { TableHashes } from './projection-store.js';
import type { DeclaredDifference, ReadModel, Table } from './read-model.js';
import { defineReadModel } from './read-model.js';

const table: Table = {
  name: 'trial_contact',
  columns: { key: 'text', rating: 'text?', tag: 'text?' },
  key: 'key',
  indexes: [],
  loads: ['key'],
  keysOf: () => [],
  begins: () => false,
  fold: () => undefined,
  recordOf: () => ({}),
  documentOf: () => undefined,
};

function modelOf(version: number, differs: readonly DeclaredDifference[] = []): ReadModel {
  return defineReadModel({ name: 'trial', version, differs, tables: [table] });
}

/** Hashes of a table whose columns are told by a text each. */
function hashed(version: number, columns: Readonly<Record<string, string>>): TableHashes {
  const tables = { trial_contact: JSON.stringify(columns) };
  return { version, sequence: 7, tables, columns: { trial_contact: columns } };
}

const live = { key: 'k', rating: 'r', tag: 't' };
const ratingDiffers = {
  table: 'trial_contact',
  in: ['rating'],
  because: 'rated by the last word',
};

describe('comparing a build with the live tables', () => {
  it('finds no difference where there is none', () => {
    expect(compareBuilds(modelOf(2), hashed(2, live), hashed(2, live))).toEqual([]);
  });

  it('tells the columns that differ and why they had to', () => {
    const built = hashed(2, { ...live, rating: 'other', tag: 'other' });
    expect(compareBuilds(modelOf(2, [ratingDiffers]), hashed(1, live), built)).toEqual([
      ratingDiffers,
      { table: 'trial_contact', in: ['tag'], because: null },
    ]);
  });

  it('lets nothing differ at one version, whatever was declared for it', () => {
    const built = hashed(2, { ...live, rating: 'other' });
    expect(compareBuilds(modelOf(2, [ratingDiffers]), hashed(2, live), built)).toEqual([
      { ...ratingDiffers, because: null },
    ]);
  });

  it('tells other records from other values, because every column depends on them', () => {
    const built = hashed(2, { key: 'other', rating: 'other', tag: 'other' });
    const records = {
      table: 'trial_contact',
      in: 'records',
      because: 'imported ones too',
    } as const;
    expect(compareBuilds(modelOf(2, [records]), hashed(1, live), built)).toEqual([records]);
    expect(compareBuilds(modelOf(2, [ratingDiffers]), hashed(1, live), built)).toEqual([
      { ...records, because: null },
    ]);
  });

  it('takes a column that only one of them has for what it is', () => {
    const { tag: _, ...built } = live;
    expect(compareBuilds(modelOf(2), hashed(1, live), hashed(2, { ...built, new: 'n' }))).toEqual(
      [],
    );
  });

  it('compares with no version but the one before', () => {
    expect(compareBuilds(modelOf(3), hashed(1, live), hashed(3, live))).toBeNull();
  });

  it('says what differs undeclared, and what to do', () => {
    const undeclared = { table: 'trial_contact', in: ['tag'], because: null };
    const error = new UndeclaredDifference(modelOf(2), [ratingDiffers, undeclared]);
    expect(error.message).toMatch(/version 2 .*trial_contact: tag: .*differs.*--replace/);
    expect(error.message).not.toContain('rating');
  });

  it('lets no model declare a difference in what it has not', () => {
    const strange = { table: 'trial_contact', in: ['colour'], because: 'no such column' };
    expect(() => modelOf(2, [strange])).toThrow('colour');
    expect(() => modelOf(2, [{ ...strange, table: 'elsewhere', in: 'records' }])).toThrow(
      'elsewhere',
    );
  });
});
