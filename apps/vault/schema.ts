import type { Pool } from 'pg';
import type { MasterKey } from './keys/master-key.js';

/** Any number, as long as nothing else of ours locks on it. */
const SCHEMA_LOCK = 7_240_101;

/**
 * Makes what is missing of schema `vault`. Idempotent; several instances may start at once. A new
 * database takes over the bucket versions that `masterKey` holds.
 */
export async function createVaultSchema(pool: Pool, masterKey: MasterKey): Promise<void> {
  const versions = await masterKey.currentVersions();
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
    await client.query(TABLES);
    await client.query(
      `insert into vault.bucket_keys (bucket, version)
       select nth - 1, version from unnest($1::int[]) with ordinality as v (version, nth)
       where not exists (select from vault.bucket_keys)`,
      [versions],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

const WRITTEN_ONCE = [
  'break_glass',
  'break_glass_ends',
  'break_glass_reviews',
  'break_glass_recorded',
  'subject_access',
  'subject_access_left_out',
  'subject_access_packs',
  'subject_access_taken',
  'staff_changes',
];

/*
 * A wrap names a living bucket key by foreign key: a bucket version can be given up only once
 * nothing is wrapped under it, and a wrap that arrives later is refused. The audit is written
 * once: a trigger refuses every change.
 */
const TABLES = `
create schema if not exists vault;

create table if not exists vault.bucket_keys (
  bucket int not null,
  version int not null,
  primary key (bucket, version)
);

create table if not exists vault.keys (
  key_id uuid primary key,
  slot text not null,
  record_class text not null,
  controller text not null,
  subjects text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  erased_at timestamptz
);
alter table vault.keys add column if not exists retired_at timestamptz;
drop index if exists vault.keys_place;
create unique index if not exists keys_open_place
  on vault.keys (slot, record_class, controller) where erased_at is null and retired_at is null;
create index if not exists keys_subjects on vault.keys using gin (subjects);
create index if not exists keys_expiry
  on vault.keys (expires_at) where erased_at is null and expires_at is not null;

create table if not exists vault.wraps (
  key_id uuid not null references vault.keys,
  subject text not null,
  bucket int not null,
  bucket_version int not null,
  wrapped bytea not null,
  primary key (key_id, subject),
  constraint wraps_bucket_key foreign key (bucket, bucket_version) references vault.bucket_keys
);
create index if not exists wraps_subject on vault.wraps (subject);
create index if not exists wraps_bucket on vault.wraps (bucket, bucket_version);

create table if not exists vault.blind_index (
  kind text not null,
  mac bytea not null,
  key_version int not null,
  person_id uuid not null,
  event_id uuid not null,
  primary key (person_id, event_id, kind)
);
alter table vault.blind_index
  add column if not exists written_at timestamptz not null default clock_timestamp();
create index if not exists blind_index_mac on vault.blind_index (kind, mac);

create table if not exists vault.shreddings (
  proposal_id uuid primary key,
  retired_at timestamptz not null,
  noted_at timestamptz not null,
  destroyed_at timestamptz,
  destroyed int not null default 0
);

create table if not exists vault.retirements (
  proposal_id uuid not null references vault.shreddings,
  key_id uuid not null references vault.keys,
  primary key (proposal_id, key_id)
);
create index if not exists retirements_key on vault.retirements (key_id);

create table if not exists vault.releases (
  key_id uuid not null references vault.keys,
  subject text not null,
  holder text not null,
  primary key (key_id, subject, holder)
);

create table if not exists vault.audit (
  entry_id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  actor text not null,
  organisation text not null,
  recipient text not null,
  role text not null,
  purpose text not null,
  page text not null,
  about text[] not null,
  asked int not null,
  granted int not null,
  items json not null
);
create index if not exists audit_actor on vault.audit (actor, entry_id);
create index if not exists audit_at on vault.audit (at);

create table if not exists vault.audit_subjects (
  subject text not null,
  entry_id bigint not null references vault.audit,
  asked int not null,
  granted int not null,
  primary key (subject, entry_id)
);

create table if not exists vault.audit_deliveries (
  entry_id bigint primary key references vault.audit,
  at timestamptz not null
);

create table if not exists vault.break_glass (
  glass_id uuid primary key,
  family_id uuid not null,
  actor text not null,
  organisation text not null,
  recipient text not null,
  role text not null,
  reason text not null,
  words text not null,
  opened_at timestamptz not null,
  ends_at timestamptz not null
);
create index if not exists break_glass_actor on vault.break_glass (actor, ends_at);
create index if not exists break_glass_hub on vault.break_glass (recipient, opened_at);

create table if not exists vault.break_glass_ends (
  glass_id uuid primary key references vault.break_glass,
  at timestamptz not null
);

create table if not exists vault.break_glass_reviews (
  glass_id uuid primary key references vault.break_glass,
  at timestamptz not null,
  by_actor text not null,
  outcome text not null
);

create table if not exists vault.break_glass_recorded (
  glass_id uuid not null references vault.break_glass,
  step text not null,
  at timestamptz not null,
  primary key (glass_id, step)
);

create table if not exists vault.subject_access (
  request_id uuid primary key,
  person_id uuid not null,
  asked_by text not null,
  received_on date not null,
  due_on date not null,
  officer text not null,
  organisation text not null,
  recipient text not null,
  reason text not null,
  recorded_at timestamptz not null
);
create index if not exists subject_access_hub on vault.subject_access (recipient, due_on);
create index if not exists subject_access_person on vault.subject_access (person_id);

create table if not exists vault.subject_access_left_out (
  change_id bigint generated always as identity primary key,
  request_id uuid not null references vault.subject_access,
  number text not null,
  left_out boolean not null,
  at timestamptz not null,
  officer text not null
);
create index if not exists subject_access_left_out_request
  on vault.subject_access_left_out (request_id);

create table if not exists vault.subject_access_packs (
  pack_id bigint generated always as identity primary key,
  request_id uuid not null references vault.subject_access,
  at timestamptz not null,
  officer text not null,
  facts int not null,
  withheld json not null
);
create index if not exists subject_access_packs_request
  on vault.subject_access_packs (request_id);

do $$ begin
  if to_regclass('vault.subject_access_taken') is null then
    create table vault.subject_access_taken (
      pack_id bigint primary key references vault.subject_access_packs,
      at timestamptz not null,
      officer text not null
    );
    -- Of what was made before it was asked whether a file was taken, each is taken to have been.
    insert into vault.subject_access_taken (pack_id, at, officer)
    select pack_id, at, officer from vault.subject_access_packs;
  end if;
end $$;

create table if not exists vault.staff_keys (
  organisation text not null,
  actor text not null,
  kind text not null,
  mac bytea not null,
  primary key (organisation, actor, kind, mac)
);

create table if not exists vault.staff_changes (
  change_id bigint generated always as identity primary key,
  organisation text not null,
  actor text not null,
  what text not null,
  named text not null,
  taken boolean not null,
  at timestamptz not null,
  by_actor text not null
);
create index if not exists staff_changes_member
  on vault.staff_changes (organisation, actor, what, named, change_id desc);

create or replace function vault.refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'the audit is written once'; end $$;
create or replace trigger audit_written_once
  before update or delete or truncate on vault.audit execute function vault.refuse_change();
create or replace trigger audit_subjects_written_once
  before update or delete or truncate on vault.audit_subjects execute function vault.refuse_change();
create or replace trigger audit_deliveries_written_once
  before update or delete or truncate on vault.audit_deliveries execute function vault.refuse_change();
${WRITTEN_ONCE.map(writtenOnce).join('')}`;

function writtenOnce(table: string): string {
  return `
create or replace trigger ${table}_written_once before update or delete or truncate
  on vault.${table} execute function vault.refuse_change();`;
}
