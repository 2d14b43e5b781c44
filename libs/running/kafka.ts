import { readFileSync } from 'node:fs';
import { EngineAway } from '@common-thread/adapters/engine-faults';
import type { KafkaAddress, KafkaLog } from '@common-thread/adapters/kafka/address';
import { reachKafka } from '@common-thread/adapters/kafka/reach';
import type { Environment } from '@common-thread/platform/environment';
import { ConfigurationError } from '@common-thread/platform/environment';
import type { AppProcess } from './app-process.js';

export const KAFKA_VARIABLE = 'COMMON_THREAD_KAFKA';

/**
 * Where Kafka is, by `COMMON_THREAD_KAFKA` (`host:port`, several with commas between them), `_USER` and
 * `_PASSWORD`, and `_TLS`: `on` for the authorities this machine trusts, else a file with one (PEM). Undefined
 * where there is none: the pages alone are enough.
 * @throws ConfigurationError
 */
export function kafkaAddress(
  environment: Environment,
  clientId: string,
): KafkaAddress | undefined {
  const brokers = environment
    .optional(KAFKA_VARIABLE)
    ?.split(',')
    .map((broker) => broker.trim());
  if (brokers === undefined) return undefined;
  if (!brokers.every((broker) => /^[\w.[\]:-]+:\d{1,5}$/.test(broker))) {
    throw new ConfigurationError(
      `${KAFKA_VARIABLE} must be host:port, several with commas between them. ` +
        `Correct ${KAFKA_VARIABLE} and start again.`,
    );
  }
  const username = environment.optional(`${KAFKA_VARIABLE}_USER`);
  const tls = environment.optional(`${KAFKA_VARIABLE}_TLS`);
  return {
    brokers,
    clientId,
    ...(username === undefined
      ? {}
      : { credentials: { username, password: environment.secret(`${KAFKA_VARIABLE}_PASSWORD`) } }),
    ...(tls === undefined ? {} : { tls: tls === 'on' ? true : { authority: authorityIn(tls) } }),
  };
}

function authorityIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new ConfigurationError(
      `${KAFKA_VARIABLE}_TLS names ${path}, which cannot be read. Put the authority's certificate there, or say on.`,
    );
  }
}

/**
 * What `make` makes over Kafka, where there is one. A broker that refuses ends the start; one that is away
 * does not hold it up, because the pages are there.
 * @throws ConfigurationError, EngineRefused
 */
export async function overKafka<Made>(
  { environment, log }: AppProcess,
  clientId: string,
  make: (address: KafkaAddress, log: KafkaLog) => Made,
): Promise<Made | undefined> {
  const address = kafkaAddress(environment, clientId);
  if (!address) return undefined;
  try {
    await reachKafka(address, KAFKA_VARIABLE, log);
  } catch (error) {
    if (!(error instanceof EngineAway)) throw error;
    log.warn('kafka.away', {}, error);
  }
  return make(address, log);
}
