import type { Pause } from '@common-thread/eventing/pause';

/** Keeps work to so many rows a second, for what must leave the machine to others. */
export class Pace {
  private done = 0;
  private readonly begun: number;

  constructor(
    private readonly rowsPerSecond: number,
    private readonly pause: Pause,
    private readonly now: () => number,
  ) {
    this.begun = now();
  }

  /** Called before so many rows are worked on; resolves once it is their time. */
  async before(rows: number, signal: AbortSignal): Promise<void> {
    const due = this.begun + (this.done / this.rowsPerSecond) * 1_000;
    this.done += rows;
    const early = due - this.now();
    if (early > 0) await this.pause(early, signal);
  }
}
