import type { Pool } from 'pg';
import { agencySchema } from '@common-thread/adapters/postgres/agency-database';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import type { EventLog, StoredEvent } from '@common-thread/eventing/event-log';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { rebuild } from '@common-thread/projecting/rebuild';
import { demonstrationAgencies } from '../../apps/standalone/agencies.js';
import { kindOf } from '../../apps/standalone/kinds-of-agencies.js';
import { PostgresRelayStore } from '../../apps/feed-relay/store/postgres-relay-store.js';
import type { Kept } from './kept.js';
import { auditedCalls } from './kept-audit.js';
import type { ObservedHistory, ReadModelState } from './observed.js';

const ROWS_AT_ONCE = 1_000;

export type FinalState = Pick<
  ObservedHistory,
  'log' | 'feeds' | 'inboxes' | 'readModels' | 'reactionFaults' | 'audit'
>;

/** Everything at rest; each read model is rebuilt beside itself. */
export async function finalStateOf(kept: Kept): Promise<FinalState> {
  const store = await PostgresRelayStore.open(kept.relay);
  const feeds = new Map<string, FeedRow[]>();
  const inboxes = new Map<string, FeedRow[]>();
  const readModels: ReadModelState[] = [];
  for (const { recipient } of demonstrationAgencies) {
    const pool = kept.agency(recipient);
    const inbox = new PostgresInbox(pool, agencySchema(recipient));
    feeds.set(
      recipient,
      await allRows(async (after) => (await store.page(recipient, after, ROWS_AT_ONCE)).rows),
    );
    inboxes.set(recipient, await allRows((after) => inbox.rows(after, ROWS_AT_ONCE)));
    readModels.push(...(await rebuiltModels(pool, recipient, inbox)));
  }
  const faults = await kept.commandApi.query('select cause_id from command_api.reaction_faults');
  return {
    log: await wholeLog(kept.log),
    feeds,
    inboxes,
    readModels,
    reactionFaults: faults.rows.length,
    audit: await auditedCalls(kept.vault),
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
    const page = await read(rows.at(-1)?.envelope.sequence ?? 0);
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

/** A place of each organisation, as the log has it. */
export function placesIn(log: readonly StoredEvent[]): [organisation: string, placeId: string][] {
  return log
    .filter(({ type }) => type === 'PlaceRecorded')
    .map(({ data }) => [String(data.organisationId), String(data.placeId)]);
}

export function contactsIn(log: readonly StoredEvent[]): string[] {
  return log
    .filter(({ type }) => type === 'ContactReceived')
    .map(({ streamId }) => streamId.replace('contact-', ''));
}
