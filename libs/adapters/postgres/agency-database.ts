import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';

/** PostgreSQL cuts longer names off, and two agencies could then share one. */
const NAME_LENGTH_MAX = 63;

/** The schema of one agency on the embedded profile: `fairholme-hub.safeguarding-hub` has its own. */
export function agencySchema(recipient: string): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*\.[a-z]+(-[a-z]+)*$/.test(recipient)) {
    throw new Error(`${recipient} names no recipient`);
  }
  const schema = `agency_${recipient.replaceAll(/[.-]/g, '_')}`;
  if (schema.length > NAME_LENGTH_MAX) throw new Error(`${recipient} is too long for a schema`);
  return schema;
}

/** An agency's own tables for its queries, on a pool it is given. Ending the pool ends it. */
export function agencyDatabase<Tables>(pool: pg.Pool, recipient: string): Kysely<Tables> {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return database.withSchema(agencySchema(recipient));
}
