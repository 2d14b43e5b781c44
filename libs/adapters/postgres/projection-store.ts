import { hash } from 'node:crypto';
import type {
  Generation,
  ParkedLine,
  ProjectionUnit,
  TableHashes,
} from '@common-thread/projecting/projection-store';
import {
  DefinitionChanged,
  NoSuchGeneration,
  OtherVersion,
  ProjectionStore,
  RowsRefused,
} from '@common-thread/projecting/projection-store';
import type { Key, ReadModel, Table, TableRecord } from '@common-thread/projecting/read-model';
import { definitionOf, tablesIn } from '@common-thread/projecting/read-model';
import pg from 'pg';
import { inTransaction, rolledBackUnlessDone } from './in-transaction.js';
import { hashesOfColumns } from './projection-store-hash.js';
import type { StoredGeneration } from './projection-store-tables.js';
import { ProjectionTables } from './projection-store-tables.js';
import { loadRecords, PostgresUnit } from './projection-store-unit.js';

/** How long a switch waits for readers of the live tables before it lets them pass and tries again. */
const SWITCH_LOCK_WAIT_MS = 200;
const LOCK_NOT_AVAILABLE = '55P03';
const NO_SUCH_TABLE = '42P01';

/** Read models in one schema. */
export class PostgresProjectionStore extends ProjectionStore {
  private readonly tables: ProjectionTables;

  constructor(
    private readonly pool: pg.Pool,
    /** The agency's own (agency-database.ts). */
    private readonly schema: string,
  ) {
    super();
    this.tables = new ProjectionTables(schema);
  }

  async prepare(model: ReadModel): Promise<'ready' | 'outdated'> {
    return inTransaction(this.pool, async (client) => {
      await this.tables.lock(client);
      await this.tables.createStore(client);
      const live = await this.tables.find(client, model, 'live');
      if (!live) {
        await this.tables.create(client, model, 'live', 1);
        return 'ready';
      }
      if (live.version !== model.version) return 'outdated';
      if (live.definition !== definitionOf(model)) throw new DefinitionChanged(model);
      return 'ready';
    });
  }

  async transact<T>(
    model: ReadModel,
    generation: Generation,
    work: (unit: ProjectionUnit) => Promise<T>,
  ): Promise<T> {
    try {
      return await rolledBackUnlessDone(this.pool, async (client) => {
        const stored = await this.tables.begin(client, model, generation);
        const unit = await this.unit(client, model, generation, stored);
        const result = await work(unit);
        await client.query(`${unit.advancing} commit`);
        return result;
      });
    } catch (error) {
      throw refusedRows(error) ?? error;
    }
  }

  async load(
    model: ReadModel,
    generation: Generation,
    table: Table,
    keys: readonly Key[],
  ): Promise<ReadonlyMap<Key, TableRecord>> {
    try {
      const name = this.tables.qualified(table.name, generation);
      return await loadRecords(this.pool, table, name, keys);
    } catch (error) {
      const gone = error instanceof pg.DatabaseError && error.code === NO_SUCH_TABLE;
      throw gone ? new NoSuchGeneration(model, generation) : error;
    }
  }

  async checkpoint(model: ReadModel, generation: Generation): Promise<number | undefined> {
    return (await this.tables.find(this.pool, model, generation))?.sequence;
  }

  async parked(model: ReadModel, generation: Generation): Promise<readonly ParkedLine[]> {
    return this.parkedLines(this.pool, model, generation);
  }

  async hash(model: ReadModel, generation: Generation): Promise<TableHashes> {
    // A snapshot sees one moment for as long as this takes, and a transaction that only reads holds
    // nobody's feed up.
    return inTransaction(
      this.pool,
      async (client) => {
        const stored = await this.tables.find(client, model, generation);
        if (!stored) throw new NoSuchGeneration(model, generation);
        const tables: Record<string, string> = {};
        const columns: Record<string, Readonly<Record<string, string>>> = {};
        for (const table of tablesIn(stored.definition)) {
          const name = this.tables.qualified(table.name, generation);
          columns[table.name] = await hashesOfColumns(client, table, name);
          tables[table.name] = hash('sha256', JSON.stringify(columns[table.name]));
        }
        const { version, sequence } = stored;
        return { version, sequence, tables, columns };
      },
      'begin isolation level repeatable read read only',
    );
  }

