import type { Change, ProjectionUnit } from './projection-store.js';
import type { Key, ReadModel, Table } from './read-model.js';
import type { ToldRow } from './told-row.js';

const REASON_LENGTH_MAX = 300;

/** Where a line stopped and why. */
export interface Stopped {
  readonly sequence: number;
  readonly reason: string;
}

/**
 * Folds rows into one unit of a read model: loads the documents they have a part in, folds in memory,
 * writes what changed. A row that cannot be folded stops its line and leaves no trace of itself; the
 * rows of all other lines go on. Answers the lines stopped.
 */
export async function foldInto(
  unit: ProjectionUnit,
  model: ReadModel,
  rows: readonly ToldRow[],
): Promise<ReadonlyMap<string, Stopped>> {
  // Records are made once a document at the end, as a rule; row by row where one cannot be made, to
  // find whose fault that is.
  for (const recordsMade of ['at the end', 'row by row'] as const) {
    const documents = await loadDocuments(unit, model, rows);
    const stopped = foldRows(documents, rows, recordsMade === 'row by row');
    const changes = changesOf(documents);
    if (!changes) continue;
    for (const [table, changed] of changes) await unit.write(table, changed);
    return stopped;
  }
  throw new Error(`${model.name} makes a record of a document at one time and not at another`);
}

function foldRows(
  documents: readonly HeldDocuments[],
  rows: readonly ToldRow[],
  makingRecords: boolean,
): Map<string, Stopped> {
  const stopped = new Map<string, Stopped>();
  for (const row of rows) {
    if (stopped.has(row.line)) continue;
    try {
      foldRow(documents, row, makingRecords);
    } catch (error) {
      stopped.set(row.line, { sequence: row.sequence, reason: reasonOf(error) });
    }
  }
  return stopped;
}

/** What every table has to write; undefined where some document makes no record. */
function changesOf(
  documents: readonly HeldDocuments[],
): (readonly [Table, ReadonlyMap<Key, Change>])[] | undefined {
  try {
    return documents.map((held) => [held.table, held.changes()] as const);
  } catch {
    return undefined; // told again, with its line, when records are made row by row
  }
}

/** Folds the rows after a unit's checkpoint, parks the lines that stop, and advances past them all. */
export async function foldOnward(
  unit: ProjectionUnit,
  model: ReadModel,
  rows: readonly ToldRow[],
): Promise<number> {
  const unparked = rows.filter((row) => !unit.parked.has(row.line));
  const stopped = await foldInto(unit, model, unparked);
  for (const [line, { sequence, reason }] of stopped) await unit.park(line, sequence, reason);
  const reached = rows.at(-1)?.sequence ?? unit.checkpoint;
  await unit.advance(reached);
  return reached;
}

/** Folds one row into every table, or into none of them. */
function foldRow(documents: readonly HeldDocuments[], row: ToldRow, makingRecords: boolean): void {
  const folded: [held: HeldDocuments, key: Key, document: unknown][] = [];
  for (const held of documents) {
    for (const key of held.table.keysOf(row)) {
      const document = held.table.fold(held.get(key), row, key);
      if (makingRecords) held.table.recordOf(document, key);
      folded.push([held, key, document]);
    }
  }
  for (const [held, key, document] of folded) held.put(key, document);
}

async function loadDocuments(
  unit: ProjectionUnit,
  model: ReadModel,
  rows: readonly ToldRow[],
): Promise<HeldDocuments[]> {
  const documents: HeldDocuments[] = [];
  for (const table of model.tables) {
    const keys = new Set<Key>();
    for (const row of rows) {
      if (!table.begins(row)) keysIfTold(table, row).forEach((key) => keys.add(key));
    }
    const held = new HeldDocuments(table);
    if (keys.size > 0) {
      for (const [key, record] of await unit.load(table, [...keys])) {
        held.found(key, table.documentOf(record));
      }
    }
    documents.push(held);
  }
  return documents;
}

/** A row whose keys cannot be told is met again, in its turn, by the fold. */
function keysIfTold(table: Table, row: ToldRow): readonly Key[] {
  try {
    return table.keysOf(row);
  } catch {
    return [];
  }
}

/** The documents of one table that a batch has touched. */
class HeldDocuments {
  private readonly documents = new Map<Key, unknown>();
  private readonly existing = new Set<Key>();
  private readonly changed = new Set<Key>();

  constructor(readonly table: Table) {}

  found(key: Key, document: unknown): void {
    this.documents.set(key, document);
    this.existing.add(key);
  }

  get(key: Key): unknown {
    return this.documents.get(key);
  }

  put(key: Key, document: unknown): void {
    this.documents.set(key, document);
    this.changed.add(key);
  }

  changes(): ReadonlyMap<Key, Change> {
    const changes = new Map<Key, Change>();
    for (const key of this.changed) {
      const record = this.table.recordOf(this.documents.get(key), key);
      changes.set(key, { record, existed: this.existing.has(key) });
    }
    return changes;
  }
}

function reasonOf(error: unknown): string {
  const told = error instanceof Error ? `${error.name}: ${error.message}` : 'not an error';
  return told.slice(0, REASON_LENGTH_MAX);
}
