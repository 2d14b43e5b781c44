import { readSheet } from 'read-excel-file/node';
import type { Cell, SheetRow } from './cells.js';
import { UnreadableInput } from './cells.js';
import { refuseUnboundedSheet } from './sheet-bounds.js';
import { packed, ZipArchive } from './zip-archive.js';

/** The largest .xlsx that is opened; 50,000 rows of lists 1 and 3 together take about 4 MB. */
export const WORKBOOK_BYTES_MAX = 64 * 1024 * 1024;

const BOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const OLE_HEADER = 'd0cf11e0a1b11ae1';

/**
 * An .xlsx workbook whose every part has been measured before anything parses it. Sheets are read
 * one at a time. Formulas are never computed: a cell is what the spreadsheet program last showed.
 */
export class Workbook {
  readonly #archive: ZipArchive;
  readonly #sheets: ReadonlyMap<string, string>;

  /** @throws UnreadableInput */
  constructor(bytes: Buffer) {
    refuseOtherFormats(bytes);
    this.#archive = new ZipArchive(bytes);
    refuseMacros(this.#archive);
    const book = this.#archive.read(BOOK)?.toString('utf8');
    const relations = this.#archive.read(RELATIONS)?.toString('utf8');
    if (book === undefined || relations === undefined) {
      throw new UnreadableInput('it is a ZIP archive but no .xlsx workbook.');
    }
    this.#sheets = sheetsOf(book, relations);
  }

  get sheetNames(): readonly string[] {
    return [...this.#sheets.keys()];
  }

  /** The rows of a sheet that have anything in them. @throws UnreadableInput */
  async rows(sheet: string): Promise<SheetRow[]> {
    const path = this.#sheets.get(sheet);
    const content = path === undefined ? undefined : this.#archive.read(path);
    if (path === undefined || !content) throw new UnreadableInput('a sheet it names is missing.');
    refuseUnboundedSheet(content);
    const parts = new Map([[path, content]]);
    for (const name of [BOOK, RELATIONS, ...this.#archive.names.filter(isShared)]) {
      const part = this.#archive.read(name);
      if (part) parts.set(name, part);
    }
    return rowsOf(await this.#parsed(parts, sheet));
  }

  async #parsed(parts: ReadonlyMap<string, Buffer>, sheet: string): Promise<unknown[][]> {
    try {
      // Numbers stay as they are written: an id of 17 digits would lose its last ones otherwise.
      return await readSheet(packed(parts), sheet, { parseNumber: (digits) => digits });
    } catch {
      // The reader's message may quote a cell.
      throw new UnreadableInput(
        'a sheet of it is damaged. ' +
          'Open it in a spreadsheet program, save it again as .xlsx and try once more.',
      );
    }
  }
}

function rowsOf(values: readonly (readonly unknown[])[]): SheetRow[] {
  return values.flatMap((cells, nth) => {
    const read = cells.map(cellOf);
    return read.some((cell) => cell !== null) ? [{ row: nth + 1, cells: read }] : [];
  });
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'boolean' || value instanceof Date)
    return value;
  return typeof value === 'number' ? String(value) : null;
}

function isShared(name: string): boolean {
  return /^xl\/[^/]*(styles|strings)[^/]*\.xml$/i.test(name);
}

function refuseOtherFormats(bytes: Buffer): void {
  if (bytes.length === 0) throw new UnreadableInput('the file is empty.');
  if (bytes.length > WORKBOOK_BYTES_MAX) {
    throw new UnreadableInput(
      `the file is larger than ${WORKBOOK_BYTES_MAX / 1024 / 1024} MB. ` +
        'Save lists 1 and 3 as CSV files in one folder and load the folder.',
    );
  }
  if (bytes.subarray(0, 8).toString('hex') === OLE_HEADER) {
    throw new UnreadableInput(
      'it is an .xls workbook or has a password. Save it as .xlsx without a password.',
    );
  }
}

function refuseMacros(archive: ZipArchive): void {
  const types = archive.read('[Content_Types].xml')?.toString('utf8') ?? '';
  const macros =
    /macroEnabled|vbaProject/i.test(types) ||
    archive.names.some((name) => /vbaProject|macrosheets\//i.test(name));
  if (macros) {
    throw new UnreadableInput(
      'it carries macros. Save it as .xlsx, which drops them, and load that.',
    );
  }
}

/** Path of each sheet by its name, in the workbook's order. */
function sheetsOf(book: string, relations: string): Map<string, string> {
  const paths = new Map<string, string>();
  for (const relation of elements(relations, 'Relationship')) {
    const [id, target] = [attribute(relation, 'Id'), attribute(relation, 'Target')];
    if (id === undefined || target === undefined) continue;
    paths.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  const sheets = new Map<string, string>();
  for (const sheet of elements(book, 'sheet')) {
    const [name, id] = [attribute(sheet, 'name'), attribute(sheet, '[a-zA-Z0-9]+:id')];
    const path = id === undefined ? undefined : paths.get(id);
    if (name !== undefined && path !== undefined) sheets.set(name, path);
  }
  return sheets;
}

function elements(xml: string, tag: string): string[] {
  return [...xml.matchAll(new RegExp(`<(?:[a-zA-Z0-9]+:)?${tag}\\s[^>]*>`, 'g'))].map(
    ([whole]) => whole,
  );
}

function attribute(element: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`).exec(element);
  return value ? unescaped(value[1] ?? value[2] ?? '') : undefined;
}

function unescaped(text: string): string {
  const characters: Readonly<Record<string, string>> = {
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    amp: '&',
  };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => characters[name] ?? '');
}
