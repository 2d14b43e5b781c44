import type { Pool } from 'pg';
import type { Cursor } from '@common-thread/eventing/event-log';
import type { FaultCount, ReactionFault } from './reaction-journal.js';
import { ReactionJournal } from './reaction-journal.js';

const SCHEMA = `
  create schema if not exists command_api;
  create table if not exists command_api.reaction_checkpoint (
    one boolean primary key default true check (one),
    cursor text
  );
  alter table command_api.reaction_checkpoint add column if not exists epoch text;
  create table if not exists command_api.reaction_faults (
    cause_id uuid not null,
    reaction text not null,
    stream_id text not null,
    revision integer not null,
    event_type text not null,
    reason text not null,
    tries integer not null,
    first_failed_at timestamptz not null,
    next_try_at timestamptz not null,
    primary key (cause_id, reaction)
  );
  create index if not exists reaction_faults_due on command_api.reaction_faults (next_try_at);`;

/** One of several instances starting together makes the schema; the others wait. */
const SCHEMA_LOCK = 4_127_301;

interface FaultRow {
  readonly cause_id: string;
  readonly reaction: string;
  readonly stream_id: string;
  readonly revision: number;
  readonly event_type: string;
  readonly reason: string;
  readonly tries: number;
  readonly first_failed_at: Date;
  readonly next_try_at: Date;
}

/** The journal in schema `command_api`. */
export class PostgresReactionJournal extends ReactionJournal {
  private constructor(private readonly pool: Pool) {
    super();
  }

  /** Makes the tables where they are missing. The pool is used and not ended. */
  static async open(pool: Pool): Promise<PostgresReactionJournal> {
    // One statement text is one transaction, which the lock lasts for.
    await pool.query(`select pg_advisory_xact_lock(${SCHEMA_LOCK}); ${SCHEMA}`);
    return new PostgresReactionJournal(pool);
  }

  override async checkpoint(epoch: string): Promise<Cursor | undefined> {
    const { rows } = await this.pool.query<{ cursor: string | null }>(
      'select cursor from command_api.reaction_checkpoint where epoch = $1',
      [epoch],
    );
    return rows[0]?.cursor ?? undefined;
  }

  override async advance(epoch: string, cursor: Cursor | undefined): Promise<void> {
    await this.pool.query(
      `insert into command_api.reaction_checkpoint (epoch, cursor) values ($1, $2)
       on conflict (one) do update set epoch = excluded.epoch, cursor = excluded.cursor`,
      [epoch, cursor ?? null],
    );
  }

  override async setAside(fault: ReactionFault): Promise<void> {
    await this.pool.query(
      `insert into command_api.reaction_faults
         (cause_id, reaction, stream_id, revision, event_type, reason, tries, first_failed_at, next_try_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (cause_id, reaction) do update
         set reason = excluded.reason, tries = excluded.tries, next_try_at = excluded.next_try_at`,
      [
        fault.causeId,
        fault.reaction,
        fault.streamId,
        fault.revision,
        fault.eventType,
        fault.reason,
        fault.tries,
        fault.firstFailedAt,
        fault.nextTryAt,
      ],
    );
  }

  override async due(now: string, limit: number): Promise<readonly ReactionFault[]> {
    const { rows } = await this.pool.query<FaultRow>(
      `select * from command_api.reaction_faults
       where next_try_at <= $1 order by next_try_at limit $2`,
      [now, limit],
    );
    return rows.map((row) => ({
      causeId: row.cause_id,
      reaction: row.reaction,
      streamId: row.stream_id,
      revision: row.revision,
      eventType: row.event_type,
      reason: row.reason,
      tries: row.tries,
      firstFailedAt: row.first_failed_at.toISOString(),
      nextTryAt: row.next_try_at.toISOString(),
    }));
  }

  override async settle(fault: Pick<ReactionFault, 'causeId' | 'reaction'>): Promise<void> {
    await this.pool.query(
      'delete from command_api.reaction_faults where cause_id = $1 and reaction = $2',
      [fault.causeId, fault.reaction],
    );
  }

  override async count(): Promise<FaultCount> {
    const { rows } = await this.pool.query<{ faults: number; oldest: Date | null }>(
      `select count(*)::int as faults, min(first_failed_at) as oldest
       from command_api.reaction_faults`,
    );
    const [counted] = rows;
    return { faults: counted?.faults ?? 0, oldestAt: counted?.oldest?.toISOString() };
  }
}
