import { contributionTable, definitionOf, defineReadModel, lineTable } from './read-model.js';
import { publicName } from './told-row.js';

const table = contributionTable({
  name: 'trial_notes',
  columns: { notes: 'texts' },
  keysOf: () => [],
  columnsOf: () => ({ notes: [] }),
});

describe('defining a read model', () => {
  it('says what its tables look like, so that a change shows', () => {
    const model = defineReadModel({ name: 'trial', version: 1, tables: [table] });
    const wider = { ...model, tables: [{ ...table, indexes: ['notes'] }] };
    expect(definitionOf(model)).not.toBe(definitionOf(wider));
    expect(JSON.parse(definitionOf(model))).toMatchObject([{ name: 'trial_notes', key: 'key' }]);
  });

  it.each([
    ['a name that is not kebab-case', { name: 'Trial', version: 1, tables: [] }],
    ['a table name that SQL would quote', named('trial-notes')],
    ['a table named twice', { name: 'trial', version: 1, tables: [table, table] }],
    [
      'a key that is no column',
      { name: 'trial', version: 1, tables: [{ ...table, key: 'missing' }] },
    ],
  ])('refuses %s', (_, model) => expect(() => defineReadModel(model)).toThrow());

  function named(name: string) {
    return { name: 'trial', version: 1, tables: [{ ...table, name }] };
  }
});

describe('a line table', () => {
  const lines = lineTable({
    name: 'trial_line',
    columns: { sequence: 'bigint' },
    wants: () => true,
    begin: ({ sequence }) => ({ sequence }),
    follow: (record) => record,
  });

  it('is keyed by the row a line is about', () => {
    expect([lines.key, lines.loads]).toEqual(['sequence', ['sequence']]);
  });
});

describe('a public name', () => {
  it.each([
    ['uk.common-thread.contact.rated.v1', 'contact.rated'],
    ['uk.common-thread.contact.rated.v12', 'contact.rated'],
    ['of-another.house.v1', 'of-another.house'],
  ])('%s is %s', (type, name) => expect(publicName(type)).toBe(name));
});
