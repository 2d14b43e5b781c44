import type { EventLog } from '@common-thread/eventing/event-log';
import { eventStoreDbEngine } from './event-log-eventstoredb.js';
import { memoryEngine } from './event-log-memory.js';
import { postgresEngine } from './event-log-postgres.js';

/** One empty log and what a test may do to it. */
export interface OpenLog {
  readonly log: EventLog;
  /** Another adapter over the same store, as after a restart of this process. */
  reopened(): Promise<EventLog>;
  /**
   * The first `keep` events restored from a backup to another place, with a new epoch opened
   * there.
   */
  restored(keep: number): Promise<EventLog>;
  /** Begins a write that has nothing to do with the log; it stays open until it is ended. */
  unrelatedWrite(): Promise<{ end(): Promise<void> }>;
  /** The store cannot be reached from `log`, until it is mended. */
  cut(): void;
  mend(): void;
  /**
   * The append reaches the store and its answer is lost: it rejects as the adapter makes it
   * reject.
   */
  withAnswerLost(append: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

export interface EventLogEngine {
  readonly name: string;
  open(): Promise<OpenLog>;
  /** Ends what the engine shares among its logs. */
  end(): Promise<void>;
}

/** Every adapter of the port; each runs every case. */
export const eventLogEngines: readonly EventLogEngine[] = [
  memoryEngine,
  postgresEngine,
  eventStoreDbEngine,
];
