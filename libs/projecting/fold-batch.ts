import type { Change, ProjectionUnit } from './projection-store.js';
import type { Key, ReadModel, Table, TableRecord } from './read-model.js';
import { concerns } from './read-model.js';
import type { ToldRow } from './told-row.js';

const REASON_LENGTH_MAX = 300;

/** Where a line stopped and why. */
export interface Stopped {
  readonly sequence: number;
  readonly reason: string;
}

/** Where a fold finds a document that was there before its rows. */
export interface DocumentSource {
  /** Documents of one table by key; those not there are left out. */
  documents(table: Table, keys: readonly Key[]): Promise<ReadonlyMap<Key, unknown>>;
}

/** What rows come to, not yet written. */
export interface Folded {
  readonly changes: readonly TableChanges[];
  /** The lines stopped. */
  readonly stopped: ReadonlyMap<string, Stopped>;
}

export interface TableChanges {
  readonly table: Table;
  readonly records: ReadonlyMap<Key, Change>;
  /** The same, as the fold knows them. */
  readonly documents: ReadonlyMap<Key, unknown>;
}

/**
 * Folds rows of one read model in memory, on the documents they have a part in. A row that cannot be
 * folded stops its line and leaves no trace of itself; the rows of all other lines go on.
 */
export async function foldRows(
  source: DocumentSource,
  model: ReadModel,
  rows: readonly ToldRow[],
): Promise<Folded> {
  const concerning = rows.filter((row) => concerns(model, row));
  // Records are made once a document at the end, as a rule; row by row where one cannot be made, to
  // find whose fault that is.
  for (const recordsMade of ['at the end', 'row by row'] as const) {
    const documents = await loadDocuments(source, model, concerning);
    const stopped = foldEach(documents, concerning, recordsMade === 'row by row');
    const changes = changesOf(documents);
    if (changes) return { changes, stopped };
  }
  throw new Error(`${model.name} makes a record of a document at one time and not at another`);
}

/** Folds rows into one unit of a read model and writes what changed. Answers the lines stopped. */
export async function foldInto(
  unit: ProjectionUnit,
  model: ReadModel,
  rows: readonly ToldRow[],
): Promise<ReadonlyMap<string, Stopped>> {
  const source = documentsFrom((table, keys) => unit.load(table, keys));
  const { changes, stopped } = await foldRows(source, model, rows);
  await writeChanges(unit, changes);
  return stopped;
}

export async function writeChanges(
  unit: ProjectionUnit,
  changes: readonly TableChanges[],
): Promise<void> {
  for (const { table, records } of changes) await unit.write(table, records);
}

/** Documents made again from the records that `load` gives. */
export function documentsFrom(
  load: (table: Table, keys: readonly Key[]) => Promise<ReadonlyMap<Key, TableRecord>>,
): DocumentSource {
  return {
    documents: async (table, keys) => {
      const documents = new Map<Key, unknown>();
      for (const [key, record] of await load(table, keys)) {
        documents.set(key, table.documentOf(record));
      }
      return documents;
    },
  };
}

function foldEach(
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
function changesOf(documents: readonly HeldDocuments[]): TableChanges[] | undefined {
  try {
    return documents.map((held) => held.changes());
  } catch {
    return undefined; // told again, with its line, when records are made row by row
  }
}

/**
 * Folds the rows after a unit's checkpoint, parks the lines that stop, and advances to `reached`, or
 * past the last row.
 */
export async function foldOnward(
  unit: ProjectionUnit,
  model: ReadModel,
  rows: readonly ToldRow[],
  reached: number = rows.at(-1)?.sequence ?? unit.checkpoint,
): Promise<ReadonlyMap<string, Stopped>> {
  const unparked = rows.filter((row) => !unit.parked.has(row.line));
  const stopped = await foldInto(unit, model, unparked);
  for (const [line, { sequence, reason }] of stopped) await unit.park(line, sequence, reason);
  await unit.advance(reached);
  return stopped;
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
  source: DocumentSource,
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
      for (const [key, document] of await source.documents(table, [...keys])) {
        held.found(key, document);
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

  changes(): TableChanges {
    const records = new Map<Key, Change>();
    const documents = new Map<Key, unknown>();
    for (const key of this.changed) {
      const document = this.documents.get(key);
      const record = this.table.recordOf(document, key);
      records.set(key, { record, existed: this.existing.has(key) });
      documents.set(key, document);
    }
    return { table: this.table, records, documents };
  }
}

function reasonOf(error: unknown): string {
  const told = error instanceof Error ? `${error.name}: ${error.message}` : 'not an error';
  return told.slice(0, REASON_LENGTH_MAX);
}
