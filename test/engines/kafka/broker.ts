import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { KafkaAddress } from '@common-thread/adapters/kafka/address';
import { startLocalKafka } from '../../../infra/local/kafka.js';
import { freshPlace } from '../postgres.js';

/** The shared broker's address: set by test/engines/run-engines.ts, which says where it came from. */
export function sharedBroker(): KafkaAddress {
  const address = process.env.COMMON_THREAD_TEST_KAFKA;
  if (!address)
    throw new Error('run this suite by `npm run test:engines`, which starts its broker');
  return { brokers: address.split(','), clientId: `test-${randomUUID()}` };
}

/** Its first start may fetch it from Maven Central, and share the machine with other suites. */
export const BROKER_STARTS_MS_MAX = 300_000;

/** A broker of one test's own, which it may kill. */
export function ownBroker(users?: Readonly<Record<string, string>>) {
  return startLocalKafka({
    dataDir: join(freshPlace(), 'kafka'),
    ...(users === undefined ? {} : { users }),
  });
}
