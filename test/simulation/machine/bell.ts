/** Wakes whoever waits for its next ring. A hint, as all news between processes is. */
export class Bell {
  #rung = 0;
  readonly #waiting = new Set<() => void>();

  /** How often it has rung; to be taken before looking, so that no ring falls between. */
  get rung(): number {
    return this.#rung;
  }

  ring(): void {
    this.#rung += 1;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Calls `wake` at the next ring, unless it is called off by what this answers. */
  atNext(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }
}

/** A bell and how often it had rung when whoever waits for it last looked. */
export interface Listening {
  readonly bell: Bell;
  readonly since: number;
}

export function listenTo(bell: Bell): Listening {
  return { bell, since: bell.rung };
}
