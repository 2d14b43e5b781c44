import { foldInto, foldOnward } from './fold-batch.js';
import type { Inbox } from './inbox.js';
import type { Generation, ParkedLine, ProjectionStore } from './projection-store.js';
import { RowsRefused } from './projection-store.js';
import type { ReadModel } from './read-model.js';
import type { ToldRow } from './told-row.js';

/** Rows folded in one transaction: longer ones would hide new events from every reader of the log. */
export const BATCH_ROWS_MAX = 1_000;

export interface CatchUpOptions {
  /** Fold no row after this sequence. */
  readonly to?: number;
  readonly signal?: AbortSignal;
  /** Told after each transaction, with the checkpoint. */
  readonly onAdvanced?: (checkpoint: number) => void;
}

/** Folds an inbox into one generation of one read model. */
export class ProjectionRunner {
  constructor(
    private readonly inbox: Inbox,
    private readonly store: ProjectionStore,
    readonly model: ReadModel,
    private readonly generation: Generation = 'live',
  ) {}

  /** Folds all there is, a transaction a batch, and answers the checkpoint reached. */
  async catchUp(options: CatchUpOptions = {}): Promise<number> {
    const { to = Number.MAX_SAFE_INTEGER, signal, onAdvanced } = options;
    let checkpoint = (await this.store.checkpoint(this.model, this.generation)) ?? 0;
    let next = this.read(checkpoint, to);
    while (!signal?.aborted) {
      const rows = await next;
      const last = rows.at(-1);
      if (!last) break;
      // The next batch is read while this one is folded and written.
      next = this.read(last.sequence, to);
      const reached = await this.fold(rows, checkpoint);
      if (reached !== last.sequence) next = this.read(reached, to);
      checkpoint = reached;
      onAdvanced?.(checkpoint);
    }
    return checkpoint;
  }

  /** Tries parked lines again, in order, and answers those still parked. */
  async retryParked(): Promise<readonly ParkedLine[]> {
    for (const { line } of await this.store.parked(this.model, this.generation)) {
      while (await this.retry(line));
    }
    return this.store.parked(this.model, this.generation);
  }

  private read(after: number, to: number): Promise<readonly ToldRow[]> {
    const limit = Math.min(BATCH_ROWS_MAX, to - after);
    const rows = limit <= 0 ? Promise.resolve([]) : this.inbox.read(after, limit);
    // Awaited in its turn; until then a failure must not count as unhandled.
    rows.catch(() => undefined);
    return rows;
  }

  /** Folds rows that follow `after`; passes them over where another runner was faster. */
  private async fold(rows: readonly ToldRow[], after: number): Promise<number> {
    try {
      return await this.store.transact(this.model, this.generation, async (unit) => {
        if (unit.checkpoint !== after) return unit.checkpoint;
        return foldOnward(unit, this.model, rows);
      });
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      const [only, ...others] = rows;
      if (only && others.length === 0) return this.parkRefused(only, after, error);
      return this.foldHalves(rows, after);
    }
  }

  /** Finds the rows the store refuses, so that they park their own lines and no others. */
  private async foldHalves(rows: readonly ToldRow[], after: number): Promise<number> {
    const half = Math.ceil(rows.length / 2);
    const middle = rows[half - 1]?.sequence ?? after;
    const reached = await this.fold(rows.slice(0, half), after);
    return reached === middle ? this.fold(rows.slice(half), middle) : reached;
  }

  private parkRefused(row: ToldRow, after: number, refused: RowsRefused): Promise<number> {
    return this.store.transact(this.model, this.generation, async (unit) => {
      if (unit.checkpoint !== after) return unit.checkpoint;
      await unit.park(row.line, row.sequence, `${refused.name}: ${refused.message}`);
      await unit.advance(row.sequence);
      return row.sequence;
    });
  }

  /** One transaction of a parked line; true while there is more of it and nothing stopped it again. */
  private async retry(line: string): Promise<boolean> {
    try {
      return await this.store.transact(this.model, this.generation, async (unit) => {
        const parked = unit.parked.get(line);
        if (!parked) return false;
        const { sequence: from, reason } = parked;
        const rows = await this.inbox.readLine(line, from, unit.checkpoint, BATCH_ROWS_MAX);
        const stopped = (await foldInto(unit, this.model, rows)).get(line);
        const last = rows.at(-1);
        const more = !stopped && last !== undefined && rows.length === BATCH_ROWS_MAX;
        if (stopped) await unit.park(line, stopped.sequence, stopped.reason);
        else if (more) await unit.park(line, last.sequence + 1, reason);
        else await unit.unpark(line);
        return more;
      });
    } catch (error) {
      if (error instanceof RowsRefused) return false; // it stays parked where it is
      throw error;
    }
  }
}
