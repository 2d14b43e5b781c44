import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { SheetRow } from './cells.js';
import { UnreadableInput } from './cells.js';
import type { ListNumber, Places } from './columns.js';
import { readHeader } from './columns.js';
import { csvRows } from './csv-rows.js';
import { Workbook, WORKBOOK_BYTES_MAX } from './workbook.js';

/**
 * A list found in the input: the file it is in, its sheet where that has several, and its rows
 * below the header.
 */
export interface InputList {
  readonly list: ListNumber;
  /** File name and, in a workbook, the sheet. */
  readonly label: string;
  readonly places: Places;
  rows(): AsyncIterable<SheetRow>;
}

export interface InputLists {
  readonly lists: readonly InputList[];
  /** Sheets or files that are there and are not loaded. */
  readonly notLoaded: readonly string[];
}

interface Source {
  readonly label: string;
  /** What names the list: the sheet, or the file without its ending. */
  readonly name: string;
  rows(): AsyncIterable<SheetRow>;
}

/** Titles and notes may stand above the header. */
const HEADER_ROWS_MAX = 15;

/** Opens a workbook, one CSV file, or a folder of CSV files. @throws UnreadableInput */
export async function openInput(path: string): Promise<InputLists> {
  const sources = await sourcesOf(path);
  const lists: InputList[] = [];
  const notLoaded: string[] = [];
  for (const source of sources) {
    const list = listNumberOf(source.name);
    if (list === undefined) notLoaded.push(source.label);
    else lists.push(await withHeader(source, list));
  }
  if (lists.length === 0) {
    const found = notLoaded.length > 0 ? `It holds ${notLoaded.join(', ')}.` : 'It holds nothing.';
    throw new UnreadableInput(
      `nothing in it is named as list 1 or list 3 of Annex A ("List 1", "list_3.csv"). ${found}`,
    );
  }
  return { lists, notLoaded };
}

/** `List 1`, `list_03 referrals`, `Annex A - List 3`. */
function listNumberOf(name: string): ListNumber | undefined {
  const number = Number(/\blist[\s_-]*0*(\d+)(?!\d)/i.exec(name.replaceAll('_', ' '))?.[1]);
  return number === 1 || number === 3 ? number : undefined;
}

async function sourcesOf(path: string): Promise<Source[]> {
  const about = await stat(path).catch(() => undefined);
  if (!about) throw new UnreadableInput('there is no such file or folder.');
  if (about.isDirectory()) return folderSources(path);
  if (about.size === 0) throw new UnreadableInput('the file is empty.');
  const ending = extname(path).toLowerCase();
  if (ending === '.csv') return [csvSource(path)];
  if (ending === '.xlsm' || ending === '.xlsb' || ending === '.xls') {
    throw new UnreadableInput(`${ending} workbooks are not read. Save it as .xlsx and load that.`);
  }
  if (ending !== '.xlsx') {
    throw new UnreadableInput('give an .xlsx workbook, or a folder of .csv files.');
  }
  if (about.size > WORKBOOK_BYTES_MAX) {
    throw new UnreadableInput(
      `the file is larger than ${WORKBOOK_BYTES_MAX / 1024 / 1024} MB. ` +
        'Save lists 1 and 3 as CSV files in one folder and load the folder.',
    );
  }
  return workbookSources(path, new Workbook(await readFile(path)));
}

async function folderSources(folder: string): Promise<Source[]> {
  const names = (await readdir(folder)).filter((name) => extname(name).toLowerCase() === '.csv');
  if (names.length === 0) throw new UnreadableInput('there is no .csv file in the folder.');
  return names.sort().map((name) => csvSource(join(folder, name)));
}

function csvSource(path: string): Source {
  const label = basename(path);
  return { label, name: basename(path, extname(path)), rows: () => csvRows(path) };
}

function workbookSources(path: string, workbook: Workbook): Source[] {
  return workbook.sheetNames.map((sheet) => {
    // Read once for the header and then handed on: parsing is the slowest part of a load.
    let parsed: Promise<SheetRow[]> | undefined;
    return {
      label: `${basename(path)}, sheet ${sheet}`,
      name: sheet,
      rows: async function* () {
        const rows = (parsed ??= workbook.rows(sheet));
        yield* await rows;
      },
    };
  });
}

async function withHeader(source: Source, list: ListNumber): Promise<InputList> {
  let nearest: readonly string[] = [];
  let most = -1;
  let seen = 0;
  for await (const { row, cells } of source.rows()) {
    const header = readHeader(list, cells);
    if ('places' in header) {
      return {
        list,
        label: source.label,
        places: header.places,
        rows: () => below(source.rows(), row),
      };
    }
    if (header.best > most) [nearest, most] = [header.missing, header.best];
    seen += 1;
    if (seen === HEADER_ROWS_MAX) break;
  }
  if (seen === 0) throw new UnreadableInput(`${source.label} is empty: not even a header.`);
  throw new UnreadableInput(
    `${source.label} has no header of list ${list}: there is no column ` +
      `${nearest.map((title) => `"${title}"`).join(' nor ')}.`,
  );
}

async function* below(rows: AsyncIterable<SheetRow>, header: number): AsyncIterable<SheetRow> {
  for await (const row of rows) if (row.row > header) yield row;
}
