import { EngineAway } from '@common-thread/adapters/engine-faults';
import { EventStoreDbEventLog } from '@common-thread/adapters/eventstoredb/event-log';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { reachPostgres } from '@common-thread/adapters/postgres/reach';
import type { EventLog } from '@common-thread/eventing/event-log';
import { LogUnavailable } from '@common-thread/eventing/event-log';
import type { Environment } from '@common-thread/platform/environment';
import type { Log } from '@common-thread/platform/log';
import type { AppProcess } from './app-process.js';

const VARIABLE = 'COMMON_THREAD_EVENT_LOG';
const POSTGRES = ['postgres', 'postgresql'] as const;
const EVENTSTOREDB = ['esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover'] as const;
/** Two for appends, the others for readers. */
const CONNECTIONS = 6;

export interface OpenedLog {
  readonly eventLog: EventLog;
  close(): Promise<void>;
}

/** Where the private log is; its scheme says on which engine. @throws ConfigurationError */
export function eventLogAddress(environment: Environment): string {
  return environment.engine(VARIABLE, [...POSTGRES, ...EVENTSTOREDB]);
}

/**
 * The same for a system that has a log of its own until it is moved; nothing where it has not been.
 *
 * @throws ConfigurationError
 */
export function movedEventLogAddress(environment: Environment): string | undefined {
  if (environment.optionalSecret(VARIABLE) === undefined) return undefined;
  return environment.engine(VARIABLE, EVENTSTOREDB);
}

/** Opens the private log, waiting while its engine is away; closed with the process. */
export async function openEventLog(process: AppProcess, address: string): Promise<EventLog> {
  const opened = await process.reach(() => openLogAt(address, process.log));
  process.closing(() => opened.close());
  return opened.eventLog;
}

/** @throws EngineAway, EngineRefused */
export async function openLogAt(address: string, log: Log): Promise<OpenedLog> {
  try {
    if (isEventStoreDb(address)) return await openEventStoreDb(address, log);
    await reachPostgres(address, VARIABLE);
    const eventLog = await PostgresEventLog.open({
      url: address,
      max: CONNECTIONS,
      onIdleError: (error) => log.warn('postgres.connection-lost', {}, error),
    });
    return { eventLog, close: () => eventLog.close() };
  } catch (error) {
    if (error instanceof LogUnavailable) throw new EngineAway(error.message, { cause: error });
    throw error;
  }
}

/** Whether an address is one of EventStoreDB or KurrentDB. */
export function isEventStoreDb(address: string): boolean {
  return EVENTSTOREDB.some((scheme) => address.startsWith(`${scheme}://`));
}

async function openEventStoreDb(connectionString: string, log: Log): Promise<OpenedLog> {
  const eventLog = await EventStoreDbEventLog.open({
    connectionString,
    onTrouble: (trouble) => log.warn('event-log.interrupted', {}, trouble),
  });
  return { eventLog, close: () => eventLog.close() };
}
