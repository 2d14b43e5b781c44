import type { Contribution } from './contributions.js';
import { foldContributions } from './contributions.js';
import type { ToldRow } from './told-row.js';

/**
 * What a column holds; `?` where it may be null. `instant` is an RFC 3339 UTC instant, `json` a JSON
 * text (written as it is, so that an unopened body passes through unparsed), `texts` a list.
 */
export type ColumnKind = 'text' | 'bigint' | 'instant' | 'boolean' | 'json' | 'texts';
export type Column = ColumnKind | `${ColumnKind}?`;
export type Columns = Readonly<Record<string, Column>>;

export type ColumnValue = string | number | boolean | readonly string[] | null;
export type TableRecord = Readonly<Record<string, ColumnValue>>;

interface Written {
  text: string;
  bigint: number;
  instant: string;
  boolean: boolean;
  json: string;
  texts: readonly string[];
}

/** What a query reads back through `pg`: a bigint comes as text, JSON parsed. */
interface Read {
  text: string;
  bigint: string;
  instant: Date;
  boolean: boolean;
  json: unknown;
  texts: string[];
}

type ValueOf<Kinds, C extends Column> = C extends `${infer K extends ColumnKind & keyof Kinds}?`
  ? Kinds[K] | null
  : C extends keyof Kinds
    ? Kinds[C]
    : never;

/** A record as a fold writes it. */
export type RecordOf<C extends Columns> = { readonly [K in keyof C]: ValueOf<Written, C[K]> };
/** A record as a query selects it. */
export type SelectedOf<C extends Columns> = { [K in keyof C]: ValueOf<Read, C[K]> };

export type Key = string | number;

/** One table of a read model: documents by key, each a pure fold of the rows told about it. */
export interface Table<C extends Columns = Columns> {
  /** The live table: `triage_queue_contact`. */
  readonly name: string;
  readonly columns: C;
  /** Primary key. */
  readonly key: string;
  /** Column lists as SQL, such as `line, occurred_at desc`. */
  readonly indexes: readonly string[];
  /** Columns from which `documentOf` makes a document again. */
  readonly loads: readonly string[];
  /** Documents a row has a part in; none where it is nothing to this table. */
  keysOf(row: ToldRow): readonly Key[];
  /** True where no document of this key can be there yet, so that none is looked for. */
  begins(row: ToldRow): boolean;
  fold(document: unknown, row: ToldRow, key: Key): unknown;
  recordOf(document: unknown, key: Key): TableRecord;
  documentOf(record: TableRecord): unknown;
}

/** What one page or route needs: tables folded together under one checkpoint, rebuilt together. */
export interface ReadModel {
  /** Kebab-case: `triage-queue`. */
  readonly name: string;
  /** Raised whenever a column or a fold changes; the tables are then built anew beside the old. */
  readonly version: number;
  /**
   * The kinds of thing it folds, first parts of public names, such as `contact`; rows about others are
   * nothing to it and need not be read. Left out, it folds rows about anything.
   */
  readonly matters?: readonly string[];
  /**
   * What this version's records differ in from those of the version before, where its fold changed. A
   * rebuild compares the two and switches only where they differ in nothing else.
   */
  readonly differs?: readonly DeclaredDifference[];
  readonly tables: readonly Table[];
}

export interface DeclaredDifference {
  readonly table: string;
  /** Columns, or `records` where there are to be others than there were. */
  readonly in: 'records' | readonly string[];
  /** For whoever rebuilds: what changed and why. */
  readonly because: string;
}

/** Whether a read model folds a row, its tables apart: what an inbox may leave out when asked for less. */
export function concerns(model: ReadModel, row: ToldRow): boolean {
  return model.matters === undefined || model.matters.includes(row.matter);
}

interface DocumentTableSpec<C extends Columns, Document> {
  readonly name: string;
  readonly columns: C;
  readonly indexes?: readonly string[];
  readonly keysOf: (row: ToldRow) => readonly string[];
  readonly fold: (document: Document | undefined, row: ToldRow, key: string) => Document;
  readonly columnsOf: (document: Document, key: string) => RecordOf<C>;
}

const documentColumns = { key: 'text', document: 'json' } as const satisfies Columns;
type DocumentColumns = typeof documentColumns;

/**
 * A table of documents with a state of their own, kept beside the columns it is read by. Documents must
 * survive JSON unchanged.
 */
export function documentTable<const C extends Columns, Document>(
  spec: DocumentTableSpec<C, Document>,
): Table<C & DocumentColumns> {
  return {
    name: spec.name,
    columns: { ...spec.columns, ...documentColumns },
    key: 'key',
    indexes: spec.indexes ?? [],
    loads: ['key', 'document'],
    keysOf: spec.keysOf,
    begins: () => false,
    fold: (document, row, key) => spec.fold(document as Document | undefined, row, String(key)),
    recordOf: (document, key) => ({
      ...(spec.columnsOf(document as Document, String(key)) as TableRecord),
      key,
      document: JSON.stringify(document),
    }),
    documentOf: (record) => JSON.parse(String(record.document)) as Document,
  };
}

