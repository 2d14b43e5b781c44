/** Wakes whoever waits for a feed to grow. A hint: whoever is woken reads the pages. */
export class Announcements {
  readonly #waiting = new Map<string, Set<() => void>>();
  #closed = false;

  announce(recipients: Iterable<string>): void {
    for (const recipient of recipients) {
      for (const wake of [...(this.#waiting.get(recipient) ?? [])]) wake();
    }
  }

  /** Nobody is kept waiting any more: whoever waits is told to look, and so is whoever comes. */
  close(): void {
    this.#closed = true;
    this.announce(this.#waiting.keys());
  }

  /** Resolves at the next announcement for this recipient, or when the signal aborts. */
  next(recipient: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(recipient) ?? new Set();
      this.#waiting.set(recipient, waiting);
      const wake = (): void => {
        waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
      if (signal.aborted || this.#closed) wake();
    });
  }
}
