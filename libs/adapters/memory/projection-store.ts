import { hash } from 'node:crypto';
import type {
  Change,
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
import type {
  Key,
  ReadModel,
  Table,
  TableDefinition,
  TableRecord,
} from '@common-thread/projecting/read-model';
import { definitionOf, tablesIn } from '@common-thread/projecting/read-model';

interface Built {
  readonly build: number;
  version: number;
  definition: string;
  sequence: number;
  readonly tables: ReadonlyMap<string, Map<Key, TableRecord>>;
  readonly parked: Map<string, ParkedLine>;
}

/** Read models in memory, for tests and simulations. Refuses NUL as PostgreSQL does. */
export class MemoryProjectionStore extends ProjectionStore {
  private readonly generations = new Map<string, Built>();
  private readonly turns = new Map<string, Promise<unknown>>();
  private builds = 0;

  constructor(private readonly now: () => Date = () => new Date(0)) {
    super();
  }

  async prepare(model: ReadModel): Promise<'ready' | 'outdated'> {
    const live = this.generations.get(nameOf(model, 'live'));
    if (!live) {
      this.generations.set(nameOf(model, 'live'), this.emptyTables(model));
      return 'ready';
    }
    if (live.version !== model.version) return 'outdated';
    if (live.definition !== definitionOf(model)) throw new DefinitionChanged(model);
    return 'ready';
  }

  async transact<T>(
    model: ReadModel,
    generation: Generation,
    work: (unit: ProjectionUnit) => Promise<T>,
  ): Promise<T> {
    return this.inTurn(model, generation, async () => {
      const unit = this.unit(model, generation);
      const result = await work(unit);
      unit.commit();
      return result;
    });
  }

  async load(
    model: ReadModel,
    generation: Generation,
    table: Table,
    keys: readonly Key[],
  ): Promise<ReadonlyMap<Key, TableRecord>> {
    return recordsOf(this.built(model, generation), table, keys);
  }

  async checkpoint(model: ReadModel, generation: Generation): Promise<number | undefined> {
    return this.generations.get(nameOf(model, generation))?.sequence;
  }

  async parked(model: ReadModel, generation: Generation): Promise<readonly ParkedLine[]> {
    const parked = [...(this.generations.get(nameOf(model, generation))?.parked.values() ?? [])];
    return parked.sort((a, b) => a.sequence - b.sequence);
  }

  async hash(model: ReadModel, generation: Generation): Promise<TableHashes> {
    const { version, definition, sequence, tables } = this.built(model, generation);
    const columns: Record<string, Readonly<Record<string, string>>> = {};
    for (const table of tablesIn(definition)) {
      columns[table.name] = hashesOfColumns(table, tables.get(table.name) ?? new Map());
    }
    const whole = Object.entries(columns).map(([name, hashes]) => [name, hashOf(hashes)] as const);
    return { version, sequence, tables: Object.fromEntries(whole), columns };
  }

  async beginBuilding(model: ReadModel, restart: boolean): Promise<number> {
    const name = nameOf(model, 'building');
    const found = this.generations.get(name);
    if (found && !restart && found.definition === definitionOf(model)) return found.sequence;
    this.generations.set(name, this.emptyTables(model));
    return 0;
  }

  async switchOver(
    model: ReadModel,
    ready: (building: ProjectionUnit, liveCheckpoint: number) => Promise<boolean>,
  ): Promise<boolean> {
    return this.inTurn(model, 'live', () =>
      this.inTurn(model, 'building', async () => {
        const unit = this.unit(model, 'building');
        if (!(await ready(unit, this.built(model, 'live').sequence))) return false;
        unit.commit();
        this.generations.set(nameOf(model, 'live'), this.built(model, 'building'));
        this.generations.delete(nameOf(model, 'building'));
        return true;
      }),
    );
  }

  /** The live records of one table, in order of key. */
  records(model: ReadModel, table: Table): readonly TableRecord[] {
    const held = this.built(model, 'live').tables.get(table.name) ?? new Map();
    return inOrder(held).map(([, record]) => record);
  }

  private inTurn<T>(model: ReadModel, generation: Generation, work: () => Promise<T>): Promise<T> {
    const name = nameOf(model, generation);
    const turn = (this.turns.get(name) ?? Promise.resolve()).then(work);
    // The next in turn waits for this one however it ends; its caller hears of it.
    this.turns.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }

  private built(model: ReadModel, generation: Generation): Built {
    const built = this.generations.get(nameOf(model, generation));
    if (!built) throw new NoSuchGeneration(model, generation);
    return built;
  }

  private unit(model: ReadModel, generation: Generation): MemoryUnit {
    const built = this.built(model, generation);
    if (built.version !== model.version) throw new OtherVersion(model, built.version);
    return new MemoryUnit(built, this.now);
  }

  private emptyTables(model: ReadModel): Built {
    this.builds += 1;
    return {
      build: this.builds,
      version: model.version,
      definition: definitionOf(model),
      sequence: 0,
      tables: new Map(model.tables.map((table) => [table.name, new Map()])),
      parked: new Map(),
    };
  }
}

/** Keeps what it is told to itself until it is committed. */
class MemoryUnit implements ProjectionUnit {
  readonly build: number;
  readonly checkpoint: number;
  readonly parked: ReadonlyMap<string, ParkedLine>;
  private readonly todo: (() => void)[] = [];

  constructor(
    private readonly built: Built,
    private readonly now: () => Date,
  ) {
    this.build = built.build;
    this.checkpoint = built.sequence;
    this.parked = new Map(built.parked);
  }

  commit(): void {
    for (const write of this.todo) write();
  }

  async load(table: Table, keys: readonly Key[]): Promise<ReadonlyMap<Key, TableRecord>> {
    return recordsOf(this.built, table, keys);
  }

  async write(table: Table, changes: ReadonlyMap<Key, Change>): Promise<void> {
    for (const [key, { record, existed }] of changes) {
      if (Object.values(record).flat().some(holdsNul)) throw new RowsRefused('text holds NUL');
      const records = this.built.tables.get(table.name);
      if (records?.has(key) !== existed) throw new RowsRefused(`key ${key} is taken or missing`);
      this.todo.push(() => records?.set(key, record));
    }
  }

  async park(line: string, sequence: number, reason: string): Promise<void> {
    const parkedAt = this.parked.get(line)?.parkedAt ?? this.now();
    this.todo.push(() => this.built.parked.set(line, { line, sequence, reason, parkedAt }));
  }

  async unpark(line: string): Promise<void> {
    this.todo.push(() => this.built.parked.delete(line));
  }

  async advance(sequence: number): Promise<void> {
    this.todo.push(() => {
      this.built.sequence = sequence;
    });
  }
}

function holdsNul(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\0');
}

function nameOf(model: ReadModel, generation: Generation): string {
  return `${model.name} ${generation}`;
}

function recordsOf(
  built: Built,
  table: Table,
  keys: readonly Key[],
): ReadonlyMap<Key, TableRecord> {
  const records = built.tables.get(table.name);
  return new Map(
    keys.flatMap((key) => {
      const record = records?.get(key);
      return record ? [[key, record] as const] : [];
    }),
  );
}

function inOrder(records: ReadonlyMap<Key, TableRecord>): [Key, TableRecord][] {
  return [...records].sort(([a], [b]) => (a < b ? -1 : 1));
}

function hashesOfColumns(
  table: TableDefinition,
  records: ReadonlyMap<Key, TableRecord>,
): Readonly<Record<string, string>> {
  const ordered = inOrder(records);
  const columns = Object.keys(table.columns).sort();
  return Object.fromEntries(
    columns.map((column) => [
      column,
      hashOf(ordered.map(([key, record]) => [key, record[column]])),
    ]),
  );
}

function hashOf(value: unknown): string {
  return hash('sha256', JSON.stringify(value), 'hex');
}
