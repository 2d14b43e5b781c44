import { setTimeout as pause } from 'node:timers/promises';
import type { Cursor, EventLog, StoredEvent } from '@common-thread/eventing/event-log';
import { LogUnavailable } from '@common-thread/eventing/event-log';
import type { Clock } from '../clock.js';

/** Behind the log for longer than this the vault refuses rather than decide by what it knew. */
export const STALE_MS = 2_000;
const RETRY_MS = 250;

/**
 * The vault does not know the latest of the log: it refuses rather than decide by what it knew.
 */
export class VaultStale extends Error {
  override readonly name = 'VaultStale';
}

interface Waiting {
  readonly after: number;
  readonly resolve: (caughtUp: boolean) => void;
  readonly timer: NodeJS.Timeout;
}

export interface LogFollowerOptions {
  readonly log: EventLog;
  readonly clock: Clock;
  /** Takes each event, in log order, once. */
  readonly fold: (event: StoredEvent) => void;
  /** Told of each interruption; `final` where the log holds what cannot be folded. */
  readonly onInterrupted?: (error: unknown, final: boolean) => void;
}

/** Folds the log from its beginning and knows how fresh that is. */
export class LogFollower {
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #after: Cursor | undefined;
  /** Every append acknowledged before this instant (ms) has been folded. */
  #caughtUpTo = -Infinity;
  #waiting: Waiting[] = [];

  constructor(private readonly options: LogFollowerOptions) {}

  start(): void {
    this.#running = this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const { resolve, timer } of this.#waiting.splice(0)) {
      clearTimeout(timer);
      resolve(false);
    }
    await this.#running;
  }

  /** Since it last knew everything recorded; infinite until it first did. */
  get ageMs(): number {
    return this.options.clock.now().getTime() - this.#caughtUpTo;
  }

  /** Every append acknowledged before it has been folded; undefined until that could first be said. */
  get asOf(): Date | undefined {
    return this.#caughtUpTo === -Infinity ? undefined : new Date(this.#caughtUpTo);
  }

  isFresh(): boolean {
    return this.ageMs <= STALE_MS;
  }

  /** Whether everything acknowledged until `instant` was folded within `withinMs`. */
  past(instant: Date, withinMs: number): Promise<boolean> {
    const after = instant.getTime();
    if (this.#caughtUpTo > after) return Promise.resolve(true);
    if (this.#stopping.signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#giveUp(waiting), withinMs);
      const waiting: Waiting = { after, resolve, timer };
      this.#waiting.push(waiting);
    });
  }

  #giveUp(waiting: Waiting): void {
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    waiting.resolve(false);
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#followOnce(signal);
      } catch (error) {
        if (signal.aborted) return;
        const isFinal = !(error instanceof LogUnavailable);
        this.options.onInterrupted?.(error, isFinal);
        // What cannot be folded cannot be passed over: the vault stays where it is and says it is
        // stale.
        if (isFinal) return;
        await pause(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #followOnce(signal: AbortSignal): Promise<void> {
    const after = this.#after === undefined ? {} : { after: this.#after };
    for await (const followed of this.options.log.follow({ signal, ...after })) {
      if (followed.kind === 'caughtUp') {
        this.#caughtUp(Date.parse(followed.asOf));
        continue;
      }
      for (const event of followed.events) {
        this.options.fold(event);
        this.#after = event.cursor;
      }
    }
  }

  #caughtUp(asOf: number): void {
    this.#caughtUpTo = Math.max(this.#caughtUpTo, asOf);
    const [passed, waiting] = [
      this.#waiting.filter(({ after }) => after < asOf),
      this.#waiting.filter(({ after }) => after >= asOf),
    ];
    this.#waiting = waiting;
    for (const { resolve, timer } of passed) {
      clearTimeout(timer);
      resolve(true);
    }
  }
}
