import { isNativeError } from 'node:util/types';
import { TailRefused, TailUnavailable } from '@common-thread/projecting/feed-tail';
import kafkajs from 'kafkajs';

/** The type by which the protocol names an error: `TOPIC_AUTHORIZATION_FAILED`. */
export function protocolType(error: unknown): string | undefined {
  for (let cause = error; isNativeError(cause); cause = cause.cause) {
    const type: unknown = Reflect.get(cause, 'type');
    if (typeof type === 'string') return type;
    // Producing, the client tells of it in words alone.
    if (/topic authorization failed/i.test(cause.message)) return 'TOPIC_AUTHORIZATION_FAILED';
    if (cause instanceof kafkajs.KafkaJSSASLAuthenticationError)
      return 'SASL_AUTHENTICATION_FAILED';
  }
  return undefined;
}

const REFUSALS: Readonly<Record<string, string>> = {
  SASL_AUTHENTICATION_FAILED: 'it does not accept the user name and password',
  ILLEGAL_SASL_STATE: 'it asks for a user name and password in another way',
  UNSUPPORTED_SASL_MECHANISM: 'it accepts no user name and password (SASL/PLAIN)',
  UNSUPPORTED_VERSION: 'its version is not one that this client speaks',
  TOPIC_AUTHORIZATION_FAILED: 'the topic is not granted to us: apply infra/kafka',
  GROUP_AUTHORIZATION_FAILED: 'the group is not granted to us: apply infra/kafka',
  CLUSTER_AUTHORIZATION_FAILED: 'the operation is not granted to us: apply infra/kafka',
};

/** An error of the client's in the words of the port. */
export function faultOf(error: unknown, doing: string): TailUnavailable {
  if (error instanceof TailUnavailable) return error;
  const refusal = REFUSALS[protocolType(error) ?? ''];
  if (refusal !== undefined) {
    return new TailRefused(`Kafka refused ${doing}: ${refusal}`, { cause: error });
  }
  return new TailUnavailable(`Kafka could not be reached for ${doing}`, { cause: error });
}

/** The error as a code for a log line: of the protocol, else of the system. */
export function codeOf(error: unknown): { readonly reason?: string } {
  const type = protocolType(error);
  if (type !== undefined) return { reason: type };
  const code: unknown = isNativeError(error) ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? { reason: code } : {};
}
