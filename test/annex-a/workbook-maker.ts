import { packed } from '../../apps/standalone/loading/annex-a/zip-archive.js';

/** What stands in a cell: text, a number, a day for a date cell, or raw XML of a whole `<c>`. */
export type MadeCell =
  | string
  | number
  | null
  | { readonly day: string }
  | { readonly xml: (address: string) => string };

export interface MadeSheet {
  readonly name: string;
  readonly rows: Iterable<readonly MadeCell[]>;
}

const NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const DAY_MS = 86_400_000;
const SERIAL_OF_1970 = 25_569;
const DATE_STYLE = 1;

/** The parts of an .xlsx workbook of these sheets, to be packed or spoiled. */
export function workbookParts(sheets: readonly MadeSheet[]): Map<string, Buffer> {
  const parts = new Map<string, string>([
    [
      '[Content_Types].xml',
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${NAMESPACE}" xmlns:r="${RELATION}"><sheets>${sheets
        .map(
          ({ name }, n) =>
            `<sheet name="${escaped(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`,
        )
        .join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${[
        ...sheets.map((_, n) =>
          relation(`rId${n + 1}`, 'worksheet', `worksheets/sheet${n + 1}.xml`),
        ),
        relation('rIdStyles', 'styles', 'styles.xml'),
      ].join('')}</Relationships>`,
    ],
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${NAMESPACE}"><cellXfs><xf numFmtId="0"/>` +
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    ],
    ...sheets.map(({ rows }, n): [string, string] => [
      `xl/worksheets/sheet${n + 1}.xml`,
      sheetXml(rows),
    ]),
  ]);
  return new Map([...parts].map(([name, xml]) => [name, Buffer.from(xml, 'utf8')]));
}

/** A compressed .xlsx workbook of these sheets. */
export function workbook(...sheets: MadeSheet[]): Buffer {
  return packed(workbookParts(sheets), 8);
}

function sheetXml(rows: Iterable<readonly MadeCell[]>): string {
  const written: string[] = [];
  let row = 0;
  for (const cells of rows) {
    row += 1;
    const here = row;
    const xml = cells.map((cell, nth) => cellXml(cell, `${letters(nth + 1)}${here}`));
    written.push(`<row r="${here}">${xml.join('')}</row>`);
  }
  return `<worksheet xmlns="${NAMESPACE}"><sheetData>${written.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: MadeCell, address: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`;
  if (typeof cell === 'string') {
    return `<c r="${address}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
  }
  if ('xml' in cell) return cell.xml(address);
  const serial = Date.parse(cell.day) / DAY_MS + SERIAL_OF_1970;
  return `<c r="${address}" s="${DATE_STYLE}"><v>${serial}</v></c>`;
}

function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${RELATION}/${type}" Target="${target}"/>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
