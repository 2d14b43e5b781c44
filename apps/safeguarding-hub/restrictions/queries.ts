import type { SelectedOf } from '@common-thread/projecting/read-model';
import type { Kysely } from 'kysely';
import type { restrictionTable } from './projection.js';

export interface RestrictionTables {
  restrictions_family: SelectedOf<typeof restrictionTable.columns>;
}

/** A family's record that is restricted now. */
export interface RestrictedRecord {
  readonly familyId: string;
  readonly ours: boolean;
  readonly ground: string | null;
  readonly authority: string | null;
  readonly speakTo: string | null;
  /** `YYYY-MM-DD` */
  readonly reviewOn: string | null;
  readonly restrictedAt: Date | null;
}

export class RestrictionQueries {
  constructor(private readonly database: Kysely<RestrictionTables>) {}

  /** Those this hub keeps, the review that is due first, or longest overdue, before the others. */
  async kept(): Promise<readonly RestrictedRecord[]> {
    const rows = await this.database
      .selectFrom('restrictions_family')
      .selectAll()
      .where('restricted', '=', true)
      .where('ours', '=', true)
      .orderBy('review_on')
      .execute();
    return rows.map(recordOf);
  }

  /** Undefined where the family is not restricted. */
  async find(familyId: string): Promise<RestrictedRecord | undefined> {
    const row = await this.database
      .selectFrom('restrictions_family')
      .selectAll()
      .where('family_id', '=', familyId)
      .where('restricted', '=', true)
      .executeTakeFirst();
    return row && recordOf(row);
  }
}

function recordOf(row: SelectedOf<typeof restrictionTable.columns>): RestrictedRecord {
  return {
    familyId: row.family_id,
    ours: row.ours,
    ground: row.ground,
    authority: row.authority,
    speakTo: row.speak_to,
    reviewOn: row.review_on,
    restrictedAt: row.restricted_at,
  };
}
