import type { Pause } from '@common-thread/eventing/pause';
import type { Listening } from './bell.js';
import type { Schedule } from './schedule.js';
import type { Weather } from './weather.js';

/** The process died before it could answer. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * One process from its start to its death. Killed, it stands still for ever at whatever it was waiting
 * for: what was stored stays, and nothing after that line happens.
 */
export class Life {
  #isOver = false;
  #end: (killed: Killed) => void = () => undefined;
  readonly #over: Promise<never>;
  readonly pause: Pause;

  constructor(
    /** `relay 2`: what runs, and the how-manieth time. */
    readonly name: string,
    private readonly schedule: Schedule,
    private readonly weather: Weather,
  ) {
    this.#over = new Promise<never>((_, reject) => (this.#end = reject));
    this.#over.catch(() => undefined); // most lives end with nobody waiting
    this.pause = (milliseconds, signal) => schedule.sleep(this, milliseconds, signal);
  }

  /** Until a bell rings, and not for longer than this. */
  untilRung(listening: Listening, milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.schedule.sleep(this, milliseconds, signal, listening);
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  kill(): void {
    this.#isOver = true;
    this.schedule.forget(this);
    this.#end(new Killed(`${this.name} was killed`));
  }

  /** For whoever outside waits for something this life does. @throws Killed */
  alive<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#over]);
  }

  /** Whether a call needs no turn of its own. */
  passesThrough({ isWithin }: { readonly isWithin?: true }): boolean {
    return isWithin === true && !this.weather.looksWithin();
  }

  /** Waits for a turn, now and then for a long one. */
  async turn(what: string): Promise<void> {
    await this.schedule.turn(this, what, this.weather.delayMs());
  }

  /**
   * Asks something outside that changes nothing there. The answer may be old when it comes.
   * @throws what `gone` makes, where it cannot be reached
   */
  async read<T>(what: string, gone: () => Error, work: () => Promise<T>): Promise<T> {
    await this.turn(what);
    if (this.weather.isUnreachable(this.name)) throw gone();
    const answer = await work();
    if (this.weather.holdsAnswer()) await this.turn(`${what}: answered`);
    return answer;
  }

  /**
   * Changes something outside, as a whole.
   * @throws what `gone` makes, where it was refused, or done and its answer lost
   */
  async write<T>(what: string, gone: () => Error, work: () => Promise<T>): Promise<T> {
    await this.turn(what);
    if (this.weather.isUnreachable(this.name)) throw gone();
    const answer = await work();
    this.schedule.changes += 1;
    await this.turn(`${what}: answered`);
    if (this.weather.losesAnswer()) throw gone();
    return answer;
  }
}
