import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { UnreadableInput } from './cells.js';

/** What one archive may hold. A workbook of 50,000 rows stays under a tenth of each. */
export const archiveLimits = {
  entriesMax: 1_000,
  inflatedBytesMax: 256 * 1024 * 1024,
} as const;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const COMMENT_BYTES_MAX = 0xffff;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const ZIP64 = 0xffffffff;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly at: number;
  readonly packedBytes: number;
}

/**
 * A ZIP archive by its central directory alone. Sizes it declares are not believed: every entry is
 * inflated under what is left of the archive's allowance, so that a bomb stops at the limit.
 */
export class ZipArchive {
  readonly #entries: ReadonlyMap<string, Entry>;
  #allowance: number;

  constructor(
    private readonly bytes: Buffer,
    private readonly inflatedBytesMax: number = archiveLimits.inflatedBytesMax,
  ) {
    this.#entries = centralDirectory(bytes);
    this.#allowance = inflatedBytesMax;
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** The content of an entry, undefined where there is none. @throws UnreadableInput */
  read(name: string): Buffer | undefined {
    const entry = this.#entries.get(name);
    if (!entry) return undefined;
    const packed = this.#packed(entry);
    const content = entry.method === STORED ? packed : this.#inflated(packed);
    this.#allowance -= content.length;
    if (this.#allowance < 0) throw this.#tooLarge();
    return content;
  }

  #packed(entry: Entry): Buffer {
    const { bytes } = this;
    if (entry.at + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(entry.at) !== LOCAL) {
      throw damaged();
    }
    const names = bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
    const from = entry.at + LOCAL_BYTES + names;
    if (from + entry.packedBytes > bytes.length) throw damaged();
    return bytes.subarray(from, from + entry.packedBytes);
  }

  #inflated(packed: Buffer): Buffer {
    try {
      return inflateRawSync(packed, { maxOutputLength: Math.max(1, this.#allowance) });
    } catch (error) {
      const coded = typeof error === 'object' && error !== null && 'code' in error;
      throw coded && error.code === 'ERR_BUFFER_TOO_LARGE' ? this.#tooLarge() : damaged();
    }
  }

  #tooLarge(): UnreadableInput {
    return new UnreadableInput(
      `the workbook unpacks to more than ${Math.floor(this.inflatedBytesMax / 1024 / 1024)} MB. ` +
        'Save lists 1 and 3 as CSV files in one folder and load the folder.',
    );
  }
}

function centralDirectory(bytes: Buffer): Map<string, Entry> {
  const end = endRecord(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > archiveLimits.entriesMax) {
    throw new UnreadableInput(`the workbook has ${count} parts; no Annex A has so many.`);
  }
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let nth = 0; nth < count; nth += 1) {
    if (at + CENTRAL_BYTES > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw damaged();
    const nameBytes = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes);
    const method = bytes.readUInt16LE(at + 10);
    if (bytes.readUInt16LE(at + 8) & ENCRYPTED || (method !== STORED && method !== DEFLATED)) {
      throw new UnreadableInput(
        'the workbook is protected or packed in a way that cannot be read. ' +
          'Save it again as .xlsx without a password.',
      );
    }
    const packedBytes = bytes.readUInt32LE(at + 20);
    const local = bytes.readUInt32LE(at + 42);
    if (packedBytes === ZIP64 || local === ZIP64 || entries.has(name)) throw damaged();
    entries.set(name, { name, method, at: local, packedBytes });
    at += CENTRAL_BYTES + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function endRecord(bytes: Buffer): number {
  const earliest = Math.max(0, bytes.length - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = bytes.length - END_BYTES; at >= earliest; at -= 1) {
    if (bytes.readUInt32LE(at) === END) return at;
  }
  throw damaged();
}

function damaged(): UnreadableInput {
  return new UnreadableInput(
    'it is not a whole .xlsx workbook. ' +
      'Open it in a spreadsheet program, save it again as .xlsx and try once more.',
  );
}

/** An archive of the given parts; uncompressed unless asked, because we read it back at once. */
export function packed(
  parts: ReadonlyMap<string, Buffer>,
  method: typeof STORED | typeof DEFLATED = STORED,
): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const [name, content] of parts) {
    const nameBytes = Buffer.from(name, 'utf8');
    const body = method === DEFLATED ? deflateRawSync(content) : content;
    // Version, flags, method, time, date, checksum, both sizes, length of the name: alike in both
    // headers.
    const shared = Buffer.alloc(24);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(body.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    locals.push(signed(LOCAL), shared, Buffer.alloc(2), nameBytes, body);
    const tail = Buffer.alloc(16);
    tail.writeUInt32LE(at, 12);
    centrals.push(signed(CENTRAL), Buffer.from([20, 0]), shared, tail, nameBytes);
    at += LOCAL_BYTES + nameBytes.length + body.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(END_BYTES - 4);
  end.writeUInt16LE(parts.size, 4);
  end.writeUInt16LE(parts.size, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, directory, signed(END), end]);
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
