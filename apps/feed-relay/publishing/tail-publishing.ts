import type { Pause } from '@common-thread/eventing/pause';
import { pause as byTimers } from '@common-thread/eventing/pause';
import type { FeedPages } from '@common-thread/projecting/feed-pages';
import type { FeedTailPublisher } from '@common-thread/projecting/feed-tail';
import { TAIL_ROWS_MAX, TailRefused } from '@common-thread/projecting/feed-tail';
import { FenceLost } from '../store/relay-store.js';
import type { PublishedMarks, Unpublished } from './published-marks.js';

export interface TailPublishingStatus {
  /** `waiting`: the broker or the store cannot be reached, or refuses; tried again. */
  readonly state: 'starting' | 'publishing' | 'waiting' | 'replaced' | 'stopped';
  /** The broker does not accept who the relay is: nothing is published until somebody sees to it. */
  readonly refused: boolean;
  /** Rows told and not yet published, by recipient; those without any are left out. */
  readonly behind: ReadonlyMap<string, number>;
}

/** Where there is no broker. */
export const notPublishing: TailPublishingStatus = {
  state: 'stopped',
  refused: false,
  behind: new Map(),
};

export interface TailPublishingOptions {
  readonly pages: FeedPages;
  readonly marks: PublishedMarks;
  readonly publisher: FeedTailPublisher;
  /** Told of what interrupted it; `final` where another relay has taken its place. */
  readonly onInterrupted?: (error: unknown, final: boolean) => void;
  /** Default: by the process's own timers. */
  readonly pause?: Pause;
}

const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 5_000;
const LOOK_EVERY_MS = 1_000;
/** A feed further behind than this begins anew at its end: its receivers have read the pages long since. */
const BEHIND_ROWS_MAX = 10 * TAIL_ROWS_MAX;

/**
 * Publishes the tail of every feed behind the relay: it reads rows that are committed, and moves a
 * feed's mark only when the broker has acknowledged them. What it does twice, receivers compare. Telling
 * never waits for it.
 */
export class TailPublishing {
  #status: TailPublishingStatus = { state: 'starting', refused: false, behind: new Map() };
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #woken = new AbortController();
  /** Taken once: whoever takes over later publishes from then on. */
  #fence: number | undefined;

  constructor(private readonly options: TailPublishingOptions) {}

  get status(): TailPublishingStatus {
    return this.#status;
  }

  start(): void {
    this.#running = this.#run(this.#stopping.signal);
  }

  /** Something has been told. */
  wake(): void {
    this.#woken.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.options.publisher.close();
    this.#become({ state: 'stopped' });
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { onInterrupted, pause = byTimers } = this.options;
    let waitMs = RETRY_MS_MIN;
    while (!signal.aborted) {
      try {
        await this.#publish(signal, () => (waitMs = RETRY_MS_MIN));
      } catch (error) {
        if (signal.aborted) return;
        const replaced = error instanceof FenceLost;
        const refused = error instanceof TailRefused;
        this.#become({ state: replaced ? 'replaced' : 'waiting', refused });
        onInterrupted?.(error, replaced);
        if (replaced) return;
        await pause(waitMs, signal);
        waitMs = Math.min(waitMs * 2, RETRY_MS_MAX);
      }
    }
  }

  async #publish(signal: AbortSignal, onProgress: () => void): Promise<void> {
    const { marks, pause = byTimers } = this.options;
    const fence = (this.#fence ??= await marks.takeOver());
    while (!signal.aborted) {
      this.#woken = new AbortController();
      const feeds = await marks.unpublished();
      this.#become({ behind: behindOf(feeds) });
      // Each feed has a turn whatever becomes of another's.
      const turns = await Promise.allSettled(feeds.map((feed) => this.#turn(fence, feed)));
      const failed = turns.find((turn) => turn.status === 'rejected');
      if (failed) throw failed.reason;
      this.#become({ state: 'publishing', refused: false });
      onProgress();
      if (feeds.length > 0) continue;
      await pause(LOOK_EVERY_MS, AbortSignal.any([signal, this.#woken.signal]));
    }
  }

  /** The next rows of one feed. */
  async #turn(fence: number, { recipient, published, head }: Unpublished): Promise<void> {
    const { pages, marks, publisher } = this.options;
    const skips = head - published > BEHIND_ROWS_MAX;
    const after = skips ? head - TAIL_ROWS_MAX : published;
    const { rows } = await pages.page(recipient, after, TAIL_ROWS_MAX);
    const last = rows.at(-1);
    if (!last) return;
    // What a row withdraws may stand on the broker with its body: everything up to here goes first.
    const withdraws = rows.some(({ envelope }) => envelope.withdraws !== undefined);
    if (withdraws || skips) await publisher.clear(recipient);
    await publisher.publish(recipient, rows);
    try {
      await marks.advance(fence, recipient, last.envelope.sequence);
    } catch (error) {
      // Whoever took over may have cleared before these rows came: they may be withdrawn since.
      if (error instanceof FenceLost) await publisher.clear(recipient).catch(() => undefined);
      throw error;
    }
  }

  #become(change: Partial<TailPublishingStatus>): void {
    this.#status = { ...this.#status, ...change };
  }
}

function behindOf(feeds: readonly Unpublished[]): ReadonlyMap<string, number> {
  return new Map(feeds.map(({ recipient, published, head }) => [recipient, head - published]));
}
