import type { Random } from '../../disclosure/county/random.js';
import type { Listening } from './bell.js';
import type { Life } from './life.js';
import type { Trace } from './trace.js';

interface Waiting {
  readonly life: Life;
  readonly what: string;
  /** Milliseconds since the beginning; none where it may go on at once. */
  at: number;
  readonly go: () => void;
}

/**
 * The one place where it is decided who goes on next and how much time has passed. Everything a process
 * does outside itself waits here for its turn, so that an order of turns is a run, and a seed an order.
 */
export class Schedule {
  /** How often something has been changed that lasts. */
  changes = 0;
  #now = 0;
  #ready: Waiting[] = [];
  #sleeping: Waiting[] = [];

  constructor(
    private readonly random: Random,
    private readonly trace: Trace,
  ) {}

  /** Milliseconds since the beginning: the time of timers, which never jumps. */
  get now(): number {
    return this.#now;
  }

  /** Everybody who waits, for what, and until when. */
  get waiting(): readonly string[] {
    return [...this.#ready, ...this.#sleeping].map(
      ({ life, what, at }) => `${life.name} ${what} (${at} ms)`,
    );
  }

  /** Resolves when it is this life's turn; never where the life ends before. */
  turn(life: Life, what: string, afterMs = 0): Promise<void> {
    return new Promise((go) => {
      if (life.isOver) return;
      const waiting = { life, what, at: this.#now + afterMs, go };
      if (afterMs > 0) this.#sleeping.push(waiting);
      else this.#ready.push(waiting);
    });
  }

  /**
   * Resolves after so long, or as soon as the signal aborts or the bell rings; never where the life ends
   * before.
   */
  sleep(
    life: Life,
    milliseconds: number,
    signal?: AbortSignal,
    listening?: Listening,
  ): Promise<void> {
    return new Promise((resolve) => {
      if (life.isOver) return;
      if (signal?.aborted || (listening && listening.bell.rung !== listening.since)) {
        resolve();
        return;
      }
      const end = () => {
        signal?.removeEventListener('abort', end);
        callOff?.();
        this.#sleeping = this.#sleeping.filter((each) => each !== waiting);
        this.#ready = this.#ready.filter((each) => each !== waiting);
        resolve();
      };
      const waiting = { life, what: 'wakes', at: this.#now + milliseconds, go: end };
      signal?.addEventListener('abort', end);
      const callOff = listening?.bell.atNext(end);
      this.#sleeping.push(waiting);
    });
  }

  /** Whatever a life was waiting for does not come. */
  forget(life: Life): void {
    this.#ready = this.#ready.filter((each) => each.life !== life);
    this.#sleeping = this.#sleeping.filter((each) => each.life !== life);
  }

  /** Lets time pass at once, as on a machine that was asleep. */
  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Lets one of those whose turn it may be go on; false where nobody waits for anything. */
  async step(): Promise<boolean> {
    this.#wake();
    if (this.#ready.length === 0) {
      const next = this.#sleeping.reduce((first, { at }) => Math.min(first, at), Infinity);
      if (next === Infinity) return false;
      this.#now = Math.max(this.#now, next);
      this.#wake();
    }
    const [waiting] = this.#ready.splice(this.random.below(this.#ready.length), 1);
    if (!waiting) return false;
    this.trace.add(`${this.#now} ${waiting.life.name} ${waiting.what}`);
    waiting.go();
    await untilEverybodyWaits();
    return true;
  }

  #wake(): void {
    if (!this.#sleeping.some(({ at }) => at <= this.#now)) return;
    const due = this.#sleeping.filter(({ at }) => at <= this.#now);
    this.#sleeping = this.#sleeping.filter(({ at }) => at > this.#now);
    this.#ready.push(...due);
  }
}

/** Everything that follows from the last turn without waiting has then followed. */
export function untilEverybodyWaits(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
