import { EngineAway, EngineRefused } from '../engine-faults.js';
import type { KafkaAddress, KafkaLog } from './address.js';
import { clientAt } from './address.js';
import { faultOf } from './faults.js';
import { TailRefused } from '@common-thread/projecting/feed-tail';

/**
 * Says whether the Kafka at an address can be used. `variable` is where the address comes from, so that the
 * message can name it.
 * @throws EngineAway while nobody answers there
 * @throws EngineRefused on wrong credentials or a version that this client does not speak
 */
export async function reachKafka(
  address: KafkaAddress,
  variable: string,
  log: KafkaLog,
): Promise<void> {
  const admin = clientAt(address, log).admin();
  const place = address.brokers.join(', ');
  try {
    await admin.connect();
    await admin.describeCluster();
  } catch (error) {
    const fault = faultOf(error, 'a first look');
    if (fault instanceof TailRefused) {
      throw new EngineRefused(
        `${fault.message}. Correct ${variable}, ${variable}_USER or ${variable}_PASSWORD (${place}).`,
      );
    }
    throw new EngineAway(`Kafka at ${place} does not answer. Start it, or correct ${variable}.`);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
