import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { county } from './county.js';
import { DIRECTORY_LANE } from './directory.js';
import { SCRIPTED_FAMILIES } from './household.js';
import { Lanes } from './lanes.js';
import type { CommandPort, PlannedCommand } from './planned-command.js';
import type { Pause } from './run-planned.js';
import { runPlanned } from './run-planned.js';
import type { SeedingState, SeedingStore } from './seeding-state.js';

export interface SeedingOptions {
  readonly seed: string;
  readonly families: number;
  readonly port: CommandPort;
  readonly store: SeedingStore;
  /** Aborting stops after the commands under way; the next start goes on from there. */
  readonly signal: AbortSignal;
  /** Told after every command; cheap to ignore. */
  readonly progress?: (progress: SeedingProgress) => void;
  /** RFC 3339 UTC; asked once in the life of a county. */
  readonly now?: () => string;
  readonly concurrency?: number;
  readonly pause?: Pause;
}

export interface SeedingProgress {
  /** Commands answered in this run. */
  readonly commands: number;
  readonly families: number;
  /** Families whose history has been begun. */
  readonly familiesBegun: number;
  /** All of the first fifty, with what they did this week, are there. */
  readonly firstFamiliesComplete: boolean;
  /** History is there; the five working days are being recorded. */
  readonly liveWeek: boolean;
}

export interface Seeded {
  readonly recorded: number;
  /** Answered by what an earlier start had recorded. */
  readonly alreadyThere: number;
  /** How often each rule refused; empty unless rules and county have grown apart. */
  readonly refused: Readonly<Record<string, number>>;
  /** False where the signal stopped it. */
  readonly complete: boolean;
}

const CONCURRENCY = 24;
/**
 * How often the state is saved: what lies behind it is asked again after a kill, and answered at
 * once.
 */
const SAVE_EVERY = 500;
/** Commands passed over in one turn of the event loop. */
const SKIP_EACH_TURN = 200;

const waiting: Pause = (ms, signal) => wait(ms, undefined, { signal });

/**
 * Records the synthetic county through the handlers everybody's commands go through. It may be
 * killed at any point and started again: each command is recorded once, and what is done is
 * passed over.
 */
export async function seed(options: SeedingOptions): Promise<Seeded> {
  const state = await begun(options);
  if (state.complete) return { recorded: 0, alreadyThere: 0, refused: {}, complete: true };
  const run = new SeedingRun(options, state);
  await run.run();
  return run.outcome;
}

/**
 * The state to go on from. A county that grew is gone through again: what is there answers at
 * once.
 */
async function begun({ seed: of, families, store, now }: SeedingOptions): Promise<SeedingState> {
  const kept = await store.read();
  const asOf = kept?.asOf ?? now?.() ?? new Date().toISOString();
  if (kept?.seed === of && families <= kept.families) {
    if (kept.complete || families === kept.families) return kept;
  }
  const state = { seed: of, families, asOf, done: 0, complete: false };
  await store.write(state);
  return state;
}

class SeedingRun {
  readonly #lanes: Lanes;
  /** Answered commands beyond the first that is not. */
  readonly #ahead = new Set<number>();
  #done: number;
  #saved: number;
  #saving: Promise<void> = Promise.resolve();
  #recorded = 0;
  #alreadyThere = 0;
  readonly #refused: Record<string, number> = {};
  #complete = false;
  #familiesBegun = 0;
  /** Index of the first command after the first families; unknown until it is reached. */
  #firstFamiliesEnd = Number.POSITIVE_INFINITY;
  #liveWeek = false;

  constructor(
    private readonly options: SeedingOptions,
    private readonly state: SeedingState,
  ) {
    this.#lanes = new Lanes(options.concurrency ?? CONCURRENCY);
    this.#done = state.done;
    this.#saved = state.done;
  }

  get outcome(): Seeded {
    return {
      recorded: this.#recorded,
      alreadyThere: this.#alreadyThere,
      refused: this.#refused,
      complete: this.#complete,
    };
  }

  async run(): Promise<void> {
    const { signal } = this.options;
    try {
      await this.#offerAll();
      await this.#lanes.drained();
      this.#complete = true;
    } catch (error) {
      // Stopped on purpose: what was under way is answered, the rest is the next start's.
      if (!signal.aborted) throw error;
    } finally {
      await this.#lanes.drained().catch(() => undefined);
      this.#save();
      await this.#saving;
    }
  }

  async #offerAll(): Promise<void> {
    const { signal } = this.options;
    let index = -1;
    let lane: string | undefined;
    for (const command of county(this.state)) {
      index += 1;
      // Nothing is told before the organisations are recorded and have agreed to it.
      if (lane === DIRECTORY_LANE && command.lane !== lane) await this.#lanes.drained();
      ({ lane } = command);
      this.#note(command, index);
      if (index < this.state.done) {
        if (index % SKIP_EACH_TURN === 0) await nextTurn();
        signal.throwIfAborted();
        continue;
      }
      const at = index;
      await this.#lanes.offer(command.lane, async (slot) => {
        const { port, pause = waiting } = this.options;
        const executed = await runPlanned(port, command, slot, pause, signal);
        if (executed.outcome === 'refused') {
          this.#refused[executed.code] = (this.#refused[executed.code] ?? 0) + 1;
        } else if (executed.replayed) this.#alreadyThere += 1;
        else this.#recorded += 1;
        this.#answered(at);
      });
      signal.throwIfAborted();
    }
  }

  /** Which families the commands have come to. */
  #note({ lane, imported }: PlannedCommand, index: number): void {
    const family = Number(lane);
    if (Number.isNaN(family)) return;
    if (imported) this.#familiesBegun = Math.max(this.#familiesBegun, family + 1);
    if (family < SCRIPTED_FAMILIES) return;
    this.#firstFamiliesEnd = Math.min(this.#firstFamiliesEnd, index);
    this.#liveWeek ||= !imported;
  }

  #answered(index: number): void {
    this.#ahead.add(index);
    while (this.#ahead.delete(this.#done)) this.#done += 1;
    if (this.#done - this.#saved >= SAVE_EVERY) this.#save();
    this.options.progress?.({
      commands: this.#recorded + this.#alreadyThere,
      families: this.state.families,
      familiesBegun: this.#familiesBegun,
      firstFamiliesComplete: this.#done >= this.#firstFamiliesEnd,
      liveWeek: this.#liveWeek,
    });
  }

  #save(): void {
    this.#saved = this.#done;
    const state = { ...this.state, done: this.#done, complete: this.#complete };
    this.#saving = this.#saving.then(() => this.options.store.write(state));
    // A failed write is told when the run ends; the next one says the same and more.
    this.#saving.catch(() => undefined);
  }
}

/** The progress of a seeding as one line. */
export function describeProgress(progress: SeedingProgress): string {
  const { families, familiesBegun, commands, liveWeek } = progress;
  const count = (number: number) => number.toLocaleString('en-GB');
  const part = liveWeek
    ? 'the last five working days'
    : `family ${count(Math.min(familiesBegun, families))} of ${count(families)}`;
  return `Recording the synthetic county: ${part}, ${count(commands)} entries so far`;
}
