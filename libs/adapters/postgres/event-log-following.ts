import {
  CursorBeyondEpoch,
  type FollowOptions,
  type Followed,
} from '@common-thread/eventing/event-log';
import type pg from 'pg';
import type { WakeUps } from '../wake-ups.js';
import { cursorOf, placeOf, startOfEpoch, type Place } from './event-log-cursor.js';
import { rethrow } from './event-log-faults.js';
import { storedEvent, type EventRow } from './event-log-rows.js';

const BATCH_EVENTS_MAX = 1_000;
/** How soon an append of another process is noticed. Those of this process ring. */
const POLL_MS = 100;
const CAUGHT_UP_EVERY_MS = 250;
/** Pause while an event is there but an older transaction still runs: doubles up to POLL_MS. */
const HELD_BACK_MS = 1;

/**
 * What lies after a place, in order. In the current epoch only below the oldest transaction that
 * still runs: it may yet commit events that belong before those that are visible.
 */
const SCAN = `
  select e.tx::text as tx_text, e.position, e.stream, e.wanted,
         case when e.wanted then e.revision end as revision,
         case when e.wanted then e.id end as id,
         case when e.wanted then e.type end as type,
         case when e.wanted then e.version end as version,
         case when e.wanted then e.data end as data,
         case when e.wanted then e.metadata end as metadata
  from (
    select *, stream ^@ any($5::text[]) as wanted
    from log.events
    where epoch = $1 and (tx, position) > ($2::xid8, $3::int)
      and tx < case when $4 then '18446744073709551615'::xid8
                    else pg_snapshot_xmin(pg_current_snapshot()) end
    order by tx, position
    limit ${BATCH_EVENTS_MAX}) as e
  order by e.tx, e.position`;

/**
 * Where a reader stands. Whatever was acknowledged before this statement began is visible to it.
 */
const LOOK_AHEAD = `
  select exists (select from log.events
                 where epoch = $1 and (tx, position) > ($2::xid8, $3::int)) as more,
         exists (select from log.epochs where epoch > $1) as closed,
         coalesce((select case when end_tx is null
                               then $2::xid8 >= pg_snapshot_xmin(pg_current_snapshot())
                               else ($2::xid8, $3::int) > (end_tx, end_position) end
                   from log.epochs where epoch = $1), true) as beyond`;

interface Ahead {
  /** Something visible lies after the place, perhaps not yet readable. */
  readonly more: boolean;
  /** A later epoch has been opened: nothing will be added to this one. */
  readonly closed: boolean;
  /** This epoch never handed that place out, or no longer holds it. */
  readonly beyond: boolean;
}

type Scanned = EventRow & { readonly wanted: boolean };

export interface Followable {
  readonly pool: pg.Pool;
  readonly appended: WakeUps;
  readonly now: () => Date;
}

/** The log from a cursor on, then live until the signal aborts. */
export async function* followLog(
  log: Followable,
  { prefixes, after, signal }: FollowOptions,
): AsyncGenerator<Followed> {
  const wanted = prefixes?.length ? prefixes : [''];
  let place = after === undefined ? startOfEpoch(1) : placeOf(after);
  let ahead: Ahead | undefined;
  let tellAt = 0;
  let heldBackMs = HELD_BACK_MS;
  while (!signal.aborted) {
    const rung = log.appended.rung;
    const asOf = log.now();
    ahead ??= await lookAhead(log.pool, place);
    if (ahead.beyond) {
      throw new CursorBeyondEpoch(`this log holds nothing up to cursor ${cursorOf(place)}`);
    }
    if (ahead.more) {
      const rows: Scanned[] = await scan(log.pool, place, ahead.closed, wanted);
      if (rows.length < BATCH_EVENTS_MAX) ahead = undefined; // else there is surely more
      if (rows.length === 0) {
        await log.appended.wait(log.appended.rung, heldBackMs, signal);
        heldBackMs = Math.min(heldBackMs * 2, POLL_MS);
        continue;
      }
      place = placeOfLast(place.epoch, rows);
      heldBackMs = HELD_BACK_MS;
      tellAt = 0; // there was something to catch up with: say at once when that is done
      const events = rows.filter((row) => row.wanted).map((row) => storedEvent(place.epoch, row));
      if (events.length > 0) yield { kind: 'events', events };
      continue;
    }
    if (ahead.closed) {
      place = startOfEpoch(place.epoch + 1);
    } else {
      if (performance.now() >= tellAt) {
        yield { kind: 'caughtUp', asOf: asOf.toISOString() };
        tellAt = performance.now() + CAUGHT_UP_EVERY_MS;
      }
      await log.appended.wait(rung, POLL_MS, signal);
    }
    ahead = undefined;
  }
}

async function lookAhead(pool: pg.Pool, { epoch, tx, position }: Place): Promise<Ahead> {
  const { rows } = await pool
    .query<Ahead>({ name: 'log-look-ahead', text: LOOK_AHEAD, values: [epoch, tx, position] })
    .catch(rethrow);
  return rows[0]!;
}

async function scan(
  pool: pg.Pool,
  { epoch, tx, position }: Place,
  closed: boolean,
  prefixes: readonly string[],
): Promise<Scanned[]> {
  const values = [epoch, tx, position, closed, prefixes];
  const { rows } = await pool
    .query<Scanned>({ name: 'log-scan', text: SCAN, values })
    .catch(rethrow);
  return rows;
}

function placeOfLast(epoch: number, rows: readonly Scanned[]): Place {
  const { tx_text: tx, position } = rows[rows.length - 1]!;
  return { epoch, tx, position };
}
