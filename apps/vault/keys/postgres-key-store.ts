import type { Pool } from 'pg';
import type { IndexRow } from '../blind-index/index-row.js';
import { codeOf } from './error-code.js';
import type { KeyWrap, StoredKey } from './key-store.js';
import { KeyStore, StaleBucketKey } from './key-store.js';
import { exclusively, living, retire, shred } from './postgres-shreddings.js';
import type { KeysProposed, KeysRetired, LivingHold, Shredding } from './shreddings.js';

interface KeyRow {
  readonly key_id: string;
  readonly slot: string;
  readonly record_class: string;
  readonly controller: string;
  readonly subjects: readonly string[];
  readonly expires_at: Date | null;
  readonly erased_at: Date | null;
  readonly retired_for: readonly string[];
  readonly wraps:
    readonly { subject: string; bucket: number; bucket_version: number; wrapped: string }[] | null;
}

const FOREIGN_KEY_VIOLATION = '23503';

/** What is read of a key `k`. */
const KEY = `k.key_id, k.slot, k.record_class, k.controller, k.subjects, k.expires_at, k.erased_at,
  (select json_agg(json_build_object('subject', w.subject, 'bucket', w.bucket,
     'bucket_version', w.bucket_version, 'wrapped', encode(w.wrapped, 'base64')))
   from vault.wraps w where w.key_id = k.key_id) as wraps,
  array(select proposal_id::text from vault.retirements r where r.key_id = k.key_id) as retired_for`;

/*
 * One statement, so one round trip and one transaction. Candidates go in ordered, so that two
 * claims wait for each other in one direction only. A place taken by a transaction that commits
 * meanwhile is in neither branch of the union: this statement's snapshot is older. The lateral
 * limit has each place looked up by its index, also before the planner has statistics of a table
 * that is being filled.
 */
const CLAIM = `
with candidate as (
  select * from json_to_recordset($1) as c (
    key_id uuid, slot text, record_class text, controller text, subjects text[], expires_at timestamptz)
), stored as (
  insert into vault.keys (key_id, slot, record_class, controller, subjects, expires_at)
  select key_id, slot, record_class, controller, subjects, expires_at from candidate
  order by slot, record_class, controller
  on conflict (slot, record_class, controller) where erased_at is null and retired_at is null do nothing
  returning key_id
), wrapped as (
  insert into vault.wraps (key_id, subject, bucket, bucket_version, wrapped)
  select w.key_id, w.subject, w.bucket, w.bucket_version, decode(w.wrapped, 'base64')
  from json_to_recordset($2) as w (
    key_id uuid, subject text, bucket int, bucket_version int, wrapped text)
  join stored using (key_id) order by w.bucket
), indexed as (
  insert into vault.blind_index (kind, mac, key_version, person_id, event_id)
  select kind, decode(mac, 'base64'), key_version, person_id, event_id
  from json_to_recordset($3) as r (
    kind text, mac text, key_version int, person_id uuid, event_id uuid)
  order by person_id, event_id, kind
  on conflict (person_id, event_id, kind) do update
  set mac = excluded.mac, key_version = excluded.key_version
)
select stored.key_id, null as slot, null as record_class, null as controller,
       null as subjects, null as expires_at, null as erased_at, null as wraps, null as retired_for
from stored
union all
select ${KEY}
from candidate c cross join lateral (
  select * from vault.keys held
  where held.slot = c.slot and held.record_class = c.record_class
    and held.controller = c.controller and held.erased_at is null and held.retired_at is null
  limit 1) k`;

const ERASE = `
with gone as (delete from vault.wraps where key_id = any ($1::uuid[]))
update vault.keys set erased_at = now()
where key_id = any ($1::uuid[]) and erased_at is null returning key_id`;

