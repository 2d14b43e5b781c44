import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { TailStatus } from '@common-thread/projecting/feed-tail';
import { FeedTailSource, idleTail } from '@common-thread/projecting/feed-tail';
import { listenTo } from '../machine/bell.js';
import type { Life } from '../machine/life.js';
import { Gone } from './command-process.js';
import type { World } from './world.js';

const ROWS_AT_ONCE = 6;
const LOOKS_EVERY_MS = 1_000;

/** A broker's topic as one life follows it: rows come late, twice, out of order, altered or not at all. */
export class SimulatedTail extends FeedTailSource {
  #isFollowing = false;

  constructor(
    private readonly life: Life,
    private readonly world: World,
  ) {
    super();
  }

  override async follow(
    recipient: string,
    onRows: (rows: readonly FeedRow[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const { broker, published } = this.world.disks;
    this.#isFollowing = true;
    while (!signal.aborted) {
      const listening = listenTo(published);
      const rows = await this.#take(recipient);
      if (rows.length > 0) await onRows(this.#spoilt(recipient, rows));
      else await this.life.untilRung(listening, LOOKS_EVERY_MS, signal);
      const tail = broker.tail(recipient);
      const end = tail.first + tail.rows.length;
      tail.committed = Math.min((tail.committed ?? end) + rows.length, end);
    }
    this.#isFollowing = false;
  }

  override status(): TailStatus {
    if (!this.#isFollowing) return idleTail;
    return { state: 'following', membership: 'owner', lag: null };
  }

  async #take(recipient: string): Promise<readonly FeedRow[]> {
    try {
      return await this.life.read(
        'tail.take',
        () => new Gone('the broker cannot be reached'),
        async () => {
          const tail = this.world.disks.broker.tail(recipient);
          const from = (tail.committed ??= tail.first + tail.rows.length);
          return tail.rows.slice(Math.max(0, from - tail.first)).slice(0, ROWS_AT_ONCE);
        },
      );
    } catch (error) {
      if (error instanceof Gone) return [];
      throw error;
    }
  }

  /** What the broker makes of rows on their way. */
  #spoilt(recipient: string, rows: readonly FeedRow[]): readonly FeedRow[] {
    const { weather, random } = this.world;
    const spoilt = rows
      .filter(() => !weather.happens('bad broker', 0.1))
      .flatMap((row) => (weather.happens('bad broker', 0.1) ? [row, row] : [row]));
    if (weather.happens('bad broker', 0.2)) spoilt.sort(() => random.next() - 0.5);
    return this.world.forgeries(recipient, spoilt);
  }
}
