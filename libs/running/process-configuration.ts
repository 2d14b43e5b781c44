import { resolve } from 'node:path';
import type { Environment } from '@common-thread/platform/environment';
import type { IssuerAddress } from '@common-thread/platform/issuer';
import type { LogOptions } from '@common-thread/platform/log';

/** What every app is told that runs as a process of its own. */
export interface ProcessConfiguration {
  readonly host: string;
  readonly port: number;
  /** Liveness, readiness and metrics, on a port that people's requests never reach. */
  readonly operationsPort: number;
  readonly logLevel: NonNullable<LogOptions['level']>;
  /** Standard output where it is absent. */
  readonly logFile?: string;
}

const OPERATIONS_ABOVE = 1_000;

/** @throws ConfigurationError naming the variable at fault */
export function processConfiguration(
  environment: Environment,
  defaultPort: number,
): ProcessConfiguration {
  const port = environment.integer('COMMON_THREAD_PORT', { min: 1, max: 65_535 }, defaultPort);
  const logFile = environment.optional('COMMON_THREAD_LOG_FILE');
  return {
    host: environment.text('COMMON_THREAD_HOST', '127.0.0.1'),
    port,
    operationsPort: environment.integer(
      'COMMON_THREAD_OPERATIONS_PORT',
      { min: 1, max: 65_535 },
      port + OPERATIONS_ABOVE,
    ),
    logLevel: environment.oneOf(
      'COMMON_THREAD_LOG',
      ['debug', 'info', 'warn', 'error', 'silent'],
      'info',
    ),
    ...(logFile === undefined ? {} : { logFile: resolve(logFile) }),
  };
}

/** Where tokens come from. @throws ConfigurationError */
export function issuerAddress(environment: Environment): IssuerAddress {
  const issuer = environment.url('COMMON_THREAD_ISSUER');
  if (environment.optional('COMMON_THREAD_ISSUER_AT') === undefined) return { issuer };
  return { issuer, reachedAt: environment.url('COMMON_THREAD_ISSUER_AT') };
}

/** The database of an app: `postgres://user@host/database`. @throws ConfigurationError */
export function databaseAddress(environment: Environment): string {
  return environment.engine('COMMON_THREAD_DATABASE', ['postgres', 'postgresql']);
}
