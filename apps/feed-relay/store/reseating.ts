import type { Pool } from 'pg';
import type { Cursor } from '@common-thread/eventing/event-log';

/** An event and where the log that it was moved to holds it. */
export interface NewPlace {
  readonly eventId: string;
  readonly cursor: Cursor;
}

/** The last event that the relay has handled; nothing before the first. */
export async function relayStandsAt(pool: Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ event_id: string | null }>(
    'select event_id from relay.checkpoint',
  );
  return rows[0]?.event_id ?? undefined;
}

/** Gives the relay's copies of events their new cursors. Safe to repeat; at most 1,000 at a time. */
export async function replaceFacts(pool: Pool, places: readonly NewPlace[]): Promise<void> {
  await pool.query(
    `update relay.facts f set log_cursor = p.cursor
     from unnest($1::uuid[], $2::text[]) as p (event_id, cursor)
     where f.event_id = p.event_id and f.log_cursor <> p.cursor`,
    [places.map(({ eventId }) => eventId), places.map(({ cursor }) => cursor)],
  );
}

/**
 * From now on the relay goes on after the same event in another log, and whoever held it before commits no
 * more. What was told is not touched.
 *
 * @throws Error where the relay stands at another event by now
 */
export async function seatRelay(pool: Pool, { eventId, cursor }: NewPlace): Promise<void> {
  const { rowCount } = await pool.query(
    'update relay.checkpoint set log_cursor = $2, fence = fence + 1 where event_id = $1',
    [eventId, cursor],
  );
  if (rowCount !== 1) throw new Error('the relay went on while it was moved: move again');
}
