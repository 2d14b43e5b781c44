import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { Pool, QueryResult, QueryResultRow } from 'pg';

/** A statement on the vault's own tables. @throws VaultUnavailable naming what cannot be written or read */
export async function vaultQuery<Row extends QueryResultRow>(
  pool: Pool,
  what: string,
  text: string,
  values: unknown[],
): Promise<QueryResult<Row>> {
  try {
    return await pool.query<Row>(text, values);
  } catch (cause) {
    throw new VaultUnavailable(`${what} cannot be written or read`, { cause });
  }
}
