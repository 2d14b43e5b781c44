import { inTransaction } from '@common-thread/adapters/postgres/in-transaction';
import type {
  LeftOutMatter,
  SubjectAccessAsker,
  Withholding,
} from '@common-thread/platform/subject-access';
import type { Pool, QueryResultRow } from 'pg';
import type { AuditEntry } from '../audit/audit.js';
import { entryRows, valuesOfEntry } from '../audit/postgres-audit.js';
import { reaching, vaultQuery } from '../vault-query.js';
import type { KeptRequest, LeftOutChange, MadePack, TakenPack } from './requests.js';
import { SubjectAccessStore } from './requests.js';

/** One statement: a request is never without its audit entry. */
const RECORD = `
with request as (
  insert into vault.subject_access
    (request_id, person_id, asked_by, received_on, due_on, officer, organisation, recipient, reason,
     recorded_at)
  values ($14, $15, $16, $17, $18, $3, $4, $5, $19, $1)
  on conflict (request_id) do nothing
  returning request_id
), ${entryRows('where exists (select from request)')}
select 1 from request`;

/** Whoever decides about a person's matters waits for whoever does now: each sees the word before theirs. */
const ONE_AT_A_TIME = `
select from vault.subject_access own
join vault.subject_access r on r.person_id = own.person_id and r.recipient = own.recipient
where own.request_id = $1 order by r.request_id for no key update of r`;

/**
 * One statement: a change is never without its audit entry. Left out it is said again wherever the newest word
 * of any request is another, so that no earlier word is taken for it; given only where it is left out.
 */
const LEAVE_OUT = `
with newest as (
  select c.left_out from vault.subject_access own
  join vault.subject_access r on r.person_id = own.person_id and r.recipient = own.recipient
  join vault.subject_access_left_out c on c.request_id = r.request_id
  where own.request_id = $14::uuid and c.number = $15::text
    and ($16::boolean or c.request_id = $14::uuid or c.left_out)
  order by c.change_id desc limit 1
), change as (
  insert into vault.subject_access_left_out (request_id, number, left_out, at, officer)
  select $14::uuid, $15::text, $16::boolean, $1::timestamptz, $17::text
  where coalesce((select left_out from newest), false) <> $16::boolean
  returning change_id
), ${entryRows('where exists (select from change)')}
select 1 from change`;

/** The last word on each number: that it is left out by any request about the person, that it is given by this one. */
const LEFT_OUT = `
with said as (
  select distinct on (c.number) c.*
  from vault.subject_access own
  join vault.subject_access r on r.person_id = own.person_id and r.recipient = own.recipient
  join vault.subject_access_left_out c on c.request_id = r.request_id
  where own.request_id = $1 and (c.request_id = $1 or c.left_out)
  order by c.number, c.change_id desc
)
select number, officer, at from said where left_out order by change_id`;

const LAST_MADE = `
select at, officer, facts, withheld from vault.subject_access_packs
where request_id = $1 order by pack_id desc limit 1`;

/** One statement: that a copy was taken is never without its audit entry. */
const TAKEN = `
with pack as (
  select pack_id from vault.subject_access_packs
  where request_id = $14::uuid and pack_id = $15::bigint and officer = $3::text
), taken as (
  insert into vault.subject_access_taken (pack_id, at, officer)
  select pack_id, $1::timestamptz, $3::text from pack
  on conflict (pack_id) do nothing
  returning pack_id
), ${entryRows('where exists (select from taken)')}
select 1 from pack`;

const KEPT = `
select r.request_id, r.person_id, r.asked_by, r.received_on::text, r.due_on::text, r.officer,
  r.organisation, r.recipient, r.reason, r.recorded_at,
  (select max(p.at) from vault.subject_access_packs p join vault.subject_access_taken using (pack_id)
   where p.request_id = r.request_id) as made_at
from vault.subject_access r`;

/** Requests in tables of schema `vault`. */
export class PostgresSubjectAccessStore extends SubjectAccessStore {
  constructor(private readonly pool: Pool) {
    super();
  }

