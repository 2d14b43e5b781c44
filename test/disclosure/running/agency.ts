import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { MemoryProjectionStore } from '@common-thread/adapters/memory/projection-store';
import type { FeedPage } from '@common-thread/projecting/feed-pages';
import { FeedPages } from '@common-thread/projecting/feed-pages';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { Inbox } from '@common-thread/projecting/inbox';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import type { ParkedLine } from '@common-thread/projecting/projection-store';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { Receiver } from '@common-thread/projecting/receiver';
import { readModels as centreModels } from '../../../apps/childrens-centre/projections.js';
import type { RelayStore } from '../../../apps/feed-relay/store/relay-store.js';
import { readModels as healthModels } from '../../../apps/health-visiting/projections.js';
import { readModels as hubModels } from '../../../apps/safeguarding-hub/projections.js';
import type { TestRecipient } from '../county/places.js';
import type { Random } from '../county/random.js';

export const modelsOf: Readonly<Record<TestRecipient['audience'], readonly ReadModel[]>> = {
  'safeguarding-hub': hubModels,
  'childrens-centre': centreModels,
  'health-visiting': healthModels,
  'partnership-board': [],
};

class PagesOf extends FeedPages {
  constructor(private readonly store: RelayStore) {
    super();
  }

  page(recipient: string, after: number, limit: number): Promise<FeedPage> {
    return this.store.page(recipient, after, limit);
  }

  async changed(): Promise<void> {}
}

/** One agency's read models over an inbox, each behind its own checkpoint. */
class ReadModels {
  readonly #store = new MemoryProjectionStore();
  readonly #runners: readonly ProjectionRunner[];

  constructor(
    inbox: Inbox,
    private readonly models: readonly ReadModel[],
  ) {
    this.#runners = models.map((model) => new ProjectionRunner(inbox, this.#store, model));
  }

  async prepare(): Promise<void> {
    for (const model of this.models) await this.#store.prepare(model);
  }

  async fold(to?: () => number): Promise<void> {
    for (const runner of this.#runners) await runner.catchUp(to ? { to: to() } : {});
  }

  async parked(): Promise<readonly ParkedLine[]> {
    const parked = this.models.map((model) => this.#store.parked(model, 'live'));
    return (await Promise.all(parked)).flat();
  }

  /** A hash of every table. */
  async hashes(): Promise<string> {
    const hashes = this.models.map((model) => this.#store.hash(model, 'live'));
    return JSON.stringify(await Promise.all(hashes));
  }
}

/** One agency: the product's receiver, inbox and read models behind a topic that loses and repeats. */
export class Agency {
  readonly inbox = new MemoryInbox();
  readonly live: ReadModels;
  #topic: FeedRow[] = [];

  private constructor(
    private readonly recipient: TestRecipient,
    private readonly store: RelayStore,
    private readonly random: Random,
  ) {
    this.live = this.#over(this.inbox);
  }

  static async open(recipient: TestRecipient, store: RelayStore, random: Random): Promise<Agency> {
    const agency = new Agency(recipient, store, random);
    await agency.live.prepare();
    return agency;
  }

  send(row: FeedRow): void {
    if (!this.random.chance(0.1)) this.#topic.push(row);
    if (this.random.chance(0.1)) this.#topic.push(row);
  }

  /**
   * Takes what the topic holds, and folds some of it. Killed after taking and before saying so, it takes
   * it again; killed while folding, it has folded nothing.
   */
  async drain(): Promise<void> {
    const receiver = this.#receiver(this.inbox);
    while (this.#topic.length > 0) {
      const batch = this.#topic.slice(0, 1 + this.random.below(8));
      const head = await receiver.offer(batch);
      if (!this.random.chance(0.1)) this.#topic = this.#topic.slice(batch.length);
      if (this.random.chance(0.2)) await this.live.fold(() => this.random.below(head + 1));
    }
  }

  /** Whatever the topic said, heads are compared. */
  async settle(): Promise<void> {
    await this.drain();
    await this.#receiver(this.inbox).catchUp();
    await this.live.fold();
  }

  /** Read models made anew: from the inbox as it is, and from the relay's pages as they are. */
  async rebuilt(from: 'inbox' | 'pages'): Promise<string> {
    const inbox = from === 'inbox' ? this.inbox : new MemoryInbox();
    if (from === 'pages') await this.#receiver(inbox).catchUp();
    const models = this.#over(inbox);
    await models.prepare();
    await models.fold();
    return models.hashes();
  }

  #over(inbox: Inbox): ReadModels {
    return new ReadModels(inbox, modelsOf[this.recipient.audience]);
  }

  #receiver(inbox: Inbox): Receiver {
    return new Receiver({
      recipient: this.recipient.id,
      inbox,
      pages: new PagesOf(this.store),
      now: () => new Date(0),
      pageRows: 50,
    });
  }
}
