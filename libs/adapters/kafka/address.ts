import type { Socket } from 'node:net';
import type { Kafka as Client, KafkaConfig, LogEntry } from 'kafkajs';
import kafkajs from 'kafkajs';

const { Kafka, logLevel } = kafkajs;

/** How a broker is reached. */
export interface KafkaAddress {
  /** `host:port` of some of the brokers; they name the others. */
  readonly brokers: readonly string[];
  /** Who we are, in the broker's own log: `feed-relay`. */
  readonly clientId: string;
  /** User name and password (SASL/PLAIN); absent where the broker asks for none. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** TLS: true for the authorities this machine trusts, or one of its own (PEM). */
  readonly tls?: boolean | { readonly authority: string };
  /** Makes the connections; only tests make their own. */
  readonly connect?: (host: string, port: number, onConnect: () => void) => Socket;
}

/** Where this adapter writes what it hears and waits out; the log of an app is one. */
export interface KafkaLog {
  debug(event: string, fields?: KafkaLogFields): void;
  warn(event: string, fields?: KafkaLogFields, error?: unknown): void;
}

export interface KafkaLogFields {
  readonly recipient?: string;
  /** A code, never a text: `ECONNREFUSED`, `GROUP_COORDINATOR_NOT_AVAILABLE`. */
  readonly reason?: string;
}

const CONNECT_MS_MAX = 3_000;
export const REQUEST_MS_MAX = 10_000;

/**
 * The client over an address. Its own retries are few: whoever uses it waits and begins anew, so that
 * the state in which it failed is left behind.
 */
export function clientAt(address: KafkaAddress, log: KafkaLog): Client {
  const { brokers, clientId, credentials, tls, connect } = address;
  const config: KafkaConfig = {
    brokers: [...brokers],
    clientId,
    connectionTimeout: CONNECT_MS_MAX,
    authenticationTimeout: CONNECT_MS_MAX,
    requestTimeout: REQUEST_MS_MAX,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4 },
    logLevel: logLevel.INFO,
    logCreator: () => words(log),
    ...(credentials === undefined ? {} : { sasl: { mechanism: 'plain', ...credentials } }),
    ...(tls === undefined
      ? {}
      : { ssl: tls === true || tls === false ? tls : { ca: tls.authority } }),
    ...(connect === undefined
      ? {}
      : { socketFactory: ({ host, port, onConnect }) => connect(host, port, onConnect) }),
  };
  return new Kafka(config);
}

const SAME_WORDS_EVERY_MS = 10_000;

/**
 * The client's own errors are warnings here: it tries again by itself, as it does while a broker that
 * has just started has no coordinator yet, and what it gives up we are told of as an error thrown. It
 * repeats itself with every try, so each is written once in ten seconds.
 */
function words(log: KafkaLog) {
  const said = new Map<string, number>();
  return ({ namespace, level, log: entry }: LogEntry): void => {
    const text = Object.values(entry).join(' ');
    if (text.includes('Limiting retries for the idempotent producer')) return; // and begins anew
    const event = `kafka.${(namespace || 'client').toLowerCase()}`; // the root has no name
    const reason = codeIn(text);
    const fields = reason === undefined ? {} : { reason };
    const key = `${event} ${reason}`;
    const isNew = performance.now() - (said.get(key) ?? -Infinity) > SAME_WORDS_EVERY_MS;
    if (level > logLevel.WARN || !isNew) return log.debug(event, fields);
    said.set(key, performance.now());
    log.warn(event, fields);
  };
}

const CODES: readonly (readonly [RegExp, string])[] = [
  [/\b(E[A-Z]{4,})\b/, '$1'],
  [
    /group coordinator is not available|find group coordinator/i,
    'GROUP_COORDINATOR_NOT_AVAILABLE',
  ],
  [/not the coordinator/i, 'NOT_COORDINATOR'],
  [/rebalanc/i, 'REBALANCE_IN_PROGRESS'],
  [/does not host this topic-partition/i, 'UNKNOWN_TOPIC_OR_PARTITION'],
  [/no leader|leadership election/i, 'LEADER_NOT_AVAILABLE'],
  [/authorization failed/i, 'AUTHORIZATION_FAILED'],
  [/authentication failed|SASL/i, 'AUTHENTICATION_FAILED'],
  [/timed out|timeout/i, 'TIMED_OUT'],
  [/closed connection|connection closed/i, 'CONNECTION_CLOSED'],
];

/** What a text of the client's is about, as a code: the text itself may quote anything. */
function codeIn(text: string): string | undefined {
  const known = CODES.find(([pattern]) => pattern.test(text));
  if (!known) return undefined;
  return known[1] === '$1' ? known[0].exec(text)?.[1] : known[1];
}
