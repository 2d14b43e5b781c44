import type { FamilyHistoryTables } from '@common-thread/adapters/postgres/family-history-reader';
import { FamilyHistoryReader } from '@common-thread/adapters/postgres/family-history-reader';
import type { LatenessPolicy } from '@common-thread/adapters/postgres/history-reader';
import type { Kysely } from 'kysely';
import { ourFamilyHistory } from './projection.js';

/** Session registers are entered by the end of the week. */
const lateness: LatenessPolicy = { lateAfterHours: 7 * 24 };

/** A family's history as one centre provider is told it. */
export class FamilyHistoryQueries extends FamilyHistoryReader {
  constructor(database: Kysely<FamilyHistoryTables>, policy = lateness) {
    super(database, ourFamilyHistory.name, policy);
  }
}
