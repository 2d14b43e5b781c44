import fs from 'node:fs';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { LoadRecord } from './load-record.js';

const PIECE_BYTES = 1024 * 1024;

/** One fault as it was inflicted. */
export interface FaultRecord {
  /** From 0; with the run's seed it says everything that was left to chance. */
  readonly nth: number;
  readonly fault: string;
  readonly target: string;
  /** Of processes and engines. */
  readonly kills: number;
  /** RFC 3339 UTC. */
  readonly begunAt: string;
  readonly tookMs: number;
  /** From the start of what was ended until it served again, where it ended. */
  readonly restartMs?: number;
}

/** What there was before anything was hurt. */
export interface BeforeTheFaults {
  /** Ids of commands. */
  readonly commands: readonly string[];
}

/**
 * What a fault run did and saw, line by line in a directory: whoever is killed in the middle of it goes on
 * from there.
 */
export class Ledger {
  readonly #faults: FaultRecord[];

  constructor(readonly directory: string) {
    fs.mkdirSync(directory, { recursive: true });
    endHalfLine(this.#path('faults.jsonl'));
    this.#faults = [...linesOf<FaultRecord>(this.#path('faults.jsonl'))];
  }

  get faults(): readonly FaultRecord[] {
    return this.#faults;
  }

  inflicted(record: FaultRecord): void {
    this.#faults.push(record);
    append(this.#path('faults.jsonl'), record);
  }

  get before(): BeforeTheFaults | undefined {
    const file = this.#path('before.json');
    if (!fs.existsSync(file)) return undefined;
    return JSON.parse(fs.readFileSync(file, 'utf8')) as BeforeTheFaults;
  }

  keepBefore(before: BeforeTheFaults): void {
    writeWhole(this.#path('before.json'), before);
  }

  /** Stretches of the load so far. */
  get shifts(): number {
    return this.#loadFiles().length;
  }

  /** A name for the next stretch of the load. */
  nextShift(): string {
    return `s${this.shifts}`;
  }

  loadFile(shift: string): string {
    return this.#path(`load-${shift}.jsonl`);
  }

  /** Every line of every stretch, in order. */
  *load(): Generator<LoadRecord> {
    for (const file of this.#loadFiles()) yield* linesOf<LoadRecord>(this.#path(file));
  }

  #loadFiles(): string[] {
    const nth = (file: string) => Number(/^load-s(\d+)\.jsonl$/.exec(file)?.[1]);
    return fs
      .readdirSync(this.directory)
      .filter((file) => !Number.isNaN(nth(file)))
      .sort((a, b) => nth(a) - nth(b));
  }

  #path(file: string): string {
    return path.join(this.directory, file);
  }
}

export function killsAmong(faults: readonly FaultRecord[]): number {
  return faults.reduce((sum, { kills }) => sum + kills, 0);
}

/** Takes away what a killed run had only begun to write, so that the next line is one of its own. */
function endHalfLine(file: string): void {
  if (!fs.existsSync(file)) return;
  const text = fs.readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) fs.writeFileSync(file, whole);
}

export function append(file: string, line: object): void {
  fs.appendFileSync(file, `${JSON.stringify(line)}\n`);
}

export function writeWhole(file: string, content: object): void {
  fs.writeFileSync(`${file}.new`, `${JSON.stringify(content, undefined, 2)}\n`);
  fs.renameSync(`${file}.new`, file);
}

/** The last line may be half written: whoever wrote it was killed. */
function* linesOf<Line>(file: string): Generator<Line> {
  if (!fs.existsSync(file)) return;
  const source = fs.openSync(file, 'r');
  const piece = Buffer.alloc(PIECE_BYTES);
  const decoder = new StringDecoder('utf8');
  try {
    let rest = '';
    for (let read = fs.readSync(source, piece); read > 0; read = fs.readSync(source, piece)) {
      const lines = (rest + decoder.write(piece.subarray(0, read))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line) as Line;
    }
  } finally {
    fs.closeSync(source);
  }
}
