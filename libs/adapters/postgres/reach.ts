import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { EngineAway, EngineRefused } from '../engine-faults.js';

/** The oldest release whose server this was tried on. */
const MAJOR_MIN = 18;
const CONNECT_TIMEOUT_MS = 5_000;

const BAD_CREDENTIALS = new Set(['28P01', '28000']);
/** What Node says of a server's certificate. */
const UNTRUSTED = /CERT|SIGNATURE|ALTNAME|TLS/;

/**
 * Says whether the PostgreSQL at an address can be used. `variable` is where the address comes from, so that
 * the message can name it.
 * @throws EngineAway while nobody answers there
 * @throws EngineRefused on wrong credentials, a missing database, an untrusted or an older server
 */
export async function reachPostgres(url: string, variable: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
    application_name: 'common-thread start',
  });
  // Losing the connection is told by the query under way.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version_num') as version`,
    );
    const major = Math.floor(Number(rows[0]?.version) / 10_000);
    if (major >= MAJOR_MIN) return;
    throw new EngineRefused(
      `PostgreSQL at ${placeOf(url)} is release ${major}; ${MAJOR_MIN} or later is needed. ` +
        `Upgrade it, or correct ${variable}.`,
    );
  } catch (error) {
    throw faultOf(error, placeOf(url), variable);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function faultOf(error: unknown, place: string, variable: string): Error {
  if (error instanceof EngineRefused) return error;
  const code: unknown = isNativeError(error) ? Reflect.get(error, 'code') : undefined;
  const reason = typeof code === 'string' ? code : '';
  if (BAD_CREDENTIALS.has(reason)) {
    return new EngineRefused(
      `PostgreSQL at ${place} refuses the user or password. Correct ${variable} or ${variable}_PASSWORD.`,
    );
  }
  if (reason === '3D000') {
    return new EngineRefused(
      `PostgreSQL at ${place} has no such database. Create it, or correct ${variable}.`,
    );
  }
  if (UNTRUSTED.test(reason) || /does not support SSL/.test(String(error))) {
    return new EngineRefused(
      `PostgreSQL at ${place} cannot be trusted over TLS (${reason || 'it offers none'}). ` +
        `Set sslmode and sslrootcert in ${variable}.`,
    );
  }
  return new EngineAway(
    `PostgreSQL at ${place} does not answer${reason ? ` (${reason})` : ''}. ` +
      `Start it, or correct ${variable}.`,
  );
}

/** Host, port and database: never the user or the password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return host + pathname;
}
