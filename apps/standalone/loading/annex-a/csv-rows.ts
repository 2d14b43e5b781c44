import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Transform } from 'node:stream';
import { parse } from 'csv-parse';
import type { SheetRow } from './cells.js';
import { UnreadableInput } from './cells.js';

/**
 * One record, quoted line ends included. A quotation mark never closed would swallow the rest of
 * the file.
 */
const RECORD_BYTES_MAX = 256 * 1024;

type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252';

/**
 * The rows of a CSV file that have anything in them, as they are read: memory does not grow with
 * the file. UTF-8, UTF-16 as spreadsheet programs save "Unicode text", or Windows-1252 where it
 * is no UTF-8.
 * @throws UnreadableInput
 */
export async function* csvRows(path: string): AsyncGenerator<SheetRow> {
  const decoded = createReadStream(path).pipe(decoding(await encodingOf(path)));
  const records = decoded.pipe(
    parse({
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: RECORD_BYTES_MAX,
    }),
  );
  decoded.on('error', (error) => records.destroy(error));
  let row = 0;
  try {
    for await (const record of records as AsyncIterable<string[]>) {
      row += 1;
      const cells = record.map((text) => (text.trim() === '' ? null : text));
      if (cells.some((cell) => cell !== null)) yield { row, cells };
    }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (!String(error.code).startsWith('CSV_')) throw error;
    throw new UnreadableInput(
      `after row ${row} it is no CSV any more: a quotation mark is not closed, or one row is ` +
        "longer than any list's.",
    );
  }
}

function decoding(encoding: Encoding): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    readableObjectMode: false,
    transform(chunk: Buffer, _encoding, done) {
      done(null, decoder.decode(chunk, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
}

async function encodingOf(path: string): Promise<Encoding> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let encoding: Encoding = 'utf-8';
  let first = true;
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      if (first && chunk[0] === 0xff && chunk[1] === 0xfe) encoding = 'utf-16le';
      first = false;
      if (encoding !== 'utf-8') return;
      try {
        strict.decode(chunk, { stream: true });
      } catch {
        encoding = 'windows-1252';
        return;
      }
    }
  });
  return encoding;
}
