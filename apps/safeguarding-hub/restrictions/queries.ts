import type { SelectedOf } from '@common-thread/projecting/read-model';
import type { Kysely } from 'kysely';
import type { contactTable } from '../triage-queue/projection.js';
import type { restrictionTable } from './projection.js';

export interface RestrictionTables {
  restrictions_family: SelectedOf<typeof restrictionTable.columns>;
  triage_queue_contact: SelectedOf<typeof contactTable.columns>;
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
  /** Of this hub's contacts about the family, the latest first. */
  readonly references: readonly string[];
}

const REFERENCES_MAX = 3;

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
    const references = rows.map((row) => this.referencesOf(row.family_id));
    return Promise.all(rows.map(async (row, nth) => recordOf(row, (await references[nth]) ?? [])));
  }

  /** Undefined where the family is not restricted. */
  async find(familyId: string): Promise<RestrictedRecord | undefined> {
    const row = await this.database
      .selectFrom('restrictions_family')
      .selectAll()
      .where('family_id', '=', familyId)
      .where('restricted', '=', true)
      .executeTakeFirst();
    return row && recordOf(row, await this.referencesOf(familyId));
  }

  /** Of this hub's contacts about a family, the latest first. */
  async referencesOf(familyId: string): Promise<readonly string[]> {
    const rows = await this.database
      .selectFrom('triage_queue_contact')
      .select('reference')
      .where('line', '=', `family/${familyId}`)
      .where('ours', '=', true)
      .orderBy('received_at', 'desc')
      .limit(REFERENCES_MAX)
      .execute();
    return rows.flatMap(({ reference }) => reference ?? []);
  }

  /** Tag of the last thing told of a family's restriction. */
  async tagOf(familyId: string): Promise<string | null> {
    const row = await this.database
      .selectFrom('restrictions_family')
      .select('tag')
      .where('family_id', '=', familyId)
      .executeTakeFirst();
    return row?.tag ?? null;
  }
}

function recordOf(
  row: SelectedOf<typeof restrictionTable.columns>,
  references: readonly string[],
): RestrictedRecord {
  return {
    familyId: row.family_id,
    ours: row.ours,
    ground: row.ground,
    authority: row.authority,
    speakTo: row.speak_to,
    reviewOn: row.review_on,
    restrictedAt: row.restricted_at,
    references,
  };
}
