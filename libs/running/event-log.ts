import { EngineAway } from '@common-thread/adapters/engine-faults';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { reachPostgres } from '@common-thread/adapters/postgres/reach';
import type { EventLog } from '@common-thread/eventing/event-log';
import { LogUnavailable } from '@common-thread/eventing/event-log';
import type { Environment } from '@common-thread/platform/environment';
import type { Log } from '@common-thread/platform/log';
import type { AppProcess } from './app-process.js';

const VARIABLE = 'COMMON_THREAD_EVENT_LOG';
/** Two for appends, the others for readers. */
const CONNECTIONS = 6;

export interface OpenedLog {
  readonly eventLog: EventLog;
  close(): Promise<void>;
}

/** Where the private log is; its scheme says on which engine. @throws ConfigurationError */
export function eventLogAddress(environment: Environment): string {
  return environment.engine(VARIABLE, ['postgres', 'postgresql']);
}

/** Opens the private log, waiting while its engine is away; closed with the process. */
export async function openEventLog(process: AppProcess, address: string): Promise<EventLog> {
  const opened = await process.reach(() => openLogAt(address, process.log));
  process.closing(() => opened.close());
  return opened.eventLog;
}

/** @throws EngineAway, EngineRefused */
export async function openLogAt(address: string, log: Log): Promise<OpenedLog> {
  await reachPostgres(address, VARIABLE);
  try {
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
