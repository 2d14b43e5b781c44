import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workbook } from '../../../../test/annex-a/workbook-maker.js';
import type { SheetRow } from './cells.js';
import { UnreadableInput } from './cells.js';
import { openInput } from './input-lists.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'annex-a-'));
});
afterEach(async () => rm(folder, { recursive: true }));

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
async function all(rows: AsyncIterable<SheetRow>): Promise<SheetRow[]> {
  const read: SheetRow[] = [];
  for await (const row of rows) read.push(row);
  return read;
}

const header = 'Child Unique ID,Gender,Date of Birth,Date of Contact,Contact Source';
const headerCells = header.split(',');

describe('an input', () => {
  it('may be a folder of CSV files, of which lists 1 and 3 are loaded and the others named', async () => {
    await file('List_1 contacts.csv', `${header}\n1,M,,01/02/2020,6\n`);
    await file('annexa_list3.csv', 'Child ID,Date of Referral,Referral Source,Referral NFA?\n');
    await file('list_10.csv', 'x');
    await file('notes.txt', 'x');
    const { lists, notLoaded } = await openInput(folder);
    expect(lists.map(({ list, label }) => [list, label])).toEqual([
      [1, 'List_1 contacts.csv'],
      [3, 'annexa_list3.csv'],
    ]);
    expect(notLoaded).toEqual(['list_10.csv']);
    expect(await all(lists[0]!.rows())).toEqual([
      { row: 2, cells: ['1', 'M', null, '01/02/2020', '6'] },
    ]);
  });

  it('may have titles above the header and empty rows between', async () => {
    await file('list 1.csv', `Annex A\n\n${header}\n\n1,M,,01/02/2020,6\n`);
    const { lists } = await openInput(folder);
    const rows = await all(lists[0]!.rows());
    expect(rows.map(({ row }) => row)).toEqual([5]);
  });

  it.each<[string, Buffer]>([
    [
      'UTF-8 with its mark',
      Buffer.from(`\ufeff${header}\n1,M,,01/02/2020,‘INDIVIDUAL’ – self.\n`),
    ],
    [
      'Windows-1252',
      Buffer.from(`${header}\n1,M,,01/02/2020,\x91INDIVIDUAL\x92 \x96 self.\n`, 'latin1'),
    ],
    ['UTF-16', Buffer.from(`\ufeff${header}\n1,M,,01/02/2020,‘INDIVIDUAL’ – self.\n`, 'utf16le')],
  ])('may be written in %s', async (_, content) => {
    const { lists } = await openInput(await file('list_1.csv', content));
    const [row] = await all(lists[0]!.rows());
    expect(row?.cells[4]).toBe('‘INDIVIDUAL’ – self.');
  });
});

describe('what cannot be loaded', () => {
  it.each<[string, string, string | Buffer, RegExp]>([
    ['an empty file', 'list_1.csv', '', /is empty/],
    ['an empty workbook', 'a.xlsx', '', /is empty/],
    ['a blank list', 'list_1.csv', '\n\n,,\n', /not even a header/],
    ['an empty sheet', 'a.xlsx', workbook({ name: 'List 1', rows: [] }), /not even a header/],
    ['a macro workbook by its ending', 'a.xlsm', 'x', /\.xlsm workbooks are not read/],
    ['a document', 'a.docx', 'x', /give an \.xlsx workbook/],
    [
      'a workbook of other sheets',
      'a.xlsx',
      workbook({ name: 'Sheet1', rows: [headerCells] }, { name: 'List 2', rows: [] }),
      /named as list 1 or list 3.*It holds a\.xlsx, sheet Sheet1, a\.xlsx, sheet List 2/,
    ],
    [
      'a sheet that is another list',
      'a.xlsx',
      workbook({ name: 'List 3', rows: [headerCells] }),
      /sheet List 3 has no header of list 3: .*"Date of referral" nor "Referral Source" nor "Referral NFA\?"/,
    ],
  ])('%s is refused with what to do', async (_, name, content, reason) => {
    const opened = openInput(await file(name, content));
    await expect(opened).rejects.toThrow(UnreadableInput);
    await expect(opened).rejects.toThrow(reason);
  });

  it('neither is what is not there, nor a folder without a list', async () => {
    await expect(openInput(join(folder, 'gone'))).rejects.toThrow(/no such file/);
    await mkdir(join(folder, 'empty'));
    await expect(openInput(join(folder, 'empty'))).rejects.toThrow(/no \.csv file/);
  });

  it('a quotation mark never closed stops the reading, with its row', async () => {
    const path = await file(
      'list_1.csv',
      `${header}\n1,M,,01/02/2020,6\n2,M,,01/02/2020,"6\n${'3,M,,01/02/2020,6\n'.repeat(20_000)}`,
    );
    const { lists } = await openInput(path);
    await expect(all(lists[0]!.rows())).rejects.toThrow(/after row 2 it is no CSV/);
  });
});
