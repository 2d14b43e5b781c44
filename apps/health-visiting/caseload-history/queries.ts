import type { FamilyHistoryTables } from '@common-thread/adapters/postgres/family-history-reader';
import { FamilyHistoryReader } from '@common-thread/adapters/postgres/family-history-reader';
import type { LatenessPolicy } from '@common-thread/adapters/postgres/history-reader';
import type { Kysely } from 'kysely';
import { caseloadHistory } from './projection.js';

/** Records are to be contemporaneous: within three days allows for a weekend. */
const lateness: LatenessPolicy = { lateAfterHours: 72 };

/** A family's history as one health visiting service is told it. */
export class CaseloadHistoryQueries extends FamilyHistoryReader {
  constructor(database: Kysely<FamilyHistoryTables>, policy = lateness) {
    super(database, caseloadHistory.name, policy);
  }
}
