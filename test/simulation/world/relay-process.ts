import { Relay } from '../../../apps/feed-relay/relay/relay.js';
import { RelayRunner } from '../../../apps/feed-relay/running/relay-runner.js';
import { StoreUnavailable } from '../../../apps/feed-relay/store/relay-store.js';
import { saltOf } from '../../disclosure/running/plain-run.js';
import type { Life } from '../machine/life.js';
import type { Supervisor } from './supervised.js';
import type { World } from './world.js';

/** feed-relay: the only discloser. */
export class RelayProcess {
  constructor(life: Life, world: World, supervisor: Supervisor) {
    const { random } = world;
    const log = world.logOf(life, 'feed-relay');
    const relay = new Relay(world.relayStoreOf(life), {
      saltOf,
      rowsMax: 1 + random.below(6),
      eventsMax: 1 + random.below(6),
      memoryMax: random.chance(0.2) ? 1 : 1_000, // now and then it forgets after every commit
    });
    const runner = new RelayRunner({
      log,
      relay,
      pause: life.pause,
      onInterrupted: (error, final) => {
        world.meets(life, final ? 'replaced' : 'interrupted', error);
        // Whoever has been replaced ends; where nobody else runs, it is started again.
        if (final && supervisor.life === life) supervisor.kill();
      },
    });
    runner.start();
  }
}

export const relayMeeting = {
  name: 'relay store',
  writes: ['takeOver', 'commit'],
  gone: () => new StoreUnavailable('the simulated relay store cannot be reached'),
};
