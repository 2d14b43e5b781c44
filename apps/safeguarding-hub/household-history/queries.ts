import type { FamilyHistoryTables } from '@common-thread/adapters/postgres/family-history-reader';
import { FamilyHistoryReader } from '@common-thread/adapters/postgres/family-history-reader';
import type { LatenessPolicy } from '@common-thread/adapters/postgres/history-reader';
import type { Kysely } from 'kysely';
import { householdHistory } from './projection.js';

/** Known three days after it happened, a fact came too late for whoever decided in between. */
const lateness: LatenessPolicy = { lateAfterHours: 72 };

/** Every agency's record of a household, as far as the hub is told: what stands beside a new contact. */
export class HouseholdHistoryQueries extends FamilyHistoryReader {
  constructor(database: Kysely<FamilyHistoryTables>, policy = lateness) {
    super(database, householdHistory.name, policy);
  }
}
