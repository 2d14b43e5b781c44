import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { Pool, QueryResult, QueryResultRow } from 'pg';

/** A statement on the vault's own tables. @throws VaultUnavailable naming what cannot be written or read */
export function vaultQuery<Row extends QueryResultRow>(
  pool: Pool,
  what: string,
  text: string,
  values: unknown[],
): Promise<QueryResult<Row>> {
  return reaching(what, () => pool.query<Row>(text, values));
}

/** Statements on the vault's own tables. @throws VaultUnavailable naming what cannot be written or read */
export async function reaching<Answer>(
  what: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (cause) {
    throw new VaultUnavailable(`${what} cannot be written or read`, { cause });
  }
}
