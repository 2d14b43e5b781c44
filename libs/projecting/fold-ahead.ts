import type { Folded } from './fold-batch.js';
import { documentsFrom, foldRows, writeChanges } from './fold-batch.js';
import type { Generation, ProjectionStore } from './projection-store.js';
import { RowsRefused } from './projection-store.js';
import type { Key, ReadModel, Table } from './read-model.js';
import type { ToldRow } from './told-row.js';

/** Rows that follow `after`, and how far they reach. */
export interface Batch {
  readonly after: number;
  readonly rows: readonly ToldRow[];
  readonly reached: number;
}

/** How one unit ended. */
export interface Step {
  readonly checkpoint: number;
  /** Which build of the tables it found. */
  readonly build: number;
  /** It did what it set out to do, and no line is parked: the next batch may be folded ahead. */
  readonly quiet: boolean;
}

interface Writing {
  readonly folded: Folded;
  readonly done: Promise<Step>;
}

/**
 * Folds a batch while the one before is being written: what that one changed is taken from memory,
 * all else as it is committed. This is sound while nobody else writes. The unit that writes makes
 * sure of it before it does: same tables, the checkpoint where the batch before left it. A parked line
 * being retried is written without moving the checkpoint, so nothing is folded ahead while one is
 * parked. Otherwise what was folded ahead is thrown away, and the batch is folded again inside a unit.
 */
export class FoldAhead {
  private writing: Writing | undefined;

  constructor(
    private readonly store: ProjectionStore,
    private readonly model: ReadModel,
    private readonly generation: Generation,
    /** How the last finished unit ended. */
    private last: Step,
  ) {}

  /**
   * Folds a batch and begins to write it, after the one before is written. Answers how that ended;
   * unless quiet and where this batch begins, this batch was dropped.
   */
  async take(batch: Batch): Promise<Step> {
    const folded = await foldRows(
      { documents: (table, keys) => this.documents(table, keys) },
      this.model,
      batch.rows,
    );
    const before = await this.finish();
    if (!before.quiet || before.checkpoint !== batch.after) return before;
    const done = this.write(folded, batch);
    done.catch(() => undefined); // heard of when it is awaited
    this.writing = { folded, done };
    return before;
  }

  /** Waits for what is being written and answers how it ended. */
  async finish(): Promise<Step> {
    const { writing } = this;
    this.writing = undefined;
    if (writing) this.last = await writing.done;
    return this.last;
  }

  private async documents(table: Table, keys: readonly Key[]): Promise<ReadonlyMap<Key, unknown>> {
    const known = new Map<Key, unknown>();
    const changed = this.writing?.folded.changes.find((change) => change.table === table);
    const unknown = keys.filter((key) => {
      if (!changed?.documents.has(key)) return true;
      known.set(key, changed.documents.get(key));
      return false;
    });
    if (unknown.length === 0) return known;
    const committed = documentsFrom((from, wanted) =>
      this.store.load(this.model, this.generation, from, wanted),
    );
    return new Map([...known, ...(await committed.documents(table, unknown))]);
  }

  private async write({ changes, stopped }: Folded, batch: Batch): Promise<Step> {
    const { build } = this.last;
    try {
      return await this.store.transact(this.model, this.generation, async (unit) => {
        const asExpected = unit.build === build && unit.checkpoint === batch.after;
        if (!asExpected) return { checkpoint: unit.checkpoint, build: unit.build, quiet: false };
        await writeChanges(unit, changes);
        for (const [line, { sequence, reason }] of stopped)
          await unit.park(line, sequence, reason);
        await unit.advance(batch.reached);
        return { checkpoint: batch.reached, build, quiet: stopped.size === 0 };
      });
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      return { checkpoint: batch.after, build, quiet: false };
    }
  }
}
