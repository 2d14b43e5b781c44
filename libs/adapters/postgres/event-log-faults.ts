import { LogUnavailable } from '@common-thread/eventing/event-log';
import pg from 'pg';

export type Fault =
  /** The store cannot be reached, or will not say what became of the statement. */
  | 'unavailable'
  /** Rolled back for reasons of timing: the same statement may succeed. */
  | 'transient'
  /** Something in the data can never be stored. */
  | 'data'
  /** A fault of ours, such as a missing table. */
  | 'ours';

/** SQLSTATE classes (PostgreSQL manual, appendix A). */
const FAULT_OF_CLASS: Readonly<Record<string, Fault>> = {
  '08': 'unavailable', // connection exception
  '22': 'data', // data exception
  '23': 'data', // integrity constraint violation
  '25': 'unavailable', // invalid transaction state: a standby is read only
  '40': 'transient', // transaction rollback: deadlock, serialisation
  '53': 'unavailable', // insufficient resources: disk full, too many connections
  '54': 'data', // program limit exceeded
  '55': 'unavailable', // object not in prerequisite state: in recovery
  '57': 'unavailable', // operator intervention: shutdown, statement timeout
  '58': 'unavailable', // system error
};

export function faultOf(error: unknown): Fault {
  // What is not the server's own is the driver's: nobody answered.
  if (!(error instanceof pg.DatabaseError)) return 'unavailable';
  return FAULT_OF_CLASS[(error.code ?? '').slice(0, 2)] ?? 'ours';
}

/**
 * For a failed statement: LogUnavailable where the port says so, else the error itself.
 *
 * @throws always
 */
export function rethrow(error: unknown): never {
  const fault = faultOf(error);
  if (fault !== 'unavailable' && fault !== 'transient') throw error;
  const reason = error instanceof Error ? error.message : String(error);
  throw new LogUnavailable(`PostgreSQL: ${reason}`, { cause: error });
}
