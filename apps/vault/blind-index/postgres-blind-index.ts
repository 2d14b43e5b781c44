import type { Pool } from 'pg';
import { BlindIndex } from './blind-index.js';
import type { IndexKind, IndexRow } from './index-row.js';

interface Row {
  readonly kind: IndexKind;
  readonly mac: Buffer;
  readonly key_version: number;
  readonly person_id: string;
  readonly event_id: string;
}

const MATCHING = `
select kind, mac, key_version, person_id, event_id from vault.blind_index
where person_id in (
  select hit.person_id from unnest($1::text[], $2::bytea[]) as wanted (kind, mac)
  join vault.blind_index hit using (kind, mac))`;

export class PostgresBlindIndex extends BlindIndex {
  constructor(private readonly pool: Pool) {
    super();
  }

  async rowsOfMatching(
    wanted: readonly { readonly kind: IndexKind; readonly mac: Buffer }[],
  ): Promise<readonly IndexRow[]> {
    const { rows } = await this.pool.query<Row>({
      name: 'vault-find-people',
      text: MATCHING,
      values: [wanted.map(({ kind }) => kind), wanted.map(({ mac }) => mac)],
    });
    return rows.map((row) => ({
      kind: row.kind,
      mac: row.mac,
      keyVersion: row.key_version,
      personId: row.person_id,
      eventId: row.event_id,
    }));
  }
}
