import { setTimeout as pause } from 'node:timers/promises';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { FeedTailSource, TailStatus } from '@common-thread/projecting/feed-tail';

const LOOK_EVERY_MS = 20;

/** One follower in the background, and what it has been given. */
export class Follower {
  readonly given: FeedRow[] = [];
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(
    private readonly source: FeedTailSource,
    private readonly recipient: string,
    taking: (rows: readonly FeedRow[]) => Promise<void> = async () => undefined,
  ) {
    const onRows = async (rows: readonly FeedRow[]) => {
      await taking(rows);
      this.given.push(...rows);
    };
    this.#running = source.follow(recipient, onRows, this.#stop.signal);
  }

  get status(): TailStatus {
    return this.source.status(this.recipient);
  }

  /** Each once, in the order in which they first came. */
  get sequences(): readonly number[] {
    return [...new Set(this.given.map(({ envelope }) => envelope.sequence))];
  }

  /** Resolves when it is the one to whom rows are given. */
  owns(): Promise<void> {
    return until(() => this.status.membership === 'owner');
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}

/** Looks until it holds; the time of the test is the limit. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(LOOK_EVERY_MS);
}
