import type { Columns, ReadModel, Table, TableRecord } from '@common-thread/projecting/read-model';

const columns = {
  key: 'text',
  words: 'text?',
  count: 'bigint',
  at: 'instant?',
  open: 'boolean',
  document: 'json?',
  names: 'texts',
} as const satisfies Columns;

/** A table as the store sees one: the folding is not its business. */
export const table: Table = {
  name: 'trial_record',
  columns,
  key: 'key',
  indexes: ['open, at desc'],
  loads: Object.keys(columns),
  keysOf: () => [],
  begins: () => false,
  fold: () => undefined,
  recordOf: () => ({}),
  documentOf: (record) => record,
};
export const trial: ReadModel = { name: 'trial', version: 1, tables: [table] };

export const everything: TableRecord = {
  key: 'everything',
  words: 'Zoë said "no"\t\\n\nC:\\temp \\. 👶 \\N {a,b}',
  count: 9_007_199_254_740_000,
  at: '2026-03-29T00:59:59.123Z',
  open: true,
  document: '{"z": [1, 0.10, null],  "a\\n": "\\\\ \\"quoted\\""}',
  names: ['a', 'b,c', '"d"', 'back\\slash', '', '{}', 'NULL'],
};
export const nothing: TableRecord = {
  key: 'nothing',
  words: null,
  count: 0,
  at: null,
  open: false,
  document: null,
  names: [],
};
