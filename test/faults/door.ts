/** Where everybody waits while the system is down. */
export class Door {
  #opened: Promise<void>;
  #open: () => void = () => undefined;
  #isOpen = false;
  #onChange: (isOpen: boolean) => void = () => undefined;
  readonly #breaking = new AbortController();
  readonly #broken: Promise<never>;

  constructor() {
    const { signal } = this.#breaking;
    this.#broken = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    this.#broken.catch(() => undefined); // whoever waits hears of it
    this.#opened = this.#closed();
  }

  /** @throws what it was broken with */
  whenOpen(): Promise<void> {
    return this.#opened;
  }

  /** Never resolves. @throws what it was broken with */
  whenBroken(): Promise<never> {
    return this.#broken;
  }

  /** Tells how it stands, at once and whenever that changes. */
  onChange(told: (isOpen: boolean) => void): void {
    this.#onChange = told;
    told(this.#isOpen);
  }

  open(): void {
    this.#isOpen = true;
    this.#open();
    this.#onChange(true);
  }

  close(): void {
    // Whoever waits already must hear of the next opening.
    if (this.#isOpen) this.#opened = this.#closed();
    this.#isOpen = false;
    this.#onChange(false);
  }

  /** Nobody waits any longer: the system will not come back. */
  break(reason: Error): void {
    this.#breaking.abort(reason);
  }

  #closed(): Promise<void> {
    const opened = new Promise<void>((resolve) => {
      this.#open = resolve;
    });
    const either = Promise.race([opened, this.#broken]);
    either.catch(() => undefined);
    return either;
  }
}
