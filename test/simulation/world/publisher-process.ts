import { MemoryFeedTailPublisher } from '@common-thread/adapters/memory/feed-tail';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { TailUnavailable } from '@common-thread/projecting/feed-tail';
import { TailPublishing } from '../../../apps/feed-relay/publishing/tail-publishing.js';
import { StoreUnavailable } from '../../../apps/feed-relay/store/relay-store.js';
import type { Life } from '../machine/life.js';
import { met } from '../machine/met.js';
import type { Disks } from './disks.js';
import { SimulatedPages } from './simulated-pages.js';
import type { Supervisor } from './supervised.js';
import type { World } from './world.js';

/** The relay's publishing of tails, as a process of its own so that it dies by itself. */
export class PublisherProcess {
  constructor(life: Life, world: World, supervisor: Supervisor) {
    const { disks, weather } = world;
    const publishing = new TailPublishing({
      pages: new SimulatedPages(world.relayStoreOf(life), disks.relay.told, life, weather),
      marks: met(disks.marks, life, {
        name: 'marks',
        writes: ['takeOver', 'advance'],
        gone: () => new StoreUnavailable('the marks cannot be reached'),
      }),
      publisher: met(new RingingPublisher(disks), life, {
        name: 'broker',
        writes: ['publish', 'clear'],
        gone: () => new TailUnavailable('the broker cannot be reached'),
      }),
      pause: life.pause,
      onInterrupted: (error, final) => {
        world.meets(life, final ? 'replaced' : 'interrupted', error);
        if (final && supervisor.life === life) supervisor.kill();
      },
    });
    publishing.start();
  }
}

class RingingPublisher extends MemoryFeedTailPublisher {
  constructor(private readonly disks: Disks) {
    super(disks.broker);
  }

  override async publish(recipient: string, rows: readonly FeedRow[]): Promise<void> {
    await super.publish(recipient, rows);
    this.disks.published.ring();
  }
}
