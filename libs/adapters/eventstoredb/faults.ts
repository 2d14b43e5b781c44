import { LogUnavailable } from '@common-thread/eventing/event-log';
import { EngineRefused } from '../engine-faults.js';

/** gRPC status codes (grpc.io, status codes). */
const UNIMPLEMENTED = 12;
const REFUSED_CODES: readonly unknown[] = [7, 16]; // permission denied, unauthenticated

/** What a certificate that is not trusted, or no TLS at all, makes OpenSSL say. */
const UNTRUSTED = /certificate|ssl3?_|wrong version number|ERR_TLS/i;

/**
 * An error of the client as the port has it. The client's own classes are told by their `type`, and an
 * unreachable node by nothing but its code.
 *
 * @param doing what failed, for the message, such as `appending to referral-1`
 */
export function logFaultOf(error: unknown, doing: string, hosts: string): Error {
  if (error instanceof LogUnavailable || error instanceof EngineRefused) return error;
  const reason = error instanceof Error && error.message !== '' ? error.message : typeOf(error);
  const said = `EventStoreDB at ${hosts}, ${doing}: ${reason}`;
  if (typeOf(error) === 'access-denied' || REFUSED_CODES.includes(codeOf(error))) {
    return new EngineRefused(`${said}. Look at its credentials.`, { cause: error });
  }
  if (UNTRUSTED.test(reason)) {
    return new EngineRefused(`${said}. Look at its certificates and at \`tls\`.`, {
      cause: error,
    });
  }
  if (typeOf(error) === 'unsupported' || codeOf(error) === UNIMPLEMENTED) {
    return new EngineRefused(`${said}. ${NEEDED}`, { cause: error });
  }
  if (typeOf(error) === 'stream-deleted') {
    return new EngineRefused(`${said}. A stream of the log was deleted: restore the log.`, {
      cause: error,
    });
  }
  return new LogUnavailable(said, { cause: error });
}

export const NEEDED = 'EventStoreDB 23.10 or later, or KurrentDB, is needed.';

/** `type` of the client's errors, such as `wrong-expected-version`; empty for others. */
export function typeOf(error: unknown): string {
  const type: unknown = Reflect.get(Object(error), 'type');
  return typeof type === 'string' ? type : '';
}

/** The stream is not at the revision that was expected. */
export function isConflict(error: unknown): boolean {
  return typeOf(error) === 'wrong-expected-version';
}

function codeOf(error: unknown): unknown {
  return Reflect.get(Object(error), 'code');
}
