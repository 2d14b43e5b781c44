import { setTimeout as pause } from 'node:timers/promises';

/**
 * Work that is due at a fixed rate, whatever became of what was due before: a system that stands still
 * finds it waiting, as it would find people.
 */
export class Pace {
  readonly #everyMs: number;
  #next: number;

  /** `now` in ms since 1970; the first piece is due at once. */
  constructor(
    perSecond: number,
    private readonly now: () => number = () => Date.now(),
  ) {
    this.#everyMs = 1_000 / perSecond;
    this.#next = now();
  }

  /** Takes the next piece of work once it is due, and answers when that was. */
  async next(): Promise<number> {
    const due = this.#next;
    this.#next += this.#everyMs;
    const early = due - this.now();
    if (early > 0) await pause(early);
    return due;
  }
}
