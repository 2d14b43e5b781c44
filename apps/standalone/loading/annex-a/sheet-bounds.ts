import { UnreadableInput } from './cells.js';

/**
 * Rows × columns a sheet may span; a reader fills the gaps, so that one far cell could cost
 * gigabytes.
 */
export const SHEET_CELLS_MAX = 20_000_000;
const ROWS_MAX = 1_048_576;

const TAG = /<(?:[a-zA-Z0-9]+:)?(row|c)(?=[\s/>])([^>]*)>/g;
const ATTRIBUTES = /^(?:\s+[a-zA-Z0-9_.:-]+="[^"<>&]*")*\s*\/?$/;
const ADDRESS = /\sr="([A-Z]{0,3})([0-9]{1,7})"/;

/**
 * Refuses a sheet that spans more than can be held, before it is parsed. Rows and cells written
 * in a way no spreadsheet program writes them are refused too: what cannot be measured is not
 * opened.
 * @throws UnreadableInput
 */
export function refuseUnboundedSheet(content: Buffer): void {
  const xml = content.toString('latin1');
  let rows = 0;
  let rowsSeen = 0;
  let columns = 0;
  for (const [, tag, attributes = ''] of xml.matchAll(TAG)) {
    if (!ATTRIBUTES.test(attributes)) throw notOurs();
    const address = ADDRESS.exec(attributes);
    if (!address && /\sr=/.test(attributes)) throw notOurs();
    if (tag === 'row') rowsSeen += 1;
    rows = Math.max(rows, rowsSeen, Number(address?.[2] ?? 0));
    // A cell without content only carries a format and is dropped by the reader.
    if (tag === 'c' && !attributes.endsWith('/'))
      columns = Math.max(columns, columnOf(address?.[1]));
  }
  if (rows > ROWS_MAX || rows * Math.max(1, columns) > SHEET_CELLS_MAX) {
    throw new UnreadableInput(
      `a sheet spans ${rows} rows by ${columns} columns. ` +
        'Delete what lies outside the list and save it again.',
    );
  }
}

function columnOf(letters = ''): number {
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);
}

function notOurs(): UnreadableInput {
  return new UnreadableInput(
    'a sheet of it was not written by a spreadsheet program. ' +
      'Open it in one, save it again as .xlsx and try once more.',
  );
}
