import type { Hash } from 'node:crypto';
import { createHash } from 'node:crypto';
import type { TableDefinition } from '@common-thread/projecting/read-model';
import type pg from 'pg';

/** Records hashed at a time: a table of any size is hashed in little memory. */
const PAGE_ROWS = 5_000;

interface HashedPage {
  /** One a column, in the columns' order; of no rows, null. */
  readonly hashes: readonly (Buffer | null)[];
  readonly last: string | null;
}

/**
 * SHA-256, hex, over each column's values as PostgreSQL writes them beside their keys, in order of key.
 */
export async function hashesOfColumns(
  client: pg.ClientBase,
  table: TableDefinition,
  qualifiedName: string,
): Promise<Readonly<Record<string, string>>> {
  const hashes = new Map<string, Hash>();
  for (const column of Object.keys(table.columns).sort()) hashes.set(column, createHash('sha256'));
  for (let after: string | null = null; ;) {
    const page = await hashPage(client, table, qualifiedName, [...hashes.keys()], after);
    if (page.last === null) break;
    [...hashes.values()].forEach((hash, nth) => hash.update(page.hashes[nth] ?? ''));
    after = page.last;
  }
  return Object.fromEntries([...hashes].map(([column, hash]) => [column, hash.digest('hex')]));
}

async function hashPage(
  client: pg.ClientBase,
  { key, columns }: TableDefinition,
  qualifiedName: string,
  hashed: readonly string[],
  after: string | null,
): Promise<HashedPage> {
  const type = columns[key] === 'bigint' ? 'bigint' : 'text';
  const values = hashed.map(
    (column) => `string_agg(row(${key}, ${column})::text, E'\\n' order by ${key})`,
  );
  const { rows } = await client.query<HashedPage>(
    `select array[${values.map((value) => `sha256(convert_to(${value}, 'UTF8'))`).join(', ')}] as hashes,
        max(${key})::text as last
      from (select * from ${qualifiedName}
        where $1::text is null or ${key} > $1::${type} order by ${key} limit ${PAGE_ROWS}) as page`,
    [after],
  );
  return rows[0] ?? { hashes: [], last: null };
}
