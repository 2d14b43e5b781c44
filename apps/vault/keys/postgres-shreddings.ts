import type { Pool, PoolClient } from 'pg';
import type {
  HeldKey,
  IdentifiedWrap,
  KeysProposed,
  KeysRetired,
  LivingHold,
  Shredding,
} from './shreddings.js';
import { doomedOf, unindexedBy } from './shreddings.js';

/** Any number, as long as nothing else of ours locks on it. */
const SHREDDING_LOCK = 7_240_102;

/** Retires the keys a proposal is about, once. */
export async function retire(
  pool: Pool,
  { proposalId, subjects, recordClasses }: KeysProposed,
  now: Date,
): Promise<KeysRetired> {
  await inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `insert into vault.shreddings (proposal_id, retired_at, noted_at) values ($1, $2, now())
       on conflict do nothing`,
      [proposalId, now],
    );
    if (rowCount === 0) return;
    await client.query(
      `with about as (
         select key_id from vault.keys
         where erased_at is null and subjects && $2::text[] and record_class = any ($3::text[])
         order by key_id for update
       ), noted as (
         insert into vault.retirements (proposal_id, key_id) select $1, key_id from about
       )
       update vault.keys k set retired_at = coalesce(k.retired_at, now())
       from about where k.key_id = about.key_id`,
      [proposalId, subjects, recordClasses],
    );
  });
  const { rows } = await pool.query<{
    retired_at: Date;
    destroyed_at: Date | null;
    destroyed: number;
    key_ids: string[];
  }>(
    `select retired_at, destroyed_at, destroyed, array(
       select key_id::text from vault.retirements r where r.proposal_id = s.proposal_id
     ) as key_ids from vault.shreddings s where proposal_id = $1`,
    [proposalId],
  );
  const { retired_at: retiredAt, destroyed_at, destroyed, key_ids: keyIds } = rows[0]!;
  const destroyedAt = destroyed_at ? { destroyedAt: destroyed_at } : {};
  return { retiredAt, keyIds, destroyed, ...destroyedAt };
}

/** See KeyStore.living. */
export async function living(
  pool: Pool,
  subjects: readonly string[],
): Promise<readonly LivingHold[]> {
  const { rows } = await pool.query<KeyRow & { readonly subject: string }>(
    `select k.key_id, k.record_class, k.controller, w.subject, array(
       select holder from vault.releases r where r.key_id = k.key_id and r.subject = w.subject
     ) as released
     from vault.wraps w join vault.keys k using (key_id)
     where w.subject = any ($1::text[]) and k.erased_at is null`,
    [subjects],
  );
  return rows.map((row) => ({
    ...heldKeyOf(row),
    subject: row.subject,
    releasedBy: row.released,
  }));
}

/** Holds a lock of the whole database while `work` runs on other connections. */
export async function exclusively(pool: Pool, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [SHREDDING_LOCK]);
    await work();
  } finally {
    const unlocked = client.query('select pg_advisory_unlock($1)', [SHREDDING_LOCK]);
    // A connection that cannot say it has let go is closed, and lets go with that.
    await unlocked.then(
      () => client.release(),
      (error: unknown) => client.release(error instanceof Error ? error : true),
    );
  }
}

/** See KeyStore.shred. */
export function shred(pool: Pool, shredding: Shredding): Promise<readonly string[]> {
  const { bucket, version } = shredding;
  return inTransaction(pool, async (client) => {
    // From here on nothing more is wrapped under an older version: whoever tries waits, and is refused.
    await client.query('select from vault.bucket_keys where bucket = $1 for update', [bucket]);
    const doomed = await release(client, shredding);
    if (doomed.length > 0) await destroyFor(client, shredding, doomed);
    const { rows } = await client.query<WrapRow>(
      `select key_id, subject, bucket, bucket_version, wrapped from vault.wraps
       where bucket = $1 and bucket_version < $2`,
      [bucket, version],
    );
    const anew = await shredding.rewrap(rows.map(wrapOf));
    await client.query(
      `with moved as (
         select * from json_to_recordset($3) as m (key_id uuid, subject text, wrapped text)
       ), left_behind as (
         delete from vault.wraps w where bucket = $1 and bucket_version < $2
         and not exists (select from moved m where m.key_id = w.key_id and m.subject = w.subject)
       )
       update vault.wraps w set bucket_version = $2, wrapped = decode(m.wrapped, 'base64')
       from moved m where w.key_id = m.key_id and w.subject = m.subject`,
      [bucket, version, JSON.stringify(anew.map(movedRow))],
    );
    await client.query('delete from vault.bucket_keys where bucket = $1 and version < $2', [
      bucket,
      version,
    ]);
    return doomed.map(({ keyId }) => keyId);
  });
}

