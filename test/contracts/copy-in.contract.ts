import { copyIn, copyLine } from '@common-thread/adapters/postgres/copy-in';
import pg from 'pg';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';

describe('COPY on pg’s own connection', () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await freshDatabase();
    // A deadline of its own, as every pool of ours has: it must end with the COPY.
    client = new pg.Client({ connectionString: database.url, query_timeout: 1_000_000_000 });
    await client.connect();
    await client.query('create table kept (id int primary key, words text, list text[])');
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });
  afterEach(() => client.query('truncate kept'));

  const copy = (...rows: Parameters<typeof copyLine>[0][]) =>
    copyIn(client, 'copy kept (id, words, list) from stdin', rows.map(copyLine).join(''));
  const kept = async () => (await client.query('select * from kept order by id')).rows as unknown;

  it('writes every character as it is', async () => {
    const words = 'tab\t line\n return\r back\\slash \\N \\. "quoted" {a,b} Zoë 👶';
    await copy([1, words, [words, '', 'NULL']], [2, null, []]);
    expect(await kept()).toEqual([
      { id: 1, words, list: [words, '', 'NULL'] },
      { id: 2, words: null, list: [] },
    ]);
  });

  it('runs statements before it in the same exchange', async () => {
    await copy([1, 'old', []], [2, 'stays', []]);
    await copyIn(
      client,
      'delete from kept where id in (1); copy kept (id, words, list) from stdin',
      copyLine([1, 'new', []]),
    );
    expect(await kept()).toMatchObject([{ words: 'new' }, { words: 'stays' }]);
  });

  it.each([
    [
      'a key that is taken',
      [
        [1, 'a', []],
        [1, 'b', []],
      ],
      '23505',
    ],
    ['a value of the wrong kind', [['one', 'a', []]], '22P02'],
    ['NUL', [[1, '\0', []]], '22021'],
  ] as const)('fails on %s, and the connection goes on', async (_, rows, code) => {
    await expect(copy(...rows)).rejects.toMatchObject({ code });
    await copy([1, 'after', []]);
    expect(await kept()).toMatchObject([{ words: 'after' }]);
  });

  it('fails when there is no such table', async () => {
    const failing = copyIn(client, 'copy nothing (id) from stdin', copyLine([1]));
    await expect(failing).rejects.toMatchObject({ code: '42P01' });
  });

  it('gives up at the client’s deadline', async () => {
    const holding = new pg.Client({ connectionString: database.url });
    const impatient = new pg.Client({ connectionString: database.url, query_timeout: 50 });
    await Promise.all([holding.connect(), impatient.connect()]);
    impatient.on('error', () => undefined); // it is ended while its COPY waits
    await holding.query('begin; lock table kept');
    const waiting = copyIn(impatient, 'copy kept (id, words, list) from stdin', '');
    await expect(waiting).rejects.toThrow('Query read timeout');
    await holding.query('rollback');
    await Promise.all([holding.end(), impatient.end()]);
  });
});
