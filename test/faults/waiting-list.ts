/** What one writer leaves for another, first in, first out. */
export class WaitingList<T> {
  readonly #items: T[] = [];
  readonly #waiting: (() => void)[] = [];

  add(item: T): void {
    this.#items.push(item);
    this.#waiting.shift()?.();
  }

  /** The next item, waited for; undefined once the signal aborts. */
  async take(signal: AbortSignal): Promise<T | undefined> {
    while (!signal.aborted) {
      const item = this.#items.shift();
      if (item !== undefined) return item;
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    return undefined;
  }
}
