import { pause } from '@common-thread/eventing/pause';
import type { Pause } from '@common-thread/eventing/pause';
import type { Difference } from './compare-builds.js';
import { compareBuilds } from './compare-builds.js';
import { foldOnward } from './fold-batch.js';
import type { Inbox } from './inbox.js';
import { Pace } from './pace.js';
import { BATCH_ROWS_MAX, ProjectionRunner } from './projection-runner.js';
import type { ParkedLine, ProjectionStore } from './projection-store.js';
import type { ReadModel } from './read-model.js';

export interface RebuildOptions {
  /** Drop an unfinished build and begin again. */
  readonly restart?: boolean;
  /** Switch even where the built tables differ from the live ones in what was not declared. */
  readonly replace?: boolean;
  /** Rows folded in one transaction; BATCH_ROWS_MAX at most, which is the default. */
  readonly batchRows?: number;
  /** Fold no faster than this, to leave the machine to those who work meanwhile. */
  readonly rowsPerSecondMax?: number;
  /** Default: by the process's own timers. */
  readonly pause?: Pause;
  /** Pauses it: what was built is kept, and the next rebuild goes on from there. */
  readonly signal?: AbortSignal;
  /** Told after each transaction: rows folded so far and the rows there were when last looked. */
  readonly onProgress?: (folded: number, of: number) => void;
}

export interface RebuildOutcome {
  /** False where the tables differ in what was not declared and were not to be replaced. */
  readonly switched: boolean;
  /** Sequence folded when it ended. */
  readonly sequence: number;
  /** Tables that differ in what nobody declared; null where the live ones could not be compared. */
  readonly different: readonly string[] | null;
  /** Where the records differ, declared or not; null where the live ones could not be compared. */
  readonly differences: readonly Difference[] | null;
  /** Lines the build stopped at. Nobody is told of them but the caller. */
  readonly parked: readonly ParkedLine[];
  /** Hashes of the built tables when they were compared. */
  readonly tables: Readonly<Record<string, string>>;
}

/** The signal paused a rebuild; another goes on where it was. */
export class RebuildPaused extends Error {
  override readonly name = 'RebuildPaused';
  constructor(
    readonly model: string,
    readonly sequence: number,
  ) {
    super(`rebuilding ${model} was paused at row ${sequence}`);
  }
}

/**
 * Builds a read model anew beside the live one, compares the two at one sequence, and switches. The live
 * model is read and folded as ever meanwhile; what was built is kept when this is interrupted. Nobody is
 * told anything because of it: a build folds, and what follows from folding is the live model's.
 * @throws RebuildPaused
 */
export async function rebuild(
  inbox: Inbox,
  store: ProjectionStore,
  model: ReadModel,
  options: RebuildOptions = {},
): Promise<RebuildOutcome> {
  await store.prepare(model);
  const begun = await store.beginBuilding(model, options.restart ?? false);
  // Ahead of the live model (one restored from before, say), it could be compared at no sequence.
  if (begun > (await checkpointOf(store, model))) await store.beginBuilding(model, true);
  const building = new Building(inbox, store, model, options);

  await building.catchUp(await checkpointOf(store, model));
  // Everything above went without holding anybody up; only what came meanwhile is left to fold.
  const live = await store.hash(model, 'live');
  await building.catchUp(live.sequence);
  const built = await store.hash(model, 'building');
  const differences = compareBuilds(model, live, built);
  const parked = await store.parked(model, 'building');

  const undeclared = differences?.filter(({ because }) => because === null);
  const different = undeclared ? [...new Set(undeclared.map(({ table }) => table))] : null;
  const wanted = (different?.length ?? 0) === 0 || options.replace === true;
  const switched = wanted && (await building.switchOver());
  const sequence = await checkpointOf(store, model, switched ? 'live' : 'building');
  return { switched, sequence, different, differences, parked, tables: built.tables };
}

class Building {
  private readonly runner: ProjectionRunner;
  private readonly pace: Pace | undefined;
  private readonly signal: AbortSignal;

  constructor(
    private readonly inbox: Inbox,
    private readonly store: ProjectionStore,
    private readonly model: ReadModel,
    private readonly options: RebuildOptions,
  ) {
    const { rowsPerSecondMax, signal } = options;
    this.runner = new ProjectionRunner(inbox, store, model, 'building');
    this.signal = signal ?? new AbortController().signal;
    this.pace =
      rowsPerSecondMax === undefined
        ? undefined
        : new Pace(rowsPerSecondMax, options.pause ?? pause, () => performance.now());
  }

  async catchUp(to: number): Promise<void> {
    const { signal, pace } = this;
    const { batchRows, onProgress } = this.options;
    const reached = await this.runner.catchUp({
      to,
      signal,
      ...(batchRows === undefined ? {} : { batchRows }),
      ...(pace ? { beforeBatch: (rows: number) => pace.before(rows, signal) } : {}),
      onAdvanced: (checkpoint) => onProgress?.(checkpoint, Math.max(to, checkpoint)),
    });
    if (signal.aborted) throw new RebuildPaused(this.model.name, reached);
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
