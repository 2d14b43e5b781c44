import { resolve } from 'node:path';
import type { Environment } from '@common-thread/platform/environment';
import { movedEventLogAddress } from '@common-thread/running/event-log';

export interface StandaloneConfiguration {
  /** Address to listen on; this profile is for one machine. */
  readonly host: string;
  /** First of a run of ports, see `sharedPort` and the agencies' offsets. */
  readonly basePort: number;
  /** PostgreSQL, keys and what else is kept between starts. */
  readonly dataDirectory: string;
  /** Where the event log is, once it has been moved out of that PostgreSQL. */
  readonly eventLog?: string;
  /** Families of the synthetic county; 0 seeds nothing. */
  readonly families: number;
  /** Another text, another county. */
  readonly seed: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Where every app's log goes; standard output where it is absent. */
  readonly logFile?: string;
}

/** How many families a whole county has unless it is said otherwise. */
const FAMILIES = 2_000;

/** @throws ConfigurationError naming the variable at fault */
export function standaloneConfiguration(environment: Environment): StandaloneConfiguration {
  const logFile = environment.optional('COMMON_THREAD_LOG_FILE');
  const eventLog = movedEventLogAddress(environment);
  return {
    ...(eventLog === undefined ? {} : { eventLog }),
    ...(logFile === undefined ? {} : { logFile: resolve(logFile) }),
    host: environment.text('COMMON_THREAD_HOST', '127.0.0.1'),
    basePort: environment.integer('COMMON_THREAD_PORT', { min: 1, max: 65_000 }, 3000),
    dataDirectory: resolve(environment.text('COMMON_THREAD_DATA', 'data')),
    families: environment.integer('COMMON_THREAD_FAMILIES', { min: 0, max: 1_000_000 }, FAMILIES),
    seed: environment.text('COMMON_THREAD_SEED', 'fairholme'),
    logLevel: environment.oneOf(
      'COMMON_THREAD_LOG',
      ['debug', 'info', 'warn', 'error', 'silent'],
      'warn',
    ),
  };
}

/** Ports by app, from the base. */
const offsets = {
  landing: 0,
  'command-api': 1,
  'feed-relay': 2,
  vault: 3,
  'sign-in': 4,
} as const;

export type SharedApp = keyof typeof offsets;

export function sharedPort(configuration: StandaloneConfiguration, app: SharedApp): number {
  return configuration.basePort + offsets[app];
}
