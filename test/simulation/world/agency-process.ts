import { AgencyFeed } from '@common-thread/projecting/agency-feed';
import type { FeedFault } from '@common-thread/projecting/feed-fault';
import { modelsOf } from '../../disclosure/running/agency.js';
import { recipientOf } from '../../disclosure/county/places.js';
import type { Life } from '../machine/life.js';
import { met } from '../machine/met.js';
import { Gone } from './command-process.js';
import { poisonedModel } from './poisoned-model.js';
import { SimulatedPages } from './simulated-pages.js';
import { SimulatedTail } from './simulated-tail.js';
import type { Supervisor } from './supervised.js';
import type { World } from './world.js';

/** One agency's app: receives its feed and folds its read models. */
export class AgencyProcess {
  readonly feed: AgencyFeed;
  fault: FeedFault | undefined;

  constructor(
    life: Life,
    world: World,
    recipient: string,
    private readonly supervisor: Supervisor,
  ) {
    const { disks, seams, weather } = world;
    const disk = disks.agency(recipient);
    const gone = (what: string) => () => new Gone(`the ${what} cannot be reached`);
    const pages = new SimulatedPages(world.relayStoreOf(life), disks.relay.told, life, weather, {
      read: (rows) => world.reads(rows),
      torn: () => world.cheat(recipient, 'gap'),
    });
    this.feed = new AgencyFeed({
      recipient,
      inbox: seams.inbox(
        met(disk.inbox, life, { name: 'inbox', writes: ['append'], gone: gone('inbox') }),
      ),
      store: seams.projectionStore(
        met(disk.models, life, {
          name: 'read models',
          writes: ['prepare', 'transact', 'beginBuilding', 'switchOver'],
          gone: gone('read models'),
        }),
      ),
      pages: seams.pages(pages),
      ...(world.hasBroker ? { tail: new SimulatedTail(life, world) } : {}),
      readModels: modelsOf[recipientOf(recipient).audience].map((model) =>
        poisonedModel(model, world),
      ),
      now: () => world.clockOf(recipient),
      pause: life.pause,
      pageRows: 5,
      onTrouble: (error) => world.meets(life, 'trouble', error),
      onFault: (fault) => {
        this.fault = fault;
        world.stopsOn(recipient, fault);
        if (supervisor.life === life) supervisor.restartLater();
        life.kill();
      },
    });
    void this.#run(life, world);
  }

  async #run(life: Life, world: World): Promise<void> {
    try {
      await this.feed.prepare();
      await this.feed.run(new AbortController().signal);
    } catch (error) {
      world.meets(life, 'does not start', error);
      this.supervisor.kill();
    }
  }
}
