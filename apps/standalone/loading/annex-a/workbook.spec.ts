import { readFile } from 'node:fs/promises';
import { workbook, workbookParts } from '../../../../test/annex-a/workbook-maker.js';
import { UnreadableInput } from './cells.js';
import { Workbook } from './workbook.js';
import { packed } from './zip-archive.js';

const sample = new URL('../../../../test/annex-a/fixtures/Annex_A_2024_Jan.xlsx', import.meta.url);
const sheet = (xml: string): Buffer => {
  const parts = workbookParts([{ name: 'List 1', rows: [] }]);
  parts.set(
    'xl/worksheets/sheet1.xml',
    Buffer.from(`<worksheet><sheetData>${xml}</sheetData></worksheet>`),
  );
  return packed(parts);
};

describe('a workbook', () => {
  it('gives the rows of the sample, numbers with all their digits and dates as dates', async () => {
    const book = new Workbook(await readFile(sample));
    expect(book.sheetNames).toHaveLength(11);
    const rows = await book.rows('List 1');
    expect(rows).toHaveLength(6);
    expect(rows[1]).toEqual({
      row: 2,
      cells: [
        '9212044',
        'Female',
        'a) WBRI',
        new Date('2015-01-25T00:00:00Z'),
        '6.1382614647501708',
        new Date('2020-09-16T00:00:00Z'),
        'q) 6: Police',
      ],
    });
  });

  it('gives what a formula last showed, and nothing where it showed nothing or failed', async () => {
    const formulas = workbook({
      name: 'List 1',
      rows: [
        [
          { xml: (a) => `<c r="${a}"><f>40000+4090</f><v>44090</v></c>` },
          { xml: (a) => `<c r="${a}" t="str"><f>UPPER("a")</f><v>A</v></c>` },
          { xml: (a) => `<c r="${a}" t="str"><f>HYPERLINK("http://x.invalid")</f></c>` },
          { xml: (a) => `<c r="${a}" t="e"><f>1/0</f><v>#DIV/0!</v></c>` },
          'end',
        ],
      ],
    });
    const [row] = await new Workbook(formulas).rows('List 1');
    expect(row?.cells).toEqual(['44090', 'A', null, null, 'end']);
  });

  it('keeps the numbers of rows where some are empty', async () => {
    const rows = await new Workbook(
      workbook({ name: 'List 1', rows: [['a'], [], [null], ['d']] }),
    ).rows('List 1');
    expect(rows.map(({ row }) => row)).toEqual([1, 4]);
  });

  it('reads a sheet whose name is escaped', async () => {
    const book = new Workbook(workbook({ name: 'Contacts & "List 1"', rows: [['a']] }));
    expect(book.sheetNames).toEqual(['Contacts & "List 1"']);
    expect(await book.rows('Contacts & "List 1"')).toHaveLength(1);
  });
});

describe('what is no workbook to open', () => {
  it.each<[string, Buffer, RegExp]>([
    ['an empty file', Buffer.alloc(0), /is empty/],
    ['some text', Buffer.from('Child Unique ID,Gender'), /not a whole \.xlsx/],
    [
      'half a workbook',
      workbook({ name: 'List 1', rows: [['a']] }).subarray(0, 900),
      /not a whole/,
    ],
    [
      'an .xls workbook',
      Buffer.from('d0cf11e0a1b11ae100000000', 'hex'),
      /\.xls workbook or has a/,
    ],
    ['another ZIP archive', packed(new Map([['a.txt', Buffer.from('a')]])), /no \.xlsx workbook/],
    [
      'a workbook with a macro project in it',
      packed(
        workbookParts([{ name: 'List 1', rows: [] }]).set('xl/vbaProject.bin', Buffer.from('x')),
      ),
      /macros/,
    ],
    [
      'a workbook that calls itself macro-enabled',
      packed(
        workbookParts([{ name: 'List 1', rows: [] }]).set(
          '[Content_Types].xml',
          Buffer.from('application/vnd.ms-excel.sheet.macroEnabled.main+xml'),
        ),
      ),
      /macros/,
    ],
  ])('%s is refused', (_, bytes, reason) => {
    expect(() => new Workbook(bytes)).toThrow(UnreadableInput);
    expect(() => new Workbook(bytes)).toThrow(reason);
  });

  it.each<[string, Buffer, RegExp]>([
    [
      'a cell beyond every list',
      sheet('<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"/>'),
      /spans/,
    ],
    [
      'more columns than there are',
      sheet('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>'),
      /not written by/,
    ],
    [
      'an address in disguise',
      sheet('<row r="1"><c r="&#90;Z1"><v>1</v></c></row>'),
      /not written by/,
    ],
    [
      'an attribute that hides another',
      sheet('<row r="1"><c s=">" r="ZZZ1"><v>1</v></c></row>'),
      /not written by/,
    ],
    ['rows out of order', sheet('<row r="2"/><row r="1"/>'), /damaged/],
    ['no XML at all', sheet('<row r="1"><c r="A1"><v>1</c>'), /damaged/],
  ])('a sheet with %s is refused', async (_, bytes, reason) => {
    const read = new Workbook(bytes).rows('List 1');
    await expect(read).rejects.toThrow(UnreadableInput);
    await expect(read).rejects.toThrow(reason);
  });

  it('a bomb stops at the limit, whatever size it declares', async () => {
    const parts = workbookParts([{ name: 'List 1', rows: [] }]);
    parts.set('xl/worksheets/sheet1.xml', Buffer.alloc(300 * 1024 * 1024, ' '));
    const bomb = packed(parts, 8);
    parts.clear();
    expect(bomb.length).toBeLessThan(1024 * 1024);
    // The declared sizes, here and in the central directory, are made to lie.
    for (let at = 0; at + 4 <= bomb.length; at += 1) {
      if (bomb.readUInt32LE(at) === 300 * 1024 * 1024) bomb.writeUInt32LE(64, at);
    }
    await expect(new Workbook(bomb).rows('List 1')).rejects.toThrow(/more than 256 MB/);
  });

  it('an archive of too many parts is refused before any is read', () => {
    const parts = workbookParts([{ name: 'List 1', rows: [] }]);
    for (let nth = 0; nth < 1_001; nth += 1) parts.set(`xl/media/${nth}.png`, Buffer.alloc(0));
    expect(() => new Workbook(packed(parts))).toThrow(/parts; no Annex A/);
  });
});
