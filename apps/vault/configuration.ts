import type { Environment } from '@common-thread/platform/environment';
import type { IssuerAddress } from '@common-thread/platform/issuer';
import { eventLogAddress } from '@common-thread/running/event-log';
import { databaseAddress, issuerAddress } from '@common-thread/running/process-configuration';

export interface VaultConfiguration {
  readonly eventLog: string;
  /** Of the database that holds, or will hold, schema `vault`. */
  readonly database: string;
  /** Directory of the sealed bucket keys. */
  readonly keys: string;
  /** What they are sealed with; a file beside them where it is absent, which production refuses. */
  readonly masterKey: string | undefined;
  readonly issuer: IssuerAddress;
}

/** @throws ConfigurationError naming the variable at fault */
export function vaultConfiguration(environment: Environment): VaultConfiguration {
  return {
    eventLog: eventLogAddress(environment),
    database: databaseAddress(environment),
    keys: environment.text('COMMON_THREAD_KEYS'),
    masterKey: environment.optionalSecret('COMMON_THREAD_MASTER_KEY'),
    issuer: issuerAddress(environment),
  };
}
