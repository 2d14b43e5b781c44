/**
 * Wakes followers in this process as soon as something was appended; a hint, never the only way.
 */
export class WakeUps {
  #rung = 0;
  readonly #sleepers = new Set<() => void>();

  /**
   * How often it has rung; take it before reading, so that no ring falls between reading and
   * waiting.
   */
  get rung(): number {
    return this.#rung;
  }

  ring(): void {
    this.#rung += 1;
    for (const wake of [...this.#sleepers]) wake();
  }

  /**
   * Resolves at the next ring, at once if it rang since `seen`, after `ms`, or when `signal`
   * aborts.
   */
  async wait(seen: number, ms: number, signal: AbortSignal): Promise<void> {
    if (this.#rung !== seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake);
      this.#sleepers.add(wake);
    });
  }
}
