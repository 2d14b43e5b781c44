import type { Environment } from '@common-thread/platform/environment';
import type { IssuerAddress } from '@common-thread/platform/issuer';
import { eventLogAddress } from '@common-thread/running/event-log';
import { databaseAddress, issuerAddress } from '@common-thread/running/process-configuration';

export interface FeedRelayConfiguration {
  readonly eventLog: string;
  /** Of the database that holds, or will hold, schema `relay`. */
  readonly database: string;
  /** What salts are worked out from: the same for ever. */
  readonly saltSecret: string;
  /** Asked whether a person's token still holds. */
  readonly vault: URL;
  readonly issuer: IssuerAddress;
}

const SECRET_CHARACTERS_MIN = 32;

/** @throws ConfigurationError naming the variable at fault */
export function feedRelayConfiguration(environment: Environment): FeedRelayConfiguration {
  return {
    eventLog: eventLogAddress(environment),
    database: databaseAddress(environment),
    saltSecret: environment.secret('COMMON_THREAD_FEED_SALTS', SECRET_CHARACTERS_MIN),
    vault: environment.url('COMMON_THREAD_VAULT'),
    issuer: issuerAddress(environment),
  };
}
