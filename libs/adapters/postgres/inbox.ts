import type { FeedBody, FeedEnvelope, FeedRow } from '@common-thread/projecting/feed-row';
import type { PartReading } from '@common-thread/projecting/inbox';
import { Inbox } from '@common-thread/projecting/inbox';
import type {
  HeldRow,
  HeldRows,
  PlannedAppend,
  PlannedRow,
} from '@common-thread/projecting/inbox-append';
import { followedIds, planAppend } from '@common-thread/projecting/inbox-append';
import { ToldRow } from '@common-thread/projecting/told-row';
import type pg from 'pg';
import { copyIn, copyLine } from './copy-in.js';
import { inTransaction } from './in-transaction.js';

/**
 * An inbox in one schema. The salt is kept beside the body, so that folds pass what a row tells on as it
 * is; withdrawal takes both.
 */
export class PostgresInbox extends Inbox {
  constructor(
    private readonly pool: pg.Pool,
    /** The agency's own (agency-database.ts). */
    private readonly schema: string,
  ) {
    super();
  }

  async prepare(): Promise<void> {
    const { schema } = this;
    // One simple query is one transaction. Several processes may start at once.
    await this.pool.query(`
      select pg_advisory_xact_lock(hashtext('${schema}'));
      create schema if not exists ${schema};
      create table if not exists ${schema}.inbox (
        sequence bigint primary key,
        id text not null,
        line text collate "C" not null,
        hash text not null,
        envelope json not null,
        salt text,
        body json,
        withdrawn_by text,
        origin_sequence bigint);
      alter table ${schema}.inbox add column if not exists matter text collate "C";
      create unique index if not exists inbox_id on ${schema}.inbox (id);
      create index if not exists inbox_withdrawn_by on ${schema}.inbox (withdrawn_by)
        where withdrawn_by is not null;
      create table if not exists ${schema}.inbox_head (
        one boolean primary key default true check (one),
        sequence bigint not null);
      insert into ${schema}.inbox_head (sequence) values (0) on conflict do nothing;
    `);
  }

  async head(): Promise<number> {
    const { rows } = await this.pool.query<{ sequence: string }>(
      `select sequence from ${this.schema}.inbox_head`,
    );
    return Number(rows[0]?.sequence ?? 0);
  }

  async append(rows: readonly FeedRow[]): Promise<number> {
    if (rows.length === 0) return this.head();
    return inTransaction(this.pool, async (client) => {
      const planned = planAppend(rows, await this.heldFor(client, rows));
      await this.write(client, planned);
      return planned.head;
    });
  }

  async read(after: number, limit: number): Promise<readonly ToldRow[]> {
    return this.told('i.sequence > $1 order by i.sequence limit $2', [after, limit]);
  }

  async readOf(
    matters: readonly string[],
    after: number,
    to: number,
    limit: number,
  ): Promise<PartReading> {
    // Rows are scanned in order and left out where they lie. Rows held before their matter was kept
    // are given to everybody.
    const { rows } = await this.pool.query<{ until: string } & Partial<InboxRecord>>(
      `select until, told.* from (
          select greatest($1, least(sequence, $2, $1::bigint + ${SCAN_ROWS_MAX})) as until
          from ${this.schema}.inbox_head) as head
        left join lateral (${this.selecting('i.sequence > $1 and i.sequence <= until')}
          and (i.matter is null or i.matter = any($3))
          order by i.sequence limit $4) as told on true`,
      [after, to, matters, limit],
    );
    const told = rows.flatMap(({ envelope, origin = null, body = null }) =>
      envelope ? [toldFrom({ envelope, origin, body })] : [],
    );
    const last = told.length === limit ? told.at(-1)?.sequence : undefined;
    return { rows: told, reached: last ?? Number(rows[0]?.until ?? after) };
  }

  async readLine(
    line: string,
    from: number,
    to: number,
    limit: number,
  ): Promise<readonly ToldRow[]> {
    return this.told('i.line = $1 and i.sequence between $2 and $3 order by i.sequence limit $4', [
      line,
      from,
      to,
      limit,
    ]);
  }

  async rows(after: number, limit: number): Promise<readonly FeedRow[]> {
    const { rows } = await this.pool.query<{
      envelope: FeedEnvelope;
      hash: string;
      salt: string | null;
      body: FeedBody | null;
      withdrawn_by: string | null;
    }>(
      `select envelope, hash, salt, body, withdrawn_by from ${this.schema}.inbox
        where sequence > $1 order by sequence limit $2`,
      [after, limit],
    );
    return rows.map(({ envelope, hash, salt, body, withdrawn_by }) => ({
      envelope,
      hash,
      body: body && salt !== null ? { ...body, salt } : null,
      withdrawnBy: withdrawn_by,
    }));
  }

  async unanswered(): Promise<readonly number[]> {
    const { rows } = await this.pool.query<{ sequence: string }>(
      `select i.sequence from ${this.schema}.inbox i
        where i.withdrawn_by is not null
          and not exists (select from ${this.schema}.inbox w where w.id = i.withdrawn_by)
        order by i.sequence limit 100`,
    );
    return rows.map(({ sequence }) => Number(sequence));
  }

