import { join } from 'node:path';
import { KafkaAdministration } from '@common-thread/adapters/kafka/administration';
import access from '../../../infra/kafka/access.json' with { type: 'json' };
import type { LocalKafka, LocalKafkaOptions } from '../../../infra/local/kafka.js';
import { startLocalKafka } from '../../../infra/local/kafka.js';
import { LocalEngineUnavailable } from '../../../infra/local/maven.js';
import type { StandaloneConfiguration } from '../configuration.js';
import { localSecret } from '../secrets.js';
import { logOf } from '../standalone.js';
import type { DistributedConfiguration } from './configuration.js';
import type { Brokers } from './planned-process.js';

export interface FoundBrokers {
  /** Absent where feeds are read from their pages alone. */
  readonly kafka?: Brokers;
  close(): Promise<void>;
}

const notHere: FoundBrokers = { close: async () => undefined };

/** The brokers that are given, else Kafka started here, else none; it is said which. */
export async function findBrokers(
  { county, kafka }: DistributedConfiguration,
  say: (words: string) => void,
): Promise<FoundBrokers> {
  if (kafka === 'none') return notHere;
  if (kafka !== undefined) {
    return { ...notHere, kafka: { addresses: kafka, askForUsers: false } };
  }
  say(
    'No COMMON_THREAD_KAFKA is given: Apache Kafka is started here, its topics and grants made.',
  );
  try {
    const started = await startCountyKafka(county, {
      onProgress: say,
      outlivesInterrupt: true,
      onLost: (how) => say(`Kafka ended (${how}). Feeds are read from their pages from now on.`),
    });
    return {
      kafka: { addresses: started.address, askForUsers: true },
      close: () => started.stop(),
    };
  } catch (error) {
    if (!(error instanceof LocalEngineUnavailable)) throw error;
    say(
      `${error.message} Or set COMMON_THREAD_KAFKA to a broker's host:port. ` +
        'Until then feeds are read from their pages.',
    );
    return notHere;
  }
}

/**
 * Apache Kafka on this machine for every process of the county: a user for each, and topics and grants as
 * infra/kafka declares them.
 * @throws LocalEngineUnavailable
 */
export async function startCountyKafka(
  county: StandaloneConfiguration,
  options: Pick<LocalKafkaOptions, 'onProgress' | 'outlivesInterrupt' | 'onLost'> = {},
): Promise<LocalKafka> {
  const { dataDirectory } = county;
  const users: Record<string, string> = {};
  for (const user of [access.relay, ...access.recipients]) {
    users[user] = await localSecret(join(dataDirectory, 'secrets'), `kafka-${user}`);
  }
  const kafka = await startLocalKafka({
    ...options,
    dataDir: join(dataDirectory, 'kafka'),
    users,
  });
  try {
    await applyAccess(kafka, county);
    return kafka;
  } catch (error) {
    await kafka.stop();
    throw error;
  }
}

async function applyAccess(
  { address, administrator }: LocalKafka,
  county: StandaloneConfiguration,
): Promise<void> {
  const credentials = administrator === undefined ? {} : { credentials: administrator };
  const administration = await KafkaAdministration.open(
    { brokers: [address], clientId: 'infra', ...credentials },
    logOf(county, 'infra'),
  );
  try {
    for (const { mend } of await administration.differences(access, true)) await mend();
  } finally {
    await administration.close();
  }
}
