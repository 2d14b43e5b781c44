import { resolve } from 'node:path';
import type { Environment } from '@common-thread/platform/environment';
import type { IssuerAddress } from '@common-thread/platform/issuer';
import { eventLogAddress } from '@common-thread/running/event-log';
import { issuerAddress } from '@common-thread/running/process-configuration';
import type { StandaloneConfiguration } from '../configuration.js';
import { standaloneConfiguration } from '../configuration.js';

/** What `npm run start:distributed` is told; whatever engine is not given is started here. */
export interface DistributedConfiguration {
  readonly county: StandaloneConfiguration;
  /** Any database of the server, as a role that may create databases. */
  readonly postgres: string | undefined;
  readonly eventLog: string | undefined;
  readonly issuer: IssuerAddress | undefined;
  /** `host:port` of brokers that ask for no credentials; `none` to do without. */
  readonly kafka: string | undefined;
}

/** @throws ConfigurationError naming the variable at fault */
export function distributedConfiguration(environment: Environment): DistributedConfiguration {
  const has = (name: string) =>
    environment.optional(name) !== undefined || environment.optional(`${name}_FILE`) !== undefined;
  return {
    county: {
      ...standaloneConfiguration(environment),
      dataDirectory: resolve(environment.text('COMMON_THREAD_DATA', 'data/distributed')),
      families: environment.integer('COMMON_THREAD_FAMILIES', { min: 0, max: 1_000_000 }, 0),
    },
    postgres: has('COMMON_THREAD_POSTGRES')
      ? environment.engine('COMMON_THREAD_POSTGRES', ['postgres', 'postgresql'])
      : undefined,
    eventLog: has('COMMON_THREAD_EVENT_LOG') ? eventLogAddress(environment) : undefined,
    kafka: environment.optional('COMMON_THREAD_KAFKA'),
    issuer: has('COMMON_THREAD_ISSUER') ? issuerAddress(environment) : undefined,
  };
}
