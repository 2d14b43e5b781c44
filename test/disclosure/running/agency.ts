import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { FeedPages } from '@common-thread/projecting/feed-pages';
import type { FeedPage } from '@common-thread/projecting/feed-pages';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { Receiver } from '@common-thread/projecting/receiver';
import type { RelayStore } from '../../../apps/feed-relay/store/relay-store.js';
import type { Random } from '../county/random.js';

class PagesOf extends FeedPages {
  constructor(private readonly store: RelayStore) {
    super();
  }

  page(recipient: string, after: number, limit: number): Promise<FeedPage> {
    return this.store.page(recipient, after, limit);
  }

  async changed(): Promise<void> {}
}

/** One agency: the product's receiver and inbox behind a topic that loses and repeats. */
export class Agency {
  readonly inbox = new MemoryInbox();
  readonly receiver: Receiver;
  #topic: FeedRow[] = [];

  constructor(
    recipient: string,
    store: RelayStore,
    private readonly random: Random,
  ) {
    this.receiver = new Receiver({
      recipient,
      inbox: this.inbox,
      pages: new PagesOf(store),
      now: () => new Date(0),
      pageRows: 20,
    });
  }

  send(row: FeedRow): void {
    if (!this.random.chance(0.1)) this.#topic.push(row);
    if (this.random.chance(0.1)) this.#topic.push(row);
  }

  /** Takes what the topic holds; killed after taking and before saying so, it takes it again. */
  async drain(): Promise<void> {
    while (this.#topic.length > 0) {
      const batch = this.#topic.slice(0, 1 + this.random.below(3));
      await this.receiver.offer(batch);
      if (!this.random.chance(0.1)) this.#topic = this.#topic.slice(batch.length);
    }
  }

  /** Whatever the topic said, heads are compared. */
  async settle(): Promise<void> {
    await this.drain();
    await this.receiver.catchUp();
  }
}
