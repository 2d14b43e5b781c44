import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';

/** The schema of one agency on the embedded profile: `fairholme-hub.safeguarding-hub` has its own. */
export function agencySchema(recipient: string): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*\.[a-z]+(-[a-z]+)*$/.test(recipient)) {
    throw new Error(`${recipient} names no recipient`);
  }
  return `agency_${recipient.replaceAll(/[.-]/g, '_')}`;
}

/** An agency's own tables for its queries, on a pool it is given. Ending the pool ends it. */
export function agencyDatabase<Tables>(pool: pg.Pool, recipient: string): Kysely<Tables> {
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return database.withSchema(agencySchema(recipient));
}
