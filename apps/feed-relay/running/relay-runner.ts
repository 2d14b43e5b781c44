import type { EventLog } from '@common-thread/eventing/event-log';
import type { Pause } from '@common-thread/eventing/pause';
import { pause } from '@common-thread/eventing/pause';
import { traced } from '@common-thread/platform/tracing';
import type { Relay } from '../relay/relay.js';
import { FenceLost } from '../store/relay-store.js';

export interface RelayStatus {
  /** `waiting`: log or store cannot be reached, or an event cannot be told; tried again. */
  readonly state: 'starting' | 'relaying' | 'waiting' | 'replaced' | 'stopped';
  /** Everything appended before this instant has been told; null until it first was. */
  readonly caughtUpTo: string | null;
}

export interface RelayRunnerOptions {
  readonly log: EventLog;
  readonly relay: Relay;
  /** Default: by the process's own timers. */
  readonly pause?: Pause;
  /** Told of what interrupted it; `final` where another relay has taken its place. */
  readonly onInterrupted?: (error: unknown, final: boolean) => void;
}

const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 5_000;

/**
 * Runs the relay over the log. Whatever interrupts it, it takes over again from what was committed; an
 * event that cannot be told holds up every feed, visibly, because nothing may be told out of order.
 */
export class RelayRunner {
  #status: RelayStatus = { state: 'starting', caughtUpTo: null };
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly options: RelayRunnerOptions) {}

  get status(): RelayStatus {
    return this.#status;
  }

  start(): void {
    this.#running = this.#run(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#become('stopped');
  }

  async #run(signal: AbortSignal): Promise<void> {
    let waitMs = RETRY_MS_MIN;
    while (!signal.aborted) {
      try {
        await this.#relay(signal, () => (waitMs = RETRY_MS_MIN));
      } catch (error) {
        if (signal.aborted) return;
        const replaced = error instanceof FenceLost;
        this.#become(replaced ? 'replaced' : 'waiting');
        this.options.onInterrupted?.(error, replaced);
        if (replaced) return;
        await (this.options.pause ?? pause)(waitMs, signal);
        waitMs = Math.min(waitMs * 2, RETRY_MS_MAX);
      }
    }
  }

  async #relay(signal: AbortSignal, onProgress: () => void): Promise<void> {
    const { log, relay } = this.options;
    const after = await relay.takeOver();
    const options = after === null ? { signal } : { after, signal };
    for await (const followed of log.follow(options)) {
      if (followed.kind === 'events') {
        const { events } = followed;
        await traced('relay.batch', { count: events.length }, () => relay.handle(events));
      } else this.#status = { state: 'relaying', caughtUpTo: followed.asOf };
      if (this.#status.state !== 'relaying') this.#become('relaying');
      onProgress();
    }
  }

  #become(state: RelayStatus['state']): void {
    this.#status = { ...this.#status, state };
  }
}