/** Keys in tables of schema `vault`. */
export class PostgresKeyStore extends KeyStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  async claim(
    candidates: readonly StoredKey[],
    rows: readonly IndexRow[],
  ): Promise<readonly StoredKey[]> {
    const own = new Map(candidates.map((key) => [key.keyId, key]));
    const values = [keysJson(candidates), wrapsJson(candidates), rowsJson(rows)];
    const held = await this.pool
      .query<KeyRow | ({ key_id: string } & Record<keyof KeyRow, null>)>({
        name: 'vault-claim',
        text: CLAIM,
        values,
      })
      .catch(refusingStale);
    return held.rows.flatMap((row) =>
      row.slot === null ? (own.get(row.key_id) ?? []) : keyOf(row),
    );
  }

  async read(keyIds: readonly string[]): Promise<readonly StoredKey[]> {
    const { rows } = await this.pool.query<KeyRow>({
      name: 'vault-read-keys',
      text: `select ${KEY} from vault.keys k where k.key_id = any ($1::uuid[])`,
      values: [keyIds],
    });
    return rows.map(keyOf);
  }

  async erase(keyIds: readonly string[]): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ key_id: string }>(ERASE, [keyIds]);
    return rows.map((row) => row.key_id);
  }

  async eraseExpired(now: Date, limit: number): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ key_id: string }>(
      `select key_id from vault.keys
       where erased_at is null and expires_at <= $1 order by expires_at limit $2`,
      [now, limit],
    );
    return rows.length === 0 ? [] : this.erase(rows.map((row) => row.key_id));
  }

  retire(proposed: KeysProposed, now: Date): Promise<KeysRetired> {
    return retire(this.pool, proposed, now);
  }

  living(subjects: readonly string[]): Promise<readonly LivingHold[]> {
    return living(this.pool, subjects);
  }

  exclusively(work: () => Promise<void>): Promise<void> {
    return exclusively(this.pool, work);
  }

  async announce(bucket: number, version: number): Promise<void> {
    await this.pool.query(
      'insert into vault.bucket_keys (bucket, version) values ($1, $2) on conflict do nothing',
      [bucket, version],
    );
  }

  shred(shredding: Shredding): Promise<readonly string[]> {
    return shred(this.pool, shredding);
  }

  async destroyed(proposalId: string, at: Date): Promise<void> {
    await this.pool.query(
      `update vault.shreddings set destroyed_at = $2
       where proposal_id = $1 and destroyed_at is null`,
      [proposalId, at],
    );
  }
}

function refusingStale(error: unknown): never {
  if (codeOf(error) === FOREIGN_KEY_VIOLATION) {
    throw new StaleBucketKey('a bucket key has been rotated', { cause: error });
  }
  throw error;
}

function keysJson(keys: readonly StoredKey[]): string {
  return JSON.stringify(
    keys.map((key) => ({
      key_id: key.keyId,
      slot: key.slot,
      record_class: key.recordClass,
      controller: key.controller,
      subjects: key.subjects,
      expires_at: key.expiresAt,
    })),
  );
}

function wrapsJson(keys: readonly StoredKey[]): string {
  return JSON.stringify(
    keys.flatMap((key) =>
      key.wraps.map((wrap) => ({
        key_id: key.keyId,
        subject: wrap.subject,
        bucket: wrap.bucket,
        bucket_version: wrap.bucketVersion,
        wrapped: wrap.wrapped.toString('base64'),
      })),
    ),
  );
}

function rowsJson(rows: readonly IndexRow[]): string {
  return JSON.stringify(
    rows.map((row) => ({
      kind: row.kind,
      mac: row.mac.toString('base64'),
      key_version: row.keyVersion,
      person_id: row.personId,
      event_id: row.eventId,
    })),
  );
}

function keyOf(row: KeyRow): StoredKey {
  return {
    keyId: row.key_id,
    slot: row.slot,
    recordClass: row.record_class,
    controller: row.controller,
    subjects: row.subjects,
    ...(row.expires_at ? { expiresAt: row.expires_at.toISOString() } : {}),
    wraps: (row.wraps ?? []).map(wrapOf),
    erased: row.erased_at !== null,
    retiredFor: row.retired_for,
  };
}

function wrapOf(wrap: NonNullable<KeyRow['wraps']>[number]): KeyWrap {
  return {
    subject: wrap.subject,
    bucket: wrap.bucket,
    bucketVersion: wrap.bucket_version,
    wrapped: Buffer.from(wrap.wrapped, 'base64'),
  };
}
