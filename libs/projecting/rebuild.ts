import type { Inbox } from './inbox.js';
import { foldOnward } from './fold-batch.js';
import { BATCH_ROWS_MAX, ProjectionRunner } from './projection-runner.js';
import type { ProjectionStore, TableHashes } from './projection-store.js';
import type { ReadModel } from './read-model.js';

export interface RebuildOptions {
  /** Drop an unfinished build and begin again. */
  readonly restart?: boolean;
  /** Switch even where the built tables differ from the live ones, as after a fold was mended. */
  readonly replace?: boolean;
  /** Rows folded in one transaction; BATCH_ROWS_MAX at most, which is the default. */
  readonly batchRows?: number;
  readonly signal?: AbortSignal;
  /** Told after each transaction: rows folded so far and the rows there were when last looked. */
  readonly onProgress?: (folded: number, of: number) => void;
}

export interface RebuildOutcome {
  /** False where the tables differ and were not to be replaced, or the signal aborted it. */
  readonly switched: boolean;
  /** Sequence folded when it ended. */
  readonly sequence: number;
  /** Tables whose records differ; null where the live ones were of another version. */
  readonly different: readonly string[] | null;
  /** Hashes of the built tables when they were compared. */
  readonly tables: Readonly<Record<string, string>>;
}

/**
 * Builds a read model anew beside the live one, compares the two at one sequence, and switches. The live
 * model is read and folded as ever meanwhile; what was built is kept when this is interrupted.
 */
export async function rebuild(
  inbox: Inbox,
  store: ProjectionStore,
  model: ReadModel,
  options: RebuildOptions = {},
): Promise<RebuildOutcome> {
  const comparable = (await store.prepare(model)) === 'ready';
  await store.beginBuilding(model, options.restart ?? false);
  const building = new Building(inbox, store, model, options);

  let tables: TableHashes['tables'];
  let different: readonly string[] | null = null;
  if (comparable) {
    await building.catchUp(await checkpointOf(store, model));
    // Everything above went without holding anybody up; only what came meanwhile is left to fold.
    const live = await store.hash(model, 'live');
    await building.catchUp(live.sequence);
    const built = await store.hash(model, 'building');
    tables = built.tables;
    different = differing(live, built);
  } else {
    await building.catchUp(await inbox.head());
    tables = (await store.hash(model, 'building')).tables;
  }
  const wanted = (different?.length ?? 0) === 0 || options.replace === true;
  const switched = wanted && (await building.switchOver());
  const sequence = await checkpointOf(store, model, switched ? 'live' : 'building');
  return { switched, sequence, different, tables };
}

class Building {
  private readonly runner: ProjectionRunner;

  constructor(
    private readonly inbox: Inbox,
    private readonly store: ProjectionStore,
    private readonly model: ReadModel,
    private readonly options: RebuildOptions,
  ) {
    this.runner = new ProjectionRunner(inbox, store, model, 'building');
  }

  async catchUp(to: number): Promise<number> {
    const { signal, batchRows, onProgress } = this.options;
    const reached = await this.runner.catchUp({
      to,
      ...(signal === undefined ? {} : { signal }),
      ...(batchRows === undefined ? {} : { batchRows }),
      onAdvanced: (checkpoint) => onProgress?.(checkpoint, Math.max(to, checkpoint)),
    });
    signal?.throwIfAborted();
    return reached;
  }

  /** Folds what is left and switches, in one transaction once little enough is left. */
  async switchOver(): Promise<boolean> {
    for (;;) {
      await this.catchUp(await checkpointOf(this.store, this.model));
      const done = await this.store.switchOver(this.model, async (unit, live) => {
        if (live - unit.checkpoint > BATCH_ROWS_MAX) return false;
        if (live <= unit.checkpoint) return true;
        const rows = await this.inbox.read(unit.checkpoint, live - unit.checkpoint);
        await foldOnward(unit, this.model, rows);
        return true;
      });
      if (done) return true;
    }
  }
}

async function checkpointOf(
  store: ProjectionStore,
  model: ReadModel,
  generation: 'live' | 'building' = 'live',
): Promise<number> {
  return (await store.checkpoint(model, generation)) ?? 0;
}

function differing(live: TableHashes, built: TableHashes): string[] {
  return Object.keys(live.tables).filter((table) => live.tables[table] !== built.tables[table]);
}
