import type { Pool } from 'pg';

/** Any number, as long as nothing else of ours locks on it. */
const SCHEMA_LOCK = 7_240_102;

/** Makes what is missing of schema `relay`. Idempotent; several instances may start at once. */
export async function createRelaySchema(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
    await client.query(TABLES);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/*
 * Feed rows are the record of disclosure: written once, backed up with the log, never recomputed; a
 * trigger refuses everything but the loss of a body. Envelopes and bodies are `json`, so that their
 * bytes stay as they were written. Facts repeat the log's events, sealed as they are, because a joining
 * set tells what happened long ago and the log cannot be asked by event id.
 */
const TABLES = `
create schema if not exists relay;

create table if not exists relay.checkpoint (
  single boolean primary key default true check (single),
  fence bigint not null,
  ordinal bigint not null,
  event_id uuid,
  log_cursor text,
  tasks json not null
);
alter table relay.checkpoint add column if not exists table_version int not null default 1;
insert into relay.checkpoint (fence, ordinal, tasks) values (0, 0, '[]') on conflict do nothing;

create table if not exists relay.recipients (
  recipient text primary key,
  place bigint generated always as identity
);

create table if not exists relay.agreements (
  id uuid primary key,
  terms json not null
);

create table if not exists relay.feeds (
  recipient text primary key,
  sequence bigint not null,
  disclosed_time text not null
);

create table if not exists relay.feed_rows (
  recipient text not null,
  sequence bigint not null,
  id uuid not null,
  line text not null,
  envelope json not null,
  hash text not null,
  body json,
  withdrawn_by uuid,
  event_id uuid not null,
  event_ordinal bigint not null,
  event_type text not null,
  stream_id text not null,
  target_id uuid,
  told_at bigint not null,
  person_id text not null,
  via uuid,
  grade text not null,
  fields text[] not null,
  follows uuid,
  own boolean not null,
  agreement uuid,
  fact_kind text,
  primary key (recipient, sequence)
);
create index if not exists feed_rows_event on relay.feed_rows (event_id);
create index if not exists feed_rows_stream on relay.feed_rows (stream_id);
create index if not exists feed_rows_target on relay.feed_rows (target_id)
  where target_id is not null;
create index if not exists feed_rows_via on relay.feed_rows (via) where via is not null;
create index if not exists feed_rows_follows on relay.feed_rows (follows)
  where follows is not null;

create index if not exists feed_rows_agreement on relay.feed_rows (agreement, recipient, sequence)
  where agreement is not null;

create index if not exists feed_rows_beginning on relay.feed_rows (line)
  where follows is null and (envelope ->> 'entitlement' = 'begins' or event_type like '%Began');

create or replace function relay.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.body is null
      and to_jsonb(new) - 'body' - 'withdrawn_by' = to_jsonb(old) - 'body' - 'withdrawn_by'
      and (old.withdrawn_by is null or new.withdrawn_by = old.withdrawn_by) then
      return new;
    end if;
  end if;
  raise exception 'what was told is never changed';
end $$;
create or replace trigger feed_rows_written_once before update or delete on relay.feed_rows
  for each row execute function relay.refuse_change();
create or replace trigger feed_rows_kept before truncate on relay.feed_rows
  for each statement execute function relay.refuse_change();

create table if not exists relay.publishing (
  single boolean primary key default true check (single),
  fence bigint not null
);
insert into relay.publishing (fence) values (0) on conflict do nothing;

create table if not exists relay.published (
  recipient text primary key,
  sequence bigint not null
);

create table if not exists relay.streams (
  stream_id text primary key,
  category text not null,
  begun uuid,
  organisation text,
  place_id text,
  author text,
  referrer text,
  family_id text,
  answers_referral boolean not null,
  person_id text,
  ends text[] not null,
  links json not null
);
create index if not exists streams_member on relay.streams (person_id)
  where category = 'membership';

create table if not exists relay.streams_of_families (
  family_id text not null,
  stream_id text not null,
  primary key (family_id, stream_id)
);

create table if not exists relay.withdrawals (
  stream_id text not null,
  ordinal bigint not null,
  event_id uuid not null,
  withdrawn_by uuid not null,
  primary key (stream_id, ordinal)
);

create table if not exists relay.line_entries (
  line text not null,
  attached_at bigint not null,
  ordinal bigint not null,
  person_id text not null,
  event_id uuid not null,
  event_type text not null,
  stream_id text not null,
  target_id uuid,
  via uuid,
  primary key (line, attached_at, ordinal, person_id)
);
create index if not exists line_entries_event on relay.line_entries (event_id);

create table if not exists relay.cursors (
  line text not null,
  recipient text not null,
  attached_at bigint not null,
  ordinal bigint not null,
  person_id text not null,
  primary key (line, recipient)
);

create table if not exists relay.involvements (
  line text not null,
  key text not null,
  open boolean not null,
  primary key (line, key)
);

create table if not exists relay.facts (
  ordinal bigint primary key,
  event_id uuid not null unique,
  event_type text not null,
  stream_id text not null,
  target_id uuid,
  version int not null,
  revision int not null,
  log_cursor text not null,
  data json not null,
  metadata json not null
);
create index if not exists facts_contact on relay.facts (stream_id, ordinal)
  where stream_id like 'contact-%';
create index if not exists facts_switches on relay.facts (ordinal)
  where event_type = 'TableSwitched';

create table if not exists relay.about_people (
  person_id text not null,
  ordinal bigint not null references relay.facts,
  primary key (person_id, ordinal)
);
`;
