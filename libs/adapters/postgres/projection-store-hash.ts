import { createHash } from 'node:crypto';
import type { Table } from '@common-thread/projecting/read-model';
import type pg from 'pg';

/** Records hashed at a time: a table of any size is hashed in little memory. */
const PAGE_ROWS = 5_000;

interface HashedPage {
  readonly hash: Buffer | null;
  readonly last: string | null;
}

/** SHA-256, hex, over a table's records as PostgreSQL writes them, in order of key. */
export async function hashOfTable(
  client: pg.ClientBase,
  table: Table,
  qualifiedName: string,
): Promise<string> {
  const hash = createHash('sha256');
  for (let after: string | null = null; ;) {
    const page: HashedPage = await hashPage(client, table, qualifiedName, after);
    if (page.hash === null || page.last === null) return hash.digest('hex');
    hash.update(page.hash);
    after = page.last;
  }
}

async function hashPage(
  client: pg.ClientBase,
  { key, columns }: Table,
  qualifiedName: string,
  after: string | null,
): Promise<HashedPage> {
  const type = columns[key] === 'bigint' ? 'bigint' : 'text';
  const { rows } = await client.query<HashedPage>(
    `select sha256(convert_to(string_agg(page::text, E'\\n' order by ${key}), 'UTF8')) as hash,
        max(${key})::text as last
      from (select * from ${qualifiedName}
        where $1::text is null or ${key} > $1::${type} order by ${key} limit ${PAGE_ROWS}) as page`,
    [after],
  );
  return rows[0] ?? { hash: null, last: null };
}
