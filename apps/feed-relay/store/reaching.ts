import pg from 'pg';
import { faultOf } from '@common-thread/adapters/postgres/event-log-faults';
import { StoreUnavailable } from './relay-store.js';

/**
 * Does something with the database; says by its own name when that cannot be reached, because it is
 * waited out and nothing else is.
 * @throws StoreUnavailable
 */
export async function reaching<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isOfTheDatabase(error)) throw error;
    const fault = faultOf(error);
    if (fault !== 'unavailable' && fault !== 'transient') throw error;
    throw new StoreUnavailable('PostgreSQL cannot be reached', { cause: error });
  }
}

/** The server's own errors, and the driver's and system's, which have no class of their own. */
function isOfTheDatabase(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return true;
  return error instanceof Error && ['Error', 'AggregateError'].includes(error.name);
}
