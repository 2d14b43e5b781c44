import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import type pg from 'pg';
import { countyFeed } from './rebuild-feed.js';

/** Families told in full, of which all others are copies under other names. */
const TOLD_FAMILIES = 500;
const ROWS_PER_FAMILY = 30;
export const TOLD_ROWS = TOLD_FAMILIES * ROWS_PER_FAMILY;
const APPEND_ROWS = 1_000;

/** Every derived id within a text, up to the eight digits that tell copies apart. */
const IDS = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})[0-9a-f]{8}';

/**
 * An inbox as a hub of so many families would hold it: the feed of some told in full, and the server's own
 * copies of it, each with its families, ids and sequences moved along, so that every row still
 * follows what it followed. Thirty rows a family. The hashes of copies are those of what they copy.
 * Answers the rows held.
 */
export async function largeCounty(
  pool: pg.Pool,
  schema: string,
  families: number,
): Promise<number> {
  const inbox = new PostgresInbox(pool, schema);
  await inbox.prepare();
  const told = countyFeed(TOLD_ROWS, 'large county');
  for (let from = 0; from < told.length; from += APPEND_ROWS) {
    await inbox.append(told.slice(from, from + APPEND_ROWS));
  }
  const copies = Math.max(1, Math.round(families / TOLD_FAMILIES));
  for (let copy = 1; copy < copies; copy += 1) await copyTold(pool, schema, copy);
  const rows = copies * TOLD_ROWS;
  await pool.query(`update ${schema}.inbox_head set sequence = $1`, [rows]);
  await pool.query(`vacuum analyze ${schema}.inbox`);
  return rows;
}

async function copyTold(pool: pg.Pool, schema: string, copy: number): Promise<void> {
  const digits = copy.toString(16).padStart(8, '0');
  const moved = (text: string) => `regexp_replace(${text}, '${IDS}', '\\1${digits}', 'g')`;
  await pool.query(
    `insert into ${schema}.inbox (sequence, id, line, hash, envelope, salt, body, withdrawn_by,
        origin_sequence, matter)
      select sequence + $1, ${moved('id')}, 'family/c${copy}-' || substr(line, 8), hash,
        replace(replace(${moved('envelope::text')},
          '"sequence":' || sequence || ',', '"sequence":' || sequence + $1 || ','),
          'family/', 'family/c${copy}-')::json,
        salt, body, ${moved('withdrawn_by')}, origin_sequence + $1, matter
      from ${schema}.inbox where sequence <= ${TOLD_ROWS} order by sequence`,
    [copy * TOLD_ROWS],
  );
}