/** A document table whose documents are the contributions of the rows told about each. */
export function contributionTable<const C extends Columns>(
  spec: Omit<DocumentTableSpec<C, readonly Contribution[]>, 'fold'>,
): Table<C & DocumentColumns> {
  return documentTable<C, readonly Contribution[]>({
    ...spec,
    fold: (held, row) => foldContributions(held ?? [], row),
  });
}

interface LineTableSpec<C extends Columns> {
  readonly name: string;
  /** With a `sequence`, the primary key: that of the row a line is about. */
  readonly columns: C & { readonly sequence: 'bigint' };
  readonly indexes?: readonly string[];
  /** Whether the row that `row` is, or finally follows, has a line in this table. */
  readonly wants: (row: ToldRow) => boolean;
  readonly begin: (row: ToldRow) => RecordOf<C>;
  /** Folds a correction or withdrawal into the line it is about. */
  readonly follow: (record: RecordOf<C>, row: ToldRow) => RecordOf<C>;
}

/** A table with a line for each row told: new rows are plain inserts, only what follows one looks it up. */
export function lineTable<const C extends Columns>(spec: LineTableSpec<C>): Table<C> {
  return {
    name: spec.name,
    columns: spec.columns,
    key: 'sequence',
    indexes: spec.indexes ?? [],
    loads: Object.keys(spec.columns),
    keysOf: (row) => (spec.wants(row) ? [row.origin.sequence] : []),
    begins: (row) => !row.follows,
    fold: (record, row) => {
      if (!row.follows) return spec.begin(row);
      if (record === undefined) throw new LineMissing(row);
      return spec.follow(record as RecordOf<C>, row);
    },
    recordOf: (record) => record as TableRecord,
    documentOf: (record) => record,
  };
}

interface JournalTableSpec<C extends Columns> extends Omit<LineTableSpec<C>, 'follow'> {
  /** Whether this row, as it is, has a line; corrections and withdrawals are rows like others here. */
  readonly wants: (row: ToldRow) => boolean;
}

/** A table with a line for every row that came, from its envelope alone: what came is never taken back. */
export function journalTable<const C extends Columns>(spec: JournalTableSpec<C>): Table<C> {
  return {
    ...lineTable({ ...spec, follow: (record) => record }),
    keysOf: (row) => (spec.wants(row) ? [row.sequence] : []),
    begins: () => true,
    fold: (_, row) => spec.begin(row),
  };
}

/** A correction or withdrawal came of a row that has no line. */
export class LineMissing extends Error {
  override readonly name = 'LineMissing';
  constructor(row: ToldRow) {
    super(`row ${row.sequence} follows row ${row.origin.sequence}, which has no line here`);
  }
}

/** What a table looks like, its folding apart: all that is known of one of another version. */
export type TableDefinition = Pick<Table, 'name' | 'columns' | 'key' | 'indexes'>;

/** Says what a read model's tables look like, so that a change without a new version is noticed. */
export function definitionOf(model: ReadModel): string {
  const tables: TableDefinition[] = model.tables.map(({ name, columns, key, indexes }) => ({
    name,
    columns,
    key,
    indexes,
  }));
  return JSON.stringify(tables);
}

export function tablesIn(definition: string): readonly TableDefinition[] {
  return JSON.parse(definition) as readonly TableDefinition[];
}

/** @throws when a table's name, its key or a declared difference cannot be right */
export function defineReadModel(model: ReadModel): ReadModel {
  if (!/^[a-z]+(-[a-z]+)*$/.test(model.name)) throw new Error(`${model.name} is not kebab-case`);
  for (const table of model.tables) {
    if (!/^[a-z]+(_[a-z]+)*$/.test(table.name)) throw new Error(`${table.name} is no table name`);
    if (!(table.key in table.columns)) throw new Error(`${table.name} has no ${table.key}`);
  }
  for (const { table: name, in: where } of model.differs ?? []) {
    const table = model.tables.find((one) => one.name === name);
    const unknown = where === 'records' ? [] : where.filter((column) => !table?.columns[column]);
    if (!table || unknown.length > 0) {
      throw new Error(
        `${model.name} says it differs in ${name} ${unknown.join()}, which it has not`,
      );
    }
  }
  const names = new Set(model.tables.map((table) => table.name));
  if (names.size !== model.tables.length) throw new Error(`${model.name} names a table twice`);
  return model;
}
