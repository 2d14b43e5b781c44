import type { Generation } from '@common-thread/projecting/projection-store';
import type { ColumnKind, ReadModel, Table } from '@common-thread/projecting/read-model';
import { definitionOf, tablesIn } from '@common-thread/projecting/read-model';
import pg from 'pg';

/** A generation of a read model as the store's own table tells it. */
export interface StoredGeneration {
  readonly version: number;
  readonly definition: string;
  /** Counts the builds, so that no two share the name of an index. */
  readonly epoch: number;
  readonly sequence: number;
  /** Whether any line is parked: a batch looks for them only then. */
  readonly parks: boolean;
}

interface StoredRow {
  readonly version: number;
  readonly definition: string;
  readonly epoch: number;
  readonly sequence: string;
  readonly parks: boolean;
}

function storedFrom(row: StoredRow): StoredGeneration {
  return { ...row, sequence: Number(row.sequence) };
}

/** What the store keeps of every read model, and the tables of each. */
export class ProjectionTables {
  constructor(private readonly schema: string) {}

  /** One at a time may make or drop tables here. */
  async lock(client: pg.ClientBase): Promise<void> {
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [this.schema]);
  }

  async createStore(client: pg.ClientBase): Promise<void> {
    await client.query(`
      create schema if not exists ${this.schema};
      create table if not exists ${this.schema}.read_model (
        model text not null,
        generation text not null,
        version integer not null,
        definition text not null,
        epoch integer not null,
        sequence bigint not null,
        parks boolean not null default false,
        primary key (model, generation));
      create table if not exists ${this.schema}.parked_line (
        model text not null,
        generation text not null,
        line text collate "C" not null,
        sequence bigint not null,
        reason text not null,
        parked_at timestamptz(3) not null default now(),
        primary key (model, generation, line));
    `);
  }

  async find(
    client: pg.ClientBase | pg.Pool,
    model: ReadModel,
    generation: Generation,
  ): Promise<StoredGeneration | undefined> {
    const { rows } = await client.query<StoredRow>(this.selectGeneration(model, generation));
    return rows[0] && storedFrom(rows[0]);
  }

  /** Begins a transaction and takes the generation's row, in one exchange with the server. */
  async begin(
    client: pg.ClientBase,
    model: ReadModel,
    generation: Generation,
  ): Promise<StoredGeneration | undefined> {
    // A build lost in a crash is built again from its checkpoint, which is lost with it: its commits
    // need not wait for the disk. The switch does, and with it everything before.
    const durability = generation === 'building' ? 'set local synchronous_commit = off;' : '';
    const taking = `${this.selectGeneration(model, generation)} for update`;
    const results: unknown = await client.query(`begin; ${durability} ${taking}`);
    // Several statements give several results, which the types of pg do not say.
    const last = (Array.isArray(results) ? results.at(-1) : results) as pg.QueryResult<StoredRow>;
    return last.rows[0] && storedFrom(last.rows[0]);
  }

  async take(
    client: pg.ClientBase,
    model: ReadModel,
    generation: Generation,
  ): Promise<StoredGeneration | undefined> {
    const taking = `${this.selectGeneration(model, generation)} for update`;
    const { rows } = await client.query<StoredRow>(taking);
    return rows[0] && storedFrom(rows[0]);
  }

  private selectGeneration(model: ReadModel, generation: Generation): string {
    return `select version, definition, epoch, sequence, parks from ${this.schema}.read_model
      where model = ${pg.escapeLiteral(model.name)} and generation = '${generation}'`;
  }

  async create(
    client: pg.ClientBase,
    model: ReadModel,
    generation: Generation,
    epoch: number,
  ): Promise<void> {
    for (const table of model.tables) {
      await client.query(this.createStatements(table, generation, epoch));
    }
    await client.query(
      `insert into ${this.schema}.read_model
        (model, generation, version, definition, epoch, sequence) values ($1, $2, $3, $4, $5, 0)`,
      [model.name, generation, model.version, definitionOf(model), epoch],
    );
  }

  /** Drops a generation, with its checkpoint and parked lines. */
  async drop(
    client: pg.ClientBase,
    model: ReadModel,
    generation: Generation,
    stored: StoredGeneration,
  ): Promise<void> {
    await this.dropTables(client, generation, stored);
    for (const kept of ['read_model', 'parked_line']) {
      await client.query(
        `delete from ${this.schema}.${kept} where model = $1 and generation = $2`,
        [model.name, generation],
      );
    }
  }

  /** By the names they were made with, which another version may not have. */
  async dropTables(
    client: pg.ClientBase,
    generation: Generation,
    stored: StoredGeneration,
  ): Promise<void> {
    for (const { name } of tablesIn(stored.definition)) {
      await client.query(`drop table if exists ${this.qualified(name, generation)}`);
    }
  }

  /** Gives the built tables the live ones' names; those are gone by then. */
  async rename(client: pg.ClientBase, model: ReadModel): Promise<void> {
    for (const { name } of model.tables) {
      await client.query(`alter table ${this.qualified(name, 'building')} rename to ${name}`);
    }
  }

  qualified(name: string, generation: Generation): string {
    return `${this.schema}.${name}${generation === 'building' ? '__building' : ''}`;
  }

  private createStatements(table: Table, generation: Generation, epoch: number): string {
    const name = this.qualified(table.name, generation);
    const columns = Object.entries(table.columns).map(([column, declared]) => {
      const kind = declared.replace('?', '') as ColumnKind;
      return `${column} ${types[kind]}${declared.endsWith('?') ? '' : ' not null'}`;
    });
    const prefix = `${table.name}_e${epoch}`;
    const primary = `constraint ${prefix}_pkey primary key (${table.key})`;
    const indexes = table.indexes.map(
      (on, index) => `create index ${prefix}_${index + 1} on ${name} (${on});`,
    );
    return `create table ${name} (${[...columns, primary].join(', ')}); ${indexes.join(' ')}`;
  }
}

/** Text sorts by code point, so that an order, and a hash over it, is the same on every machine. */
const types: Readonly<Record<ColumnKind, string>> = {
  text: 'text collate "C"',
  bigint: 'bigint',
  instant: 'timestamptz(3)',
  boolean: 'boolean',
  json: 'json',
  texts: 'text[]',
};
