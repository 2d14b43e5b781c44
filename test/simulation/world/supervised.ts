import { Life } from '../machine/life.js';
import type { Schedule } from '../machine/schedule.js';
import type { Weather } from '../machine/weather.js';

/** What runs processes: whoever starts them, and lets time pass between. */
export interface Machine {
  readonly schedule: Schedule;
  readonly weather: Weather;
  /** Runs something after so long, whoever dies meanwhile. */
  later(milliseconds: number, what: () => void): void;
  /** In [0, limit). */
  below(limit: number): number;
}

const RESTARTED_AFTER_MS_MAX = 2_000;
const OVERLAP_MS_MAX = 1_500;

/** What a process may ask of whoever looks after it. */
export interface Supervisor {
  readonly life: Life | undefined;
  kill(): void;
  restartLater(): void;
}

/** One process of the system, started again whenever it has died. */
export class Supervised<Running = unknown> implements Supervisor {
  #nth = 0;
  #life: Life | undefined;
  /** All that are not over: for a moment there may be a second. */
  readonly #lives = new Set<Life>();
  #running: Running | undefined;

  constructor(
    readonly name: string,
    private readonly machine: Machine,
    private readonly begin: (life: Life, supervisor: Supervisor) => Running,
  ) {}

  get life(): Life | undefined {
    return this.#life;
  }

  /** The process that runs now, if one does. */
  get running(): { readonly life: Life; readonly process: Running } | undefined {
    if (!this.#life || this.#life.isOver || this.#running === undefined) return undefined;
    return { life: this.#life, process: this.#running };
  }

  start(): void {
    const { schedule, weather } = this.machine;
    this.#nth += 1;
    const life = new Life(`${this.name} ${this.#nth}`, schedule, weather);
    this.#life = life;
    this.#lives.add(life);
    this.#running = this.begin(life, this);
  }

  /** Killed here and now, and started again a little later. */
  kill(): void {
    if (!this.running) return;
    this.#life?.kill();
    this.restartLater();
  }

  /** All of it ends, also what is being replaced: nobody uses its disk any more. */
  stop(): void {
    for (const life of this.#lives) life.kill();
    this.#lives.clear();
  }

  restartLater(): void {
    const after = this.#nth;
    this.machine.later(1 + this.machine.below(RESTARTED_AFTER_MS_MAX), () => {
      if (after === this.#nth) this.start();
    });
  }

  /** A second process of the same kind for a moment, before the first is gone. */
  overlap(): void {
    const first = this.running?.life;
    if (!first) return;
    this.start();
    this.machine.later(1 + this.machine.below(OVERLAP_MS_MAX), () => first.kill());
  }
}