  async record(request: KeptRequest, entry: AuditEntry): Promise<boolean> {
    const { requestId, personId, askedBy, receivedOn, dueOn, reason } = request;
    const kept = [requestId, personId, askedBy, receivedOn, dueOn, reason];
    const { rows } = await this.#query(RECORD, [...valuesOfEntry(entry), ...kept]);
    return rows.length > 0;
  }

  async find(requestId: string): Promise<KeptRequest | undefined> {
    const { rows } = await this.#query<RequestRow>(`${KEPT} where r.request_id = $1`, [requestId]);
    return rows.map(requestOf)[0];
  }

  async leaveOut(change: LeftOutChange, entry: AuditEntry): Promise<void> {
    const { isLeftOut, number, officer, requestId } = change;
    const said = [requestId, number, isLeftOut, officer];
    await reaching('requests for a copy', () =>
      inTransaction(this.pool, async (client) => {
        await client.query(ONE_AT_A_TIME, [requestId]);
        await client.query(LEAVE_OUT, [...valuesOfEntry(entry), ...said]);
      }),
    );
  }

  async leftOut(requestId: string): Promise<readonly LeftOutMatter[]> {
    const { rows } = await this.#query<LeftOutRow>(LEFT_OUT, [requestId]);
    return rows.map(({ at, number, officer }) => ({
      number,
      by: officer,
      at: at.toISOString(),
    }));
  }

  async lastMade(requestId: string): Promise<MadePack | undefined> {
    const { rows } = await this.#query<PackRow>(LAST_MADE, [requestId]);
    return rows.map((row) => ({ ...row, requestId }))[0];
  }

  async made({ requestId, at, officer, facts, withheld }: MadePack): Promise<string> {
    const { rows } = await this.#query<{ pack_id: string }>(
      `insert into vault.subject_access_packs (request_id, at, officer, facts, withheld)
       values ($1, $2, $3, $4, $5) returning pack_id::text`,
      [requestId, at, officer, facts, JSON.stringify(withheld)],
    );
    return rows[0]!.pack_id;
  }

  async taken({ packId, requestId }: TakenPack, entry: AuditEntry): Promise<boolean> {
    const { rows } = await this.#query(TAKEN, [...valuesOfEntry(entry), requestId, packId]);
    return rows.length > 0;
  }

  async lastTaken(requestId: string): Promise<Date | undefined> {
    const { rows } = await this.#query<RequestRow>(`${KEPT} where r.request_id = $1`, [requestId]);
    return rows[0]?.made_at ?? undefined;
  }

  async ofHub(recipient: string) {
    const { rows } = await this.#query<RequestRow>(
      `${KEPT} where r.recipient = $1 order by r.due_on, r.request_id`,
      [recipient],
    );
    return rows.map((row) => ({ request: requestOf(row), madeAt: row.made_at ?? undefined }));
  }

  #query<Row extends QueryResultRow>(text: string, values: unknown[]) {
    return vaultQuery<Row>(this.pool, 'requests for a copy', text, values);
  }
}

interface LeftOutRow {
  readonly number: string;
  readonly officer: string;
  readonly at: Date;
}

interface PackRow {
  readonly at: Date;
  readonly officer: string;
  readonly facts: number;
  readonly withheld: readonly Withholding[];
}

interface RequestRow {
  readonly request_id: string;
  readonly person_id: string;
  readonly asked_by: SubjectAccessAsker;
  readonly received_on: string;
  readonly due_on: string;
  readonly officer: string;
  readonly organisation: string;
  readonly recipient: string;
  readonly reason: string;
  readonly recorded_at: Date;
  readonly made_at: Date | null;
}

function requestOf(row: RequestRow): KeptRequest {
  const { officer, organisation, recipient, reason } = row;
  return {
    requestId: row.request_id,
    personId: row.person_id,
    askedBy: row.asked_by,
    receivedOn: row.received_on,
    dueOn: row.due_on,
    recordedAt: row.recorded_at,
    ...{ officer, organisation, recipient, reason },
  };
}
