import type {
  Change,
  Generation,
  ParkedLine,
  ProjectionUnit,
} from '@common-thread/projecting/projection-store';
import type {
  ColumnKind,
  Key,
  ReadModel,
  Table,
  TableRecord,
} from '@common-thread/projecting/read-model';
import pg from 'pg';
import { copyIn, copyLine } from './copy-in.js';
import type { ProjectionTables } from './projection-store-tables.js';

/** A unit on a connection that holds the checkpoint's row until its transaction ends. */
export class PostgresUnit implements ProjectionUnit {
  private reached: number | undefined;

  constructor(
    private readonly client: pg.ClientBase,
    private readonly tables: ProjectionTables,
    private readonly schema: string,
    private readonly model: ReadModel,
    private readonly generation: Generation,
    readonly build: number,
    readonly checkpoint: number,
    readonly parked: ReadonlyMap<string, ParkedLine>,
  ) {}

  load(table: Table, keys: readonly Key[]): Promise<ReadonlyMap<Key, TableRecord>> {
    const name = this.tables.qualified(table.name, this.generation);
    return loadRecords(this.client, table, name, keys);
  }

  /** Changed records are taken out and copied in again with the new ones, in one exchange. */
  async write(table: Table, changes: ReadonlyMap<Key, Change>): Promise<void> {
    if (changes.size === 0) return;
    const name = this.tables.qualified(table.name, this.generation);
    const columns = Object.keys(table.columns);
    const changed: Key[] = [];
    let lines = '';
    for (const [key, { record, existed }] of changes) {
      if (existed) changed.push(key);
      lines += copyLine(columns.map((column) => record[column]));
    }
    const deleting =
      changed.length === 0
        ? ''
        : `delete from ${name} where ${table.key} in (${changed.map(literal).join(', ')});`;
    await copyIn(
      this.client,
      `${deleting} copy ${name} (${columns.join(', ')}) from stdin`,
      lines,
    );
  }

  async park(line: string, sequence: number, reason: string): Promise<void> {
    await this.client.query(
      `insert into ${this.schema}.parked_line (model, generation, line, sequence, reason)
        values ($1, $2, $3, $4, $5)
        on conflict (model, generation, line) do update
        set sequence = excluded.sequence, reason = excluded.reason`,
      [this.model.name, this.generation, line, sequence, reason],
    );
    await this.client.query(
      `update ${this.schema}.read_model set parks = true where model = $1 and generation = $2`,
      [this.model.name, this.generation],
    );
  }

  async unpark(line: string): Promise<void> {
    await this.client.query(
      `delete from ${this.schema}.parked_line
        where model = $1 and generation = $2 and line = $3`,
      [this.model.name, this.generation, line],
    );
    await this.client.query(
      `update ${this.schema}.read_model set parks = exists (
          select from ${this.schema}.parked_line where model = $1 and generation = $2)
        where model = $1 and generation = $2`,
      [this.model.name, this.generation],
    );
  }

  async advance(sequence: number): Promise<void> {
    this.reached = sequence;
  }

  /** The statement that writes the checkpoint, to be sent together with what ends the unit. */
  get advancing(): string {
    if (this.reached === undefined) return '';
    return `update ${this.schema}.read_model set sequence = ${this.reached}
      where model = ${pg.escapeLiteral(this.model.name)} and generation = '${this.generation}';`;
  }
}

export async function loadRecords(
  client: pg.ClientBase | pg.Pool,
  table: Table,
  qualifiedName: string,
  keys: readonly Key[],
): Promise<ReadonlyMap<Key, TableRecord>> {
  const columns = table.loads.map((column) => {
    const kind = (table.columns[column] ?? 'text').replace('?', '') as ColumnKind;
    return `${selected[kind](column)} as ${column}`;
  });
  const { rows } = await client.query<Record<string, TableRecord[string]>>(
    `select ${columns.join(', ')} from ${qualifiedName} where ${table.key} = any($1)`,
    [keys],
  );
  return new Map(rows.map((row) => [row[table.key] as Key, row]));
}

function literal(key: Key): string {
  return typeof key === 'number' ? String(key) : pg.escapeLiteral(key);
}

/** Columns as folds know them: JSON as text, instants in RFC 3339, bigints as numbers. */
const selected: Readonly<Record<ColumnKind, (column: string) => string>> = {
  text: (column) => column,
  bigint: (column) => `${column}::float8`,
  instant: (column) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  boolean: (column) => column,
  json: (column) => `${column}::text`,
  texts: (column) => column,
};
