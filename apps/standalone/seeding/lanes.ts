/** The most items waiting or running at once: whoever offers more waits. */
const PENDING_MAX = 1_500;

/**
 * Runs items side by side, those of one lane strictly in the order they were offered. The first
 * fault stops everything that has not begun.
 */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();
  #pending = 0;
  #running = 0;
  #fault: { readonly error: unknown } | undefined;
  readonly #waitingForPlace: (() => void)[] = [];
  readonly #waitingForSlot: (() => void)[] = [];

  constructor(
    private readonly concurrency: number,
    private readonly pendingMax: number = PENDING_MAX,
  ) {}

  /** Resolves once there is room for more; the work itself goes on. @throws the first fault */
  async offer(lane: string, work: (slot: Slot) => Promise<void>): Promise<void> {
    this.#throwFault();
    this.#pending += 1;
    const before = this.#tails.get(lane) ?? Promise.resolve();
    const tail = before.then(() => this.#run(work)).finally(() => this.#left(lane, tail));
    this.#tails.set(lane, tail);
    while (this.#pending >= this.pendingMax && !this.#fault) {
      await new Promise<void>((resolve) => this.#waitingForPlace.push(resolve));
    }
    this.#throwFault();
  }

  /** Resolves when everything offered is done. @throws the first fault */
  async drained(): Promise<void> {
    await Promise.all(this.#tails.values());
    this.#throwFault();
  }

  async #run(work: (slot: Slot) => Promise<void>): Promise<void> {
    if (this.#fault) return;
    const slot: Slot = {
      release: () => this.#release(),
      take: () => this.#take(),
    };
    await slot.take();
    try {
      if (!this.#fault) await work(slot);
    } catch (error) {
      this.#fault ??= { error };
    } finally {
      slot.release();
    }
  }

  async #take(): Promise<void> {
    while (this.#running >= this.concurrency) {
      await new Promise<void>((resolve) => this.#waitingForSlot.push(resolve));
    }
    this.#running += 1;
  }

  #release(): void {
    this.#running -= 1;
    this.#waitingForSlot.shift()?.();
  }

  #left(lane: string, tail: Promise<void>): void {
    if (this.#tails.get(lane) === tail) this.#tails.delete(lane);
    this.#pending -= 1;
    if (this.#pending < this.pendingMax || this.#fault) this.#waitingForPlace.shift()?.();
  }

  #throwFault(): void {
    if (this.#fault) throw this.#fault.error;
  }
}

/** The right to run: given back while waiting for something else, so that other lanes go on. */
export interface Slot {
  release(): void;
  take(): Promise<void>;
}
