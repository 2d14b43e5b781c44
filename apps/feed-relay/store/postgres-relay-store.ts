import type { AgreementPolicy } from '@common-thread/disclosure/agreed';
import { versionInForce } from '@common-thread/disclosure/table-in-force';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '@common-thread/adapters/postgres/in-transaction';
import type { ToldAsked } from '@common-thread/platform/tellings';
import type { FeedPage } from '@common-thread/projecting/feed-pages';
import type { FeedBody, FeedEnvelope, FeedRow } from '@common-thread/projecting/feed-row';
import type { Changes } from '../relay/changes.js';
import type { FeedHead, RelayState } from '../relay/relay-state.js';
import type { Task } from '../relay/tasks.js';
import { reaching } from './reaching.js';
import { RelayReading } from './relay-reading.js';
import { createRelaySchema } from './relay-schema.js';
import type { Checkpoint, Tenure } from './relay-store.js';
import { FenceLost, RelayStore } from './relay-store.js';
import { writeChanges } from './relay-writing.js';
import { rowsAbout, rowsTelling } from './telling-rows.js';

/** The relay's tables in schema `relay` of PostgreSQL, through a pool it is given and does not end. */
export class PostgresRelayStore extends RelayStore {
  readonly #reading: RelayReading;

  private constructor(private readonly pool: Pool) {
    super();
    this.#reading = new RelayReading(pool);
  }

  /** Makes what is missing of the schema. @throws StoreUnavailable */
  static async open(pool: Pool): Promise<PostgresRelayStore> {
    await reaching(() => createRelaySchema(pool));
    return new PostgresRelayStore(pool);
  }

  async takeOver(): Promise<Tenure> {
    const [taken, recipients, agreements, feeds] = await reaching(async () => [
      // Waits for a commit under way, whose holder can make no other.
      await this.pool.query<CheckpointRecord>(
        `update relay.checkpoint set fence = fence + 1
         returning fence, ordinal, event_id, log_cursor, tasks, table_version`,
      ),
      await this.pool.query<{ recipient: string }>(
        'select recipient from relay.recipients order by place',
      ),
      await this.pool.query<{ terms: AgreementPolicy }>('select terms from relay.agreements'),
      await this.pool.query<FeedRecord>(
        'select recipient, sequence, disclosed_time from relay.feeds',
      ),
    ]);
    const [record] = taken.rows;
    if (!record) throw new Error('the relay has lost its checkpoint');
    return {
      fence: Number(record.fence),
      checkpoint: {
        ordinal: Number(record.ordinal),
        eventId: record.event_id,
        cursor: record.log_cursor,
        tasks: record.tasks,
      },
      recipients: recipients.rows.map(({ recipient }) => recipient),
      agreements: agreements.rows.map(({ terms }) => terms),
      tableVersion: record.table_version,
      feeds: new Map(feeds.rows.map((feed) => [feed.recipient, headOf(feed)])),
    };
  }

  commit(
    fence: number,
    from: Checkpoint,
    to: Checkpoint,
    changes: Changes,
    state: RelayState,
  ): Promise<void> {
    const write = async (client: PoolClient) => {
      const moved = await client.query({
        name: 'relay-move-checkpoint',
        text: `
          update relay.checkpoint set ordinal = $3, event_id = $4, log_cursor = $5, tasks = $6,
            table_version = $7
          where fence = $1 and ordinal = $2`,
        values: [
          fence,
          from.ordinal,
          to.ordinal,
          to.eventId,
          to.cursor,
          JSON.stringify(to.tasks),
          versionInForce(state.policy.table),
        ],
      });
      if (moved.rowCount !== 1) throw new FenceLost('another relay has taken over');
      await writeChanges(client, changes, state);
    };
    return reaching(() => inTransaction(this.pool, write));
  }

  async page(recipient: string, after: number, limit: number): Promise<FeedPage> {
    const { rows } = await reaching(() =>
      this.pool.query<PageRecord>(PAGE, [recipient, after, limit]),
    );
    return { head: Number(rows[0]?.head ?? 0), rows: rows.flatMap(rowsOf) };
  }

  streams(streamIds: readonly string[]) {
    return this.#reading.streams(streamIds);
  }
  streamsOfFamilies(familyIds: readonly string[]) {
    return this.#reading.streamsOfFamilies(familyIds);
  }
  memberships(personIds: readonly string[]) {
    return this.#reading.memberships(personIds);
  }
  lines(lines: readonly string[]) {
    return this.#reading.lines(lines);
  }
  linesOf(eventIds: readonly string[]) {
    return this.#reading.linesOf(eventIds);
  }
  rows(eventIds: readonly string[]) {
    return this.#reading.rows(eventIds);
  }
  beginnings(line: string) {
    return this.#reading.beginnings(line);
  }
  granted(agreementId: string, recipient: string, after: number, limit: number) {
    return this.#reading.granted(agreementId, recipient, after, limit);
  }
  toldOf(types: readonly string[], recipient: string, after: number, limit: number) {
    return this.#reading.toldOf(types, recipient, after, limit);
  }
  linesServed(recipient: string, after: string, limit: number) {
    return this.#reading.linesServed(recipient, after, limit);
  }
  switches() {
    return this.#reading.switches();
  }
  about(personIds: readonly string[]) {
    return this.#reading.about(personIds);
  }
  recordedIn(streamIds: readonly string[]) {
    return this.#reading.recordedIn(streamIds);
  }
  facts(eventIds: readonly string[]) {
    return this.#reading.facts(eventIds);
  }
  telling(streamIds: readonly string[], field: string) {
    return rowsTelling(this.pool, streamIds, field);
  }
  toldAbout(asked: ToldAsked) {
    return rowsAbout(this.pool, asked);
  }
}

interface CheckpointRecord {
  readonly fence: string;
  readonly ordinal: string;
  readonly event_id: string | null;
  readonly log_cursor: string | null;
  readonly tasks: readonly Task[];
  readonly table_version: number;
}

interface FeedRecord {
  readonly recipient: string;
  readonly sequence: string;
  readonly disclosed_time: string;
}

function headOf({ sequence, disclosed_time: disclosedTime }: FeedRecord): FeedHead {
  return { sequence: Number(sequence), disclosedTime };
}

/** The head and the rows of one instant; one record without a row where there are none. */
const PAGE = `
select f.sequence as head, r.envelope, r.hash, r.body, r.withdrawn_by
from relay.feeds f left join lateral (
  select * from relay.feed_rows r
  where r.recipient = f.recipient and r.sequence > $2 order by r.sequence limit $3) r on true
where f.recipient = $1 order by r.sequence`;

interface PageRecord {
  readonly head: string;
  readonly envelope: FeedEnvelope | null;
  readonly hash: string;
  readonly body: FeedBody | null;
  readonly withdrawn_by: string | null;
}

function rowsOf({ envelope, hash, body, withdrawn_by: withdrawnBy }: PageRecord): FeedRow[] {
  return envelope === null ? [] : [{ envelope, hash, body, withdrawnBy }];
}
