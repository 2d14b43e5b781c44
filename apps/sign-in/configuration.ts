import type { Environment } from '@common-thread/platform/environment';
import type { Clients } from './clients-file.js';
import { clientsIn } from './clients-file.js';

export interface SignInConfiguration {
  /** Origin at which browsers and apps reach it. */
  readonly publicUrl: URL;
  readonly clients: Clients;
  /** Its keys are kept here. */
  readonly dataDirectory: string;
}

const CLIENTS = 'COMMON_THREAD_SIGN_IN_CLIENTS';

/** @throws ConfigurationError naming the variable at fault */
export function signInConfiguration(environment: Environment): SignInConfiguration {
  return {
    publicUrl: environment.url('COMMON_THREAD_PUBLIC_URL'),
    clients: clientsIn(environment.text(CLIENTS), CLIENTS),
    dataDirectory: environment.text('COMMON_THREAD_KEYS'),
  };
}
