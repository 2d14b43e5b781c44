import type { Random } from '../../../apps/standalone/seeding/random.js';
import type { KafkaUnderFault } from '../kafka-under-fault.js';
import type { SystemUnderFault } from '../system-under-fault.js';
import { forAWhile } from './fault.js';
import type { Fault } from './fault.js';

const AWAY_MS = { min: 0, max: 1_500 } as const;
const HELD_MS = { min: 100, max: 3_000 } as const;
const VISITS = { min: 2, max: 4 } as const;
const VISIT_MS = { min: 0, max: 800 } as const;

/** The broker ends while everybody is at work, and comes back over the same records. */
function ending(name: string, how: 'stop' | 'kill'): Fault {
  return {
    name,
    weight: 1,
    targets: ({ kafka }) => (kafka ? ['kafka'] : []),
    async inflict(system, _, random) {
      const kafka = kafkaOf(system);
      await kafka.end(how);
      await forAWhile(random, AWAY_MS);
      const begun = performance.now();
      await kafka.start();
      return { kills: how === 'kill' ? 1 : 0, restartMs: performance.now() - begun };
    },
  };
}

export const kafkaRestart = ending('kafka-restart', 'stop');
export const kafkaKill = ending('kafka-kill', 'kill');

/** SIGSTOP of the broker: whoever waits for it hears nothing. */
export const kafkaHold: Fault = {
  name: 'kafka-hold',
  weight: 1,
  targets: ({ kafka }) => (kafka ? ['kafka'] : []),
  async inflict(system, _, random) {
    const kafka = kafkaOf(system);
    kafka.hold();
    try {
      await forAWhile(random, HELD_MS);
    } finally {
      kafka.letGo();
    }
    return {};
  },
};

/** A recipient's topic is deleted, or emptied, under the relay and its reader. */
export const topicDeleted = toAFeed('topic-deleted', (kafka, recipient) =>
  kafka.deleteTopic(recipient),
);
export const topicExpired = toAFeed('topic-expired', (kafka, recipient) =>
  kafka.expire(recipient),
);

/** Somebody comes into a recipient's group and goes, several times over, and swallows what it is given. */
export const rebalanceStorm = toAFeed('rebalance-storm', async (kafka, recipient, random) => {
  const visits = random.integer(VISITS.min, VISITS.max);
  for (let visit = 0; visit < visits; visit += 1) {
    await kafka.visitGroup(recipient, forAWhile(random, VISIT_MS));
  }
});

function toAFeed(
  name: string,
  hurt: (kafka: KafkaUnderFault, recipient: string, random: Random) => Promise<void>,
): Fault {
  return {
    name,
    weight: 1,
    targets: ({ kafka }) => kafka?.recipients ?? [],
    async inflict(system, target, random) {
      await hurt(kafkaOf(system), target, random);
      return {};
    },
  };
}

function kafkaOf({ kafka }: SystemUnderFault): KafkaUnderFault {
  if (!kafka) throw new Error('this system has no Kafka of its own');
  return kafka;
}
