import type { Pool } from 'pg';
import { agencySchema } from '@common-thread/adapters/postgres/agency-database';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import type { EventLog, StoredEvent } from '@common-thread/eventing/event-log';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { rebuild } from '@common-thread/projecting/rebuild';
import { demonstrationAgencies } from '../../apps/standalone/agencies.js';
import { kindOf } from '../../apps/standalone/kinds-of-agencies.js';
import type { Standalone } from '../../apps/standalone/standalone.js';
import type { ObservedHistory, ReadModelState } from './observed.js';

const ROWS_AT_ONCE = 1_000;
const CONNECTIONS = 4;

export type FinalState = Pick<
  ObservedHistory,
  'log' | 'feeds' | 'inboxes' | 'readModels' | 'reactionFaults'
>;

/** Everything at rest, read through the ports; each read model is rebuilt beside itself. */
export async function finalStateOf({ engines, relay }: Standalone): Promise<FinalState> {
  const pool = engines.pool('fault checker', CONNECTIONS);
  const feeds = new Map<string, FeedRow[]>();
  const inboxes = new Map<string, FeedRow[]>();
  const readModels: ReadModelState[] = [];
  for (const { recipient } of demonstrationAgencies) {
    const inbox = new PostgresInbox(pool, agencySchema(recipient));
    feeds.set(
      recipient,
      await allRows(async (after) => {
        return (await relay.pages.page(recipient, after, ROWS_AT_ONCE)).rows;
      }),
    );
    inboxes.set(recipient, await allRows((after) => inbox.rows(after, ROWS_AT_ONCE)));
    readModels.push(...(await rebuiltModels(pool, recipient, inbox)));
  }
  const faults = await pool.query('select cause_id from command_api.reaction_faults');
  return {
    log: await wholeLog(engines.eventLog),
    feeds,
    inboxes,
    readModels,
    reactionFaults: faults.rows.length,
  };
}

async function rebuiltModels(
  pool: Pool,
  recipient: string,
  inbox: PostgresInbox,
): Promise<ReadModelState[]> {
  const store = new PostgresProjectionStore(pool, agencySchema(recipient));
  const states: ReadModelState[] = [];
  for (const model of kindOf(recipient).readModels) {
    const sequence = (await store.checkpoint(model, 'live')) ?? 0;
    const parked = await store.parked(model, 'live');
    const { different } = await rebuild(inbox, store, model, { restart: true });
    states.push({
      recipient,
      name: model.name,
      sequence,
      different: different ?? ['made by another version'],
      parkedLines: parked.map(({ line }) => line),
    });
  }
  return states;
}

async function allRows(read: (after: number) => Promise<readonly FeedRow[]>): Promise<FeedRow[]> {
  const rows: FeedRow[] = [];
  for (;;) {
    const page = await read(rows.length);
    if (page.length === 0) return rows;
    rows.push(...page);
  }
}

export async function wholeLog(log: EventLog): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  const enough = new AbortController();
  for await (const followed of log.follow({ signal: enough.signal })) {
    if (followed.kind === 'caughtUp') break;
    events.push(...followed.events);
  }
  enough.abort();
  return events;
}

/**
 * Whether every follower has come to the last event, in one snapshot: relay and reactions at the end of
 * the log with nothing left to do, each inbox at its feed's head, each read model at its inbox's.
 */
export async function nothingMoves(pool: Pool): Promise<boolean> {
  const schemas = demonstrationAgencies.map(({ recipient }) => ({
    recipient,
    schema: agencySchema(recipient),
  }));
  const behind = schemas.map(
    ({ recipient, schema }) => `
      coalesce((select sequence from relay.feeds where recipient = '${recipient}'), 0)
        <> (select sequence from ${schema}.inbox_head)
      or exists (select from ${schema}.read_model m, ${schema}.inbox_head h
        where m.generation = 'live' and m.sequence <> h.sequence)`,
  );
  const { rows } = await pool.query<{ behind: boolean }>(`
    with last as (
      select id, concat_ws('.', epoch, tx, position) as cursor
      from log.events e order by e.epoch desc, e.tx desc, e.position desc limit 1)
    select (select event_id is distinct from (select id from last) or tasks::text <> '[]'
        from relay.checkpoint)
      or (select cursor is distinct from (select cursor from last)
        from command_api.reaction_checkpoint)
      or exists (select from command_api.reaction_faults)
      or ${behind.join(' or ')} as behind`);
  return rows[0]?.behind === false;
}