  private async told(condition: string, values: readonly unknown[]): Promise<ToldRow[]> {
    const text = this.selecting(condition);
    const { rows } = await this.pool.query<InboxRecord>({ text, values: [...values] });
    return rows.map(toldFrom);
  }

  private selecting(condition: string): string {
    return `select i.envelope, i.body::text as body, o.envelope as origin
      from ${this.schema}.inbox i
      left join ${this.schema}.inbox o on o.sequence = i.origin_sequence
      where ${condition}`;
  }

  /** Takes the head, so that appends follow one another, and reads what `rows` have to agree with. */
  private async heldFor(client: pg.ClientBase, rows: readonly FeedRow[]): Promise<HeldRows> {
    const { schema } = this;
    const locked = await client.query<{ sequence: string }>(
      `select sequence from ${schema}.inbox_head for update`,
    );
    const head = Number(locked.rows[0]?.sequence ?? 0);
    const known = rows.filter((row) => row.envelope.sequence <= head);
    const ids = followedIds(rows);
    return {
      head,
      hashes: known.length > 0 ? await this.hashesOf(client, known) : new Map(),
      followed: ids.length > 0 ? await this.followed(client, ids) : new Map(),
      marks: ids.length > 0 || head > 0 ? await this.marksNaming(client, rows) : new Map(),
    };
  }

  private async hashesOf(
    client: pg.ClientBase,
    rows: readonly FeedRow[],
  ): Promise<Map<number, string>> {
    const found = await client.query<{ sequence: string; hash: string }>(
      `select sequence, hash from ${this.schema}.inbox where sequence = any($1)`,
      [rows.map((row) => row.envelope.sequence)],
    );
    return new Map(found.rows.map(({ sequence, hash }) => [Number(sequence), hash]));
  }

  private async followed(
    client: pg.ClientBase,
    ids: readonly string[],
  ): Promise<Map<string, HeldRow>> {
    const found = await client.query<{
      id: string;
      sequence: string;
      origin: string;
      matter: string | null;
    }>(
      `select id, sequence, coalesce(origin_sequence, sequence) as origin, matter
        from ${this.schema}.inbox where id = any($1)`,
      [ids],
    );
    return new Map(
      found.rows.map(({ id, sequence, origin, matter }) => [
        id,
        { sequence: Number(sequence), originSequence: Number(origin), matter },
      ]),
    );
  }

  private async marksNaming(
    client: pg.ClientBase,
    rows: readonly FeedRow[],
  ): Promise<Map<string, string[]>> {
    const found = await client.query<{ withdrawn_by: string; ids: string[] }>(
      `select withdrawn_by, array_agg(id) as ids from ${this.schema}.inbox
        where withdrawn_by = any($1) group by withdrawn_by`,
      [rows.map((row) => row.envelope.id)],
    );
    return new Map(found.rows.map(({ withdrawn_by, ids }) => [withdrawn_by, ids]));
  }

  private async write(client: pg.ClientBase, planned: PlannedAppend): Promise<void> {
    const { schema } = this;
    if (planned.rows.length > 0) {
      const lines = planned.rows.map(inboxLine);
      await copyIn(client, `copy ${schema}.inbox (${COLUMNS}) from stdin`, lines.join(''));
    }
    if (planned.redacted.size > 0) {
      await client.query(
        `update ${schema}.inbox i
          set body = null, salt = null, withdrawn_by = coalesce(i.withdrawn_by, r.withdrawal)
          from unnest($1::text[], $2::text[]) as r (id, withdrawal) where i.id = r.id`,
        [[...planned.redacted.keys()], [...planned.redacted.values()]],
      );
    }
    await client.query(`update ${schema}.inbox_head set sequence = $1`, [planned.head]);
  }
}

/**
 * Rows looked through in one reading, so that none takes long however little of the feed is wanted, and
 * whatever the planner makes of a table it has no figures of yet.
 */
const SCAN_ROWS_MAX = 5_000;

interface InboxRecord {
  readonly envelope: FeedEnvelope;
  readonly origin: FeedEnvelope | null;
  readonly body: string | null;
}

function toldFrom({ envelope, origin, body }: InboxRecord): ToldRow {
  return new ToldRow(envelope, origin ?? envelope, body);
}

const COLUMNS =
  'sequence, id, line, hash, envelope, salt, body, withdrawn_by, origin_sequence, matter';

function inboxLine({ row, originSequence, matter }: PlannedRow): string {
  const { envelope, hash, body, withdrawnBy } = row;
  const { salt, ...fields } = body ?? { salt: null };
  return copyLine([
    envelope.sequence,
    envelope.id,
    envelope.partitionkey,
    hash,
    JSON.stringify(envelope),
    salt,
    body && JSON.stringify(fields),
    withdrawnBy,
    originSequence === envelope.sequence ? null : originSequence,
    matter,
  ]);
}