  async beginBuilding(model: ReadModel, restart: boolean): Promise<number> {
    return inTransaction(this.pool, async (client) => {
      await this.tables.lock(client);
      const live = await this.tables.find(client, model, 'live');
      const found = await this.tables.take(client, model, 'building');
      const ofThisVersion =
        found?.version === model.version && found.definition === definitionOf(model);
      if (found && ofThisVersion && !restart) return found.sequence;
      if (found) await this.tables.drop(client, model, 'building', found);
      const epoch = Math.max(live?.epoch ?? 0, found?.epoch ?? 0) + 1;
      await this.tables.create(client, model, 'building', epoch);
      return 0;
    });
  }

  async switchOver(
    model: ReadModel,
    ready: (building: ProjectionUnit, liveCheckpoint: number) => Promise<boolean>,
  ): Promise<boolean> {
    for (const { name } of model.tables) {
      // The planner knows nothing of new tables until they are analysed.
      await this.pool.query(`analyze ${this.tables.qualified(name, 'building')}`);
    }
    try {
      return await inTransaction(this.pool, async (client) => {
        const live = await this.tables.take(client, model, 'live');
        if (!live) throw new NoSuchGeneration(model, 'live');
        const building = await this.tables.take(client, model, 'building');
        const unit = await this.unit(client, model, 'building', building);
        if (!(await ready(unit, live.sequence))) return false;
        if (unit.advancing) await client.query(unit.advancing);
        await this.replaceLive(client, model, live);
        return true;
      });
    } catch (error) {
      // Somebody reads the live tables for long: let those queued behind us pass first.
      if (error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE) return false;
      throw refusedRows(error) ?? error;
    }
  }

  /** The live checkpoint's row stays, because other runners wait on it; it takes on what was built. */
  private async replaceLive(
    client: pg.ClientBase,
    model: ReadModel,
    live: StoredGeneration,
  ): Promise<void> {
    const { schema } = this;
    await client.query(`set local lock_timeout = ${SWITCH_LOCK_WAIT_MS}`);
    await this.tables.dropTables(client, 'live', live);
    await this.tables.rename(client, model);
    await client.query(
      `update ${schema}.read_model l
        set version = b.version, definition = b.definition, epoch = b.epoch,
          sequence = b.sequence, parks = b.parks
        from ${schema}.read_model b
        where l.model = $1 and l.generation = 'live' and b.model = $1 and b.generation = 'building'`,
      [model.name],
    );
    await client.query(
      `delete from ${schema}.read_model where model = $1 and generation = 'building'`,
      [model.name],
    );
    await client.query(
      `delete from ${schema}.parked_line where model = $1 and generation = 'live'`,
      [model.name],
    );
    await client.query(`update ${schema}.parked_line set generation = 'live' where model = $1`, [
      model.name,
    ]);
  }

  private async unit(
    client: pg.ClientBase,
    model: ReadModel,
    generation: Generation,
    stored: StoredGeneration | undefined,
  ): Promise<PostgresUnit> {
    if (!stored) throw new NoSuchGeneration(model, generation);
    if (stored.version !== model.version) throw new OtherVersion(model, stored.version);
    // By a statement of its own, once the row is held: the one that waited for it still sees the past.
    const parked = stored.parks ? await this.parkedLines(client, model, generation) : [];
    return new PostgresUnit(
      client,
      this.tables,
      this.schema,
      model,
      generation,
      stored.epoch,
      stored.sequence,
      new Map(parked.map((line) => [line.line, line])),
    );
  }

  private async parkedLines(
    client: pg.ClientBase | pg.Pool,
    model: ReadModel,
    generation: Generation,
  ): Promise<ParkedLine[]> {
    const { rows } = await client.query<{
      line: string;
      sequence: string;
      reason: string;
      parked_at: Date;
    }>(
      `select line, sequence, reason, parked_at from ${this.schema}.parked_line
        where model = $1 and generation = $2 order by sequence`,
      [model.name, generation],
    );
    return rows.map(({ line, sequence, reason, parked_at }) => ({
      line,
      sequence: Number(sequence),
      reason,
      parkedAt: parked_at,
    }));
  }
}

/** Data exceptions, broken constraints and limits of the store: trying again will not help. */
function refusedRows(error: unknown): RowsRefused | undefined {
  if (!(error instanceof pg.DatabaseError)) return undefined;
  return /^(22|23|54)/.test(error.code ?? '')
    ? new RowsRefused(`SQLSTATE ${error.code}`)
    : undefined;
}
