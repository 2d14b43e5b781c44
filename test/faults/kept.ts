import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { agencySchema } from '@common-thread/adapters/postgres/agency-database';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { createPool } from '@common-thread/adapters/postgres/pool';
import type { EventLog } from '@common-thread/eventing/event-log';
import { demonstrationAgencies } from '../../apps/standalone/agencies.js';

/** Where a system keeps what it keeps: addresses of databases, which may all be one. */
export interface Databases {
  readonly log: string;
  readonly relay: string;
  readonly commandApi: string;
  readonly vault: string;
  agency(recipient: string): string;
}

export function oneDatabase(url: string): Databases {
  return { log: url, relay: url, commandApi: url, vault: url, agency: () => url };
}

/** What a system keeps, read beside it through the ports. */
export interface Kept {
  readonly log: EventLog;
  readonly logPool: Pool;
  readonly relay: Pool;
  readonly commandApi: Pool;
  readonly vault: Pool;
  agency(recipient: string): Pool;
  close(): Promise<void>;
}

/** All the pools of a system and these stay below what a server lets in. */
const CONNECTIONS = 2;
const LOOK_AGAIN_MS = 100;

export function keptIn(databases: Databases): Kept {
  const pools = new Map<string, Pool>();
  const pool = (url: string): Pool => {
    const known = pools.get(url);
    if (known) return known;
    const made = createPool({ url, applicationName: 'fault checker', max: CONNECTIONS });
    pools.set(url, made);
    return made;
  };
  const log = new PostgresEventLog({ url: databases.log, max: 3 });
  return {
    log,
    logPool: pool(databases.log),
    relay: pool(databases.relay),
    commandApi: pool(databases.commandApi),
    vault: pool(databases.vault),
    agency: (recipient) => pool(databases.agency(recipient)),
    close: async () => {
      await log.close();
      await Promise.all([...pools.values()].map((each) => each.end()));
    },
  };
}

/**
 * False where somebody is behind and for so long nothing has moved, however slowly it moves as long as it
 * does: what it is, the judges say.
 */
export async function comesToRest(kept: Kept, patienceMs: number): Promise<boolean> {
  let before = '';
  for (let deadline = performance.now() + patienceMs; performance.now() < deadline;) {
    // A database may be on its way back as well.
    if (await nothingMoves(kept).catch(() => false)) return true;
    const now = await whereAllAre(kept).catch(() => before);
    if (now !== before) deadline = performance.now() + patienceMs;
    before = now;
    await pause(LOOK_AGAIN_MS);
  }
  return false;
}

/** How far each follower is, and the log. */
async function whereAllAre(kept: Kept): Promise<string> {
  const places = await Promise.all([
    lastOf(kept),
    kept.relay.query(
      'select c::text, (select sum(sequence) from relay.feeds) from relay.checkpoint c',
    ),
    kept.commandApi.query('select cursor from command_api.reaction_checkpoint'),
    ...demonstrationAgencies.map(({ recipient }) =>
      kept.agency(recipient).query(
        `select h.sequence, (select sum(m.sequence) from ${agencySchema(recipient)}.read_model m)
           from ${agencySchema(recipient)}.inbox_head h`,
      ),
    ),
  ]);
  return JSON.stringify(places.map((place) => ('rows' in place ? place.rows : place)));
}

/**
 * Whether every follower has come to the last event: relay and reactions at the end of the log with nothing
 * left to do, each inbox at its feed's head, each read model at its inbox's. Asked from the log on, and the
 * log once more at the end: what stood still in between was asked of one moment.
 */
async function nothingMoves(kept: Kept): Promise<boolean> {
  const last = await lastOf(kept);
  const relay = await kept.relay.query<{ event_id: string | null; tasks: string }>(
    'select event_id, tasks::text as tasks from relay.checkpoint',
  );
  const told = relay.rows[0];
  if (told?.event_id !== last.id || told.tasks !== '[]') return false;
  const reacted = await kept.commandApi.query<{ cursor: string | null; faults: boolean }>(
    `select (select cursor from command_api.reaction_checkpoint) as cursor,
            exists (select from command_api.reaction_faults) as faults`,
  );
  if (reacted.rows[0]?.cursor !== last.cursor || reacted.rows[0]?.faults) return false;
  for (const { recipient } of demonstrationAgencies) {
    if (!(await hasEverything(kept, recipient))) return false;
  }
  return (await lastOf(kept)).id === last.id;
}

async function lastOf({ logPool }: Kept) {
  const { rows } = await logPool.query<{ id: string; cursor: string }>(
    `select id, concat_ws('.', epoch, tx, position) as cursor
     from log.events e order by e.epoch desc, e.tx desc, e.position desc limit 1`,
  );
  return rows[0] ?? { id: null, cursor: null };
}

async function hasEverything(kept: Kept, recipient: string): Promise<boolean> {
  const schema = agencySchema(recipient);
  const feed = await kept.relay.query<{ head: string }>(
    'select coalesce(max(sequence), 0) as head from relay.feeds where recipient = $1',
    [recipient],
  );
  const agency = await kept.agency(recipient).query<{ head: string; behind: boolean }>(
    `select h.sequence as head, exists (
       select from ${schema}.read_model m
       where m.generation = 'live' and m.sequence <> h.sequence) as behind
     from ${schema}.inbox_head h`,
  );
  const { head, behind } = agency.rows[0] ?? { head: undefined, behind: true };
  return head === feed.rows[0]?.head && !behind;
}