/** Notes that the holder has let go. Gives the keys that nobody holds any more. */
async function release(client: PoolClient, shredding: Shredding): Promise<HeldKey[]> {
  const { proposalId, subject, holder } = shredding;
  const { rows } = await client.query<KeyRow>(
    `select k.key_id, k.record_class, k.controller, array(
       select holder from vault.releases r where r.key_id = k.key_id and r.subject = $2
     ) as released
     from vault.keys k join vault.retirements t using (key_id)
     where t.proposal_id = $1 and k.erased_at is null and $2 = any (k.subjects)
     order by k.key_id for update of k`,
    [proposalId, subject],
  );
  const keys = rows.map(heldKeyOf);
  const keyIds = keys.map(({ keyId }) => keyId);
  await client.query(
    `insert into vault.releases (key_id, subject, holder)
     select key_id, $2, $3 from unnest($1::uuid[]) as k (key_id) on conflict do nothing`,
    [keyIds, subject, holder],
  );
  const released = new Map(rows.map((row) => [row.key_id, new Set([...row.released, holder])]));
  return doomedOf(keys, (keyId) => released.get(keyId) ?? new Set(), shredding);
}

async function destroyFor(
  client: PoolClient,
  { proposalId, subject, told, known }: Shredding,
  doomed: readonly HeldKey[],
): Promise<void> {
  const keyIds = doomed.map(({ keyId }) => keyId);
  const { rowCount: gone } = await client.query(
    'delete from vault.wraps where subject = $2 and key_id = any ($1::uuid[])',
    [keyIds, subject],
  );
  await client.query(
    `update vault.keys k set erased_at = now() where key_id = any ($1::uuid[])
     and not exists (select from vault.wraps w where w.key_id = k.key_id)`,
    [keyIds],
  );
  // What no event stands behind was made for a command that came to nothing.
  await client.query(
    `delete from vault.blind_index where person_id::text = $1 and (event_id = any ($2::uuid[])
       or (event_id <> all ($3::uuid[]) and written_at < (
         select noted_at from vault.shreddings where proposal_id = $4)))`,
    [subject, unindexedBy(doomed, told), known, proposalId],
  );
  await client.query(
    'update vault.shreddings set destroyed = destroyed + $2 where proposal_id = $1',
    [proposalId, gone], // done once more, nothing is left to go
  );
}

async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    client.release(error instanceof Error ? error : true);
    throw error;
  }
}

interface KeyRow {
  readonly key_id: string;
  readonly record_class: string;
  readonly controller: string;
  readonly released: readonly string[];
}

function heldKeyOf(row: KeyRow): HeldKey {
  return { keyId: row.key_id, recordClass: row.record_class, controller: row.controller };
}

interface WrapRow {
  readonly key_id: string;
  readonly subject: string;
  readonly bucket: number;
  readonly bucket_version: number;
  readonly wrapped: Buffer;
}

function wrapOf(row: WrapRow): IdentifiedWrap {
  const { key_id: keyId, subject, bucket, bucket_version: bucketVersion, wrapped } = row;
  return { keyId, subject, bucket, bucketVersion, wrapped };
}

function movedRow({ keyId, subject, wrapped }: IdentifiedWrap) {
  return { key_id: keyId, subject, wrapped: wrapped.toString('base64') };
}
