import type { Batch, Step } from './fold-ahead.js';
import { FoldAhead } from './fold-ahead.js';
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
  /** Rows folded in one transaction; BATCH_ROWS_MAX at most, which is the default. */
  readonly batchRows?: number;
  readonly signal?: AbortSignal;
  /** Awaited before so many rows are folded. */
  readonly beforeBatch?: (rows: number) => Promise<void>;
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
    const { to = Number.MAX_SAFE_INTEGER, signal, beforeBatch, onAdvanced } = options;
    const batchRows = Math.min(options.batchRows ?? BATCH_ROWS_MAX, BATCH_ROWS_MAX);
    let checkpoint = (await this.store.checkpoint(this.model, this.generation)) ?? 0;
    const advancedTo = (reached: number) => {
      if (reached === checkpoint) return;
      checkpoint = reached;
      onAdvanced?.(checkpoint);
    };
    const read = (after: number) => this.read(after, to, batchRows);
    let next = read(checkpoint);
    let ahead: FoldAhead | undefined;
    while (!signal?.aborted) {
      const batch = await next;
      if (batch.reached === batch.after) break;
      await beforeBatch?.(batch.rows.length);
      // The next batch is read while this one is folded, and folded while this one is written.
      next = read(batch.reached);
      const step = ahead ? await ahead.take(batch) : await this.fold(batch);
      advancedTo(step.checkpoint);
      const follows = ahead ? batch.after : batch.reached;
      if (step.checkpoint !== follows || !step.quiet) {
        ahead = undefined;
        next = read(step.checkpoint);
      } else ahead ??= new FoldAhead(this.store, this.model, this.generation, step);
    }
    if (ahead) advancedTo((await ahead.finish()).checkpoint);
    return checkpoint;
  }

  /** Tries parked lines again, in order, and answers those still parked. */
  async retryParked(): Promise<readonly ParkedLine[]> {
    for (const { line } of await this.store.parked(this.model, this.generation)) {
      while (await this.retry(line));
    }
    return this.store.parked(this.model, this.generation);
  }

  private read(after: number, to: number, batchRows: number): Promise<Batch> {
    const batch = this.batchAfter(after, to, batchRows);
    // Awaited in its turn; until then a failure must not count as unhandled.
    batch.catch(() => undefined);
    return batch;
  }

  private async batchAfter(after: number, to: number, batchRows: number): Promise<Batch> {
    const { matters } = this.model;
    if (to <= after) return { after, rows: [], reached: after };
    if (matters) return { after, ...(await this.inbox.readOf(matters, after, to, batchRows)) };
    const rows = await this.inbox.read(after, Math.min(batchRows, to - after));
    return { after, rows, reached: rows.at(-1)?.sequence ?? after };
  }

  /** Folds a batch in one unit; passes it over where another runner was faster. */
  private async fold(batch: Batch): Promise<Step> {
    const { after, rows, reached } = batch;
    try {
      return await this.store.transact(this.model, this.generation, async (unit) => {
        const { build, checkpoint } = unit;
        if (checkpoint !== after) return { checkpoint, build, quiet: false };
        const stopped = await foldOnward(unit, this.model, rows, reached);
        return { checkpoint: reached, build, quiet: stopped.size + unit.parked.size === 0 };
      });
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      const [only, ...others] = rows;
      if (!only) throw error;
      return others.length === 0 ? this.parkRefused(only, batch, error) : this.foldHalves(batch);
    }
  }

  /** Finds the rows the store refuses, so that they park their own lines and no others. */
  private async foldHalves({ after, rows, reached }: Batch): Promise<Step> {
    const half = Math.ceil(rows.length / 2);
    const middle = rows[half - 1]?.sequence ?? after;
    const step = await this.fold({ after, rows: rows.slice(0, half), reached: middle });
    if (step.checkpoint !== middle) return step;
    return this.fold({ after: middle, rows: rows.slice(half), reached });
  }

  private parkRefused(
    row: ToldRow,
    { after, reached }: Batch,
    refused: RowsRefused,
  ): Promise<Step> {
    return this.store.transact(this.model, this.generation, async (unit) => {
      const { build, checkpoint } = unit;
      if (checkpoint !== after) return { checkpoint, build, quiet: false };
      await unit.park(row.line, row.sequence, `${refused.name}: ${refused.message}`);
      await unit.advance(reached);
      return { checkpoint: reached, build, quiet: false };
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
