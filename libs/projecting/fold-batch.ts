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
  const stopped = new Map<string, Stopped>();
  const documents = await loadDocuments(unit, model, rows);
  for (const row of rows) {
    if (stopped.has(row.line)) continue;
    try {
      foldRow(documents, row);
    } catch (error) {
      stopped.set(row.line, { sequence: row.sequence, reason: reasonOf(error) });
    }
  }
  for (const held of documents) await unit.write(held.table, held.changes());
  return stopped;
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
function foldRow(documents: readonly HeldDocuments[], row: ToldRow): void {
  const folded: (() => void)[] = [];
  for (const held of documents) {
    for (const key of held.table.keysOf(row)) {
      const document = held.table.fold(held.get(key), row, key);
      // Worked out before anything is kept, so that a record that cannot be made parks the line.
      const record = held.table.recordOf(document, key);
      folded.push(() => held.put(key, document, record));
    }
  }
  for (const keep of folded) keep();
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
  private readonly changed = new Map<Key, Change>();

  constructor(readonly table: Table) {}

  found(key: Key, document: unknown): void {
    this.documents.set(key, document);
    this.existing.add(key);
  }

  get(key: Key): unknown {
    return this.documents.get(key);
  }

  put(key: Key, document: unknown, record: Change['record']): void {
    this.documents.set(key, document);
    this.changed.set(key, { record, existed: this.existing.has(key) });
  }

  changes(): ReadonlyMap<Key, Change> {
    return this.changed;
  }
}

function reasonOf(error: unknown): string {
  const told = error instanceof Error ? `${error.name}: ${error.message}` : 'not an error';
  return told.slice(0, REASON_LENGTH_MAX);
}
