import type pg from 'pg';
import { SEALED_REFERRAL } from './sealed-referral.js';

/** Of one transaction: a longer one would be the first thing to be measured. */
const CHUNK = 10_000;

interface Filling {
  readonly events: number;
  /** Events a stream. */
  readonly streamLength: number;
  /** First part of the streams' names. */
  readonly category?: string;
}

/** Fills a log by the server's own means, in the rows an append would have written. */
export async function fillLog(
  pool: pg.Pool,
  { events, streamLength, category = 'filled' }: Filling,
): Promise<void> {
  const { type, version, data, metadata } = SEALED_REFERRAL;
  for (let from = 0; from < events; from += CHUNK) {
    await pool.query(
      `insert into log.events
          (epoch, position, stream, revision, id, type, version, data, metadata)
        select 1, nth - $1 + 1, $3 || '-' || nth / $4, nth % $4,
          md5($3 || nth)::uuid, $5, $6, $7::json, $8::json
        from generate_series($1::int, $2::int - 1) as nth order by nth`,
      [
        from,
        Math.min(from + CHUNK, events),
        category,
        streamLength,
        type,
        version,
        JSON.stringify(data),
        JSON.stringify(metadata),
      ],
    );
  }
  await pool.query('vacuum analyze log.events');
}
