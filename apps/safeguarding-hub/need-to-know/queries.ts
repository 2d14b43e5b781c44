import type { SelectedOf } from '@common-thread/projecting/read-model';
import type { Kysely } from 'kysely';
import type { ConsentTold, DecisionTold, needToKnowTable } from './projection.js';

export interface NeedToKnowTables {
  need_to_know_family: SelectedOf<typeof needToKnowTable.columns>;
}

/** What is decided about telling others of one family. */
export interface FamilySharingRecord {
  /** Since when and why its address is confidential; null where it is not. */
  readonly confidential: { readonly because: string | null; readonly since: Date | null } | null;
  readonly consents: readonly ConsentTold[];
  readonly decisions: readonly DecisionTold[];
  /** Of the last things told of its sharing and of its address. */
  readonly tags: readonly (string | null)[];
}

const nothing: FamilySharingRecord = { confidential: null, consents: [], decisions: [], tags: [] };

export class NeedToKnowQueries {
  constructor(private readonly database: Kysely<NeedToKnowTables>) {}

  async of(familyId: string): Promise<FamilySharingRecord> {
    const row = await this.database
      .selectFrom('need_to_know_family')
      .selectAll()
      .where('family_id', '=', familyId)
      .executeTakeFirst();
    if (!row) return nothing;
    return {
      confidential: row.confidential
        ? { because: row.confidential_because, since: row.confidential_since }
        : null,
      consents: row.consents as readonly ConsentTold[],
      decisions: row.decisions as readonly DecisionTold[],
      tags: [row.tag, row.shielding_tag],
    };
  }
}
