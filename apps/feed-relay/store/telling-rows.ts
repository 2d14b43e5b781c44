import type { Pool } from 'pg';
import type { ToldAsked, ToldFact } from '@common-thread/platform/tellings';
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

const ABOUT = `
select recipient, event_id, grade, envelope ->> 'disclosedtime' as told_at,
  withdrawn_by is not null as withdrawn
from relay.feed_rows
where event_id = any($1) and line = any($2) and person_id in ('', $3)
order by recipient collate "C", sequence`;

interface ToldAbout {
  readonly recipient: string;
  readonly event_id: string;
  readonly grade: string;
  readonly told_at: string;
  readonly withdrawn: boolean;
}

/** As `RelayStore.toldAbout` answers. @throws StoreUnavailable */
export async function rowsAbout(
  pool: Pool,
  { eventIds, lines, personId }: ToldAsked,
): Promise<ToldFact[]> {
  const asked = [eventIds, lines, personId];
  const { rows } = await reaching(() => pool.query<ToldAbout>(ABOUT, asked));
  return rows.map(({ event_id: eventId, told_at: toldAt, ...row }) => ({
    ...row,
    eventId,
    toldAt,
  }));
}
