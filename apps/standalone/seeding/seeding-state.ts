import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How far a county has been recorded. */
export interface SeedingState {
  readonly seed: string;
  readonly families: number;
  /** Instant the county's history is counted back from: chosen once, for it is in every command. */
  readonly asOf: string;
  /** So many commands, from the first on without a hole, have been answered. */
  readonly done: number;
  readonly complete: boolean;
}

/** Where the state is kept between starts. */
export interface SeedingStore {
  read(): Promise<SeedingState | undefined>;
  write(state: SeedingState): Promise<void>;
}

/** A small file beside the database it is about; written whole or not at all. */
export class SeedingFile implements SeedingStore {
  constructor(private readonly path: string) {}

  async read(): Promise<SeedingState | undefined> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch {
      return undefined;
    }
    return stateOf(text);
  }

  async write(state: SeedingState): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const beside = `${this.path}.${randomUUID()}`;
    const file = await open(beside, 'w');
    try {
      await file.writeFile(`${JSON.stringify(state, undefined, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, this.path);
  }
}

/**
 * Undefined where it is no such state: the county is then gone through again, which changes
 * nothing.
 */
function stateOf(text: string): SeedingState | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isState(read) ? read : undefined;
}

function isState(read: unknown): read is SeedingState {
  if (typeof read !== 'object' || read === null) return false;
  const { seed, families, asOf, done, complete } = read as Partial<
    Record<keyof SeedingState, unknown>
  >;
  return (
    typeof seed === 'string' &&
    typeof families === 'number' &&
    typeof asOf === 'string' &&
    !Number.isNaN(Date.parse(asOf)) &&
    typeof done === 'number' &&
    typeof complete === 'boolean'
  );
}
