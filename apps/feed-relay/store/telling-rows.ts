import type { Pool } from 'pg';
import type { FeedEnvelope } from '@common-thread/projecting/feed-row';
import { reaching } from './reaching.js';
import type { TellingRow } from './relay-store.js';

const TELLING = `
select recipient, sequence, line, envelope, withdrawn_by
from relay.feed_rows where stream_id = any($1) and $2 = any(fields)
order by recipient collate "C", sequence`;

interface ToldField {
  readonly recipient: string;
  readonly sequence: string;
  readonly line: string;
  readonly envelope: FeedEnvelope;
  readonly withdrawn_by: string | null;
}

/** Rows that told a field recorded in any of the streams. @throws StoreUnavailable */
export async function rowsTelling(
  pool: Pool,
  streamIds: readonly string[],
  field: string,
): Promise<TellingRow[]> {
  const { rows } = await reaching(() => pool.query<ToldField>(TELLING, [streamIds, field]));
  return rows.map(({ sequence, withdrawn_by: withdrawnBy, ...row }) => ({
    ...row,
    sequence: Number(sequence),
    withdrawnBy,
  }));
}
