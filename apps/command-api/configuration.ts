import type { Environment } from '@common-thread/platform/environment';
import type { ClientCredentials } from '@common-thread/platform/issuer';
import { eventLogAddress } from '@common-thread/running/event-log';
import { databaseAddress, issuerAddress } from '@common-thread/running/process-configuration';

export interface CommandApiConfiguration {
  readonly eventLog: string;
  /** Of the database that holds, or will hold, schema `command_api`. */
  readonly database: string;
  readonly vault: URL;
  readonly feedRelay: URL;
  /** Ourselves as a client, whose tokens say `command-writer`: the vault's doors open to them alone. */
  readonly issuer: ClientCredentials;
}

/** @throws ConfigurationError naming the variable at fault */
export function commandApiConfiguration(environment: Environment): CommandApiConfiguration {
  return {
    eventLog: eventLogAddress(environment),
    database: databaseAddress(environment),
    vault: environment.url('COMMON_THREAD_VAULT'),
    feedRelay: environment.url('COMMON_THREAD_FEED_RELAY'),
    issuer: {
      ...issuerAddress(environment),
      clientId: environment.text('COMMON_THREAD_CLIENT_ID', 'command-api'),
      clientSecret: environment.secret('COMMON_THREAD_CLIENT_SECRET'),
    },
  };
}
