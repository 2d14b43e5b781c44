import type { Key, ReadModel, Table, TableRecord } from './read-model.js';

/** The tables pages read, or those being built beside them. */
export type Generation = 'live' | 'building';

/** A line a projection stopped at, because one of its rows could not be folded. All others go on. */
export interface ParkedLine {
  readonly line: string;
  /** The row that could not be folded; it and all later ones of its line wait. */
  readonly sequence: number;
  /** The error's own name and words. */
  readonly reason: string;
  readonly parkedAt: Date;
}

export interface Change {
  readonly record: TableRecord;
  /** Whether a record of this key was there before. */
  readonly existed: boolean;
}

/** One transaction on one generation of a read model, holding its checkpoint against everybody else. */
export interface ProjectionUnit {
  /** Counts the builds of this read model's tables: another number means other tables. */
  readonly build: number;
  /** The last sequence folded; 0 at first. */
  readonly checkpoint: number;
  /** Parked lines by line. */
  readonly parked: ReadonlyMap<string, ParkedLine>;
  /** Records by key, with the columns the table `loads`. */
  load(table: Table, keys: readonly Key[]): Promise<ReadonlyMap<Key, TableRecord>>;
  write(table: Table, changes: ReadonlyMap<Key, Change>): Promise<void>;
  /** Parks a line, or moves where it is parked. */
  park(line: string, sequence: number, reason: string): Promise<void>;
  unpark(line: string): Promise<void>;
  advance(sequence: number): Promise<void>;
}

/** Hashes of each table's records in order of key: equal exactly where the tables are. */
export interface TableHashes {
  /** Of the tables found, which may be another than the model's. */
  readonly version: number;
  /** The checkpoint at which they were taken. */
  readonly sequence: number;
  readonly tables: Readonly<Record<string, string>>;
  /** By table and column: the column's values, each with its key. */
  readonly columns: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Keeps read models: tables, checkpoints, parked lines. Guarantees every adapter keeps
 * (test/contracts/projection-store.contract.ts):
 * - what a unit wrote is there as a whole, its checkpoint included, or not at all;
 * - units of one generation follow one another, whoever asks for them;
 * - `hash` sees one moment, however long it takes, and holds nobody up;
 * - a switch is seen as a whole, and no reader meets an error because of it.
 */
export abstract class ProjectionStore {
  /**
   * Makes the live tables where there are none. `outdated`: there are some of another version, to be
   * rebuilt before anything is folded.
   * @throws DefinitionChanged when the tables differ and the version does not
   */
  abstract prepare(model: ReadModel): Promise<'ready' | 'outdated'>;

  /**
   * Runs `work` in one transaction.
   * @throws NoSuchGeneration
   * @throws OtherVersion when the tables are of another version than the model
   * @throws RowsRefused when the store can never hold what was written; nothing was
   * @throws whatever `work` throws; nothing was written
   */
  abstract transact<T>(
    model: ReadModel,
    generation: Generation,
    work: (unit: ProjectionUnit) => Promise<T>,
  ): Promise<T>;

  /**
   * Records by key as they are committed, with the columns the table `loads`; holds nobody up.
   * @throws NoSuchGeneration
   */
  abstract load(
    model: ReadModel,
    generation: Generation,
    table: Table,
    keys: readonly Key[],
  ): Promise<ReadonlyMap<Key, TableRecord>>;

  /** The last sequence folded; undefined where there is no such generation. */
  abstract checkpoint(model: ReadModel, generation: Generation): Promise<number | undefined>;

  abstract parked(model: ReadModel, generation: Generation): Promise<readonly ParkedLine[]>;

  abstract hash(model: ReadModel, generation: Generation): Promise<TableHashes>;

  /**
   * Makes tables to build in, or finds those of an unfinished build of this version; `restart` drops
   * them first. Answers their checkpoint.
   */
  abstract beginBuilding(model: ReadModel, restart: boolean): Promise<number>;

  /**
   * Puts the built tables in the place of the live ones, which are dropped, and their checkpoint and
   * parked lines with them, if `ready` (given the building unit and the live checkpoint, both held
   * meanwhile) says so. Answers what it said.
   */
  abstract switchOver(
    model: ReadModel,
    ready: (building: ProjectionUnit, liveCheckpoint: number) => Promise<boolean>,
  ): Promise<boolean>;
}

/** A read model's tables were changed and its version was not: raise it, so that they are rebuilt. */
export class DefinitionChanged extends Error {
  override readonly name = 'DefinitionChanged';
  constructor(model: ReadModel) {
    super(`${model.name} changed at version ${model.version}: raise its version to rebuild it`);
  }
}

/**
 * The tables are of another version than this process folds: it was started before they were rebuilt, or
 * has not rebuilt them yet. Nothing was written.
 */
export class OtherVersion extends Error {
  override readonly name = 'OtherVersion';
  constructor(model: ReadModel, found: number) {
    super(`${model.name} is kept at version ${found}; version ${model.version} cannot fold it`);
  }
}

/** The store can never hold these records, whatever is tried: one of them is at fault. */
export class RowsRefused extends Error {
  override readonly name = 'RowsRefused';
}

/** No tables of that generation: `prepare` or `beginBuilding` comes first. */
export class NoSuchGeneration extends Error {
  override readonly name = 'NoSuchGeneration';
  constructor(model: ReadModel, generation: Generation) {
    super(`${model.name} has no ${generation} tables`);
  }
}
