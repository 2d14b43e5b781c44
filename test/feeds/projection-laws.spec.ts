import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { MemoryProjectionStore } from '@common-thread/adapters/memory/projection-store';
import { textOf } from '@common-thread/projecting/fields';
import type { ReadModel, Table } from '@common-thread/projecting/read-model';
import { contributionTable, documentTable, lineTable } from '@common-thread/projecting/read-model';
import type { ToldRow } from '@common-thread/projecting/told-row';
import fc from 'fast-check';
import { keepsTheLaws } from './projection-laws.js';
import { steps } from './random-feed.js';

const open = async () => ({ inbox: new MemoryInbox(), store: new MemoryProjectionStore() });

const modelOf = (table: Table): ReadModel => ({ name: 'planted', version: 1, tables: [table] });

/** Whether some random feed shows a model breaking a law. */
async function isCaught(table: Table, matters?: readonly string[]): Promise<boolean> {
  const model = { ...modelOf(table), ...(matters ? { matters } : {}) };
  const property = fc.asyncProperty(steps, (taken) =>
    keepsTheLaws('fairholme-hub.safeguarding-hub', [model], taken, open),
  );
  return (await fc.check(property, { numRuns: 100, endOnFailure: true })).failed;
}

const rated = { name: 'planted_count', columns: { count: 'bigint' } } as const;
const keysOf = ({ origin }: ToldRow) => [origin.partitionkey];
const countOfRated = contributionTable({
  ...rated,
  keysOf,
  columnsOf: (held) => ({ count: held.filter((c) => c.fields?.rating).length }),
});

describe('the laws of read models', () => {
  it('let contributions pass', async () => {
    expect(await isCaught(countOfRated)).toBe(false);
  });

  it('catch a model that folds what it says it does not', async () => {
    expect(await isCaught(countOfRated, ['contact', 'person'])).toBe(true);
  });

  it.each<[string, Table]>([
    [
      'a bare counter, which forgets what it counted',
      documentTable<typeof rated.columns, number>({
        ...rated,
        keysOf,
        fold: (count = 0, row) => count + (textOf(row.fields, 'rating') ? 1 : 0),
        columnsOf: (count) => ({ count }),
      }),
    ],
    [
      'a last value, which a withdrawal does not give back',
      documentTable<{ readonly note: 'text?' }, string | null>({
        name: 'planted_last',
        columns: { note: 'text?' },
        keysOf,
        fold: (last = null, row) => (row.follows ? last : (row.text ?? last)),
        columnsOf: (note) => ({ note }),
      }),
    ],
    [
      'a history that keeps what was withdrawn',
      lineTable({
        name: 'planted_line',
        columns: { sequence: 'bigint', fields: 'json?' },
        wants: () => true,
        begin: (row) => ({ sequence: row.sequence, fields: row.text }),
        follow: (record) => record,
      }),
    ],
  ])('catch %s', async (_, table) => expect(await isCaught(table)).toBe(true));
});
