import { createHash } from 'node:crypto';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { createPool } from '@common-thread/adapters/postgres/pool';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import type pg from 'pg';
import type { Report } from './benchmark.js';
import { compare } from './benchmark.js';
import { benchmarkEngine } from './benchmark-engine.js';
import { fillLog } from './filled-log.js';

const EVENTS = 40_000;
const GOAL = 0.7;
const PAGE = 1_000;

/**
 * P2 of the goals: the log followed from its beginning by a projector that folds every event, against a
 * bare client that reads the same columns in the same order, page by page, and drops them.
 */
export async function projector(): Promise<Report> {
  const engine = await benchmarkEngine();
  const pool = createPool({ url: engine.url, applicationName: 'bench bare', max: 1 });
  const log = await PostgresEventLog.open({ url: engine.url });
  try {
    await fillLog(pool, { events: EVENTS, streamLength: 10 });
    const seen = { bare: '', followed: '' };
    const result = await compare({
      title: 'log reader to projector',
      unit: 'events/s',
      goal: GOAL,
      baseline: {
        name: 'bare read',
        round: () => eventsPerSecond(async () => (seen.bare = await bareRead(pool))),
        outcome: async () => seen.bare,
      },
      system: {
        name: 'follow and fold',
        round: () => eventsPerSecond(async () => (seen.followed = await followed(log))),
        outcome: async () => seen.followed,
      },
    });
    return { setting: { ...engine.setting, log: `${EVENTS} events` }, results: [result] };
  } finally {
    await log.close();
    await pool.end();
    await engine.stop();
  }
}

async function eventsPerSecond(read: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await read();
  return EVENTS / ((performance.now() - from) / 1_000);
}

interface Bare {
  readonly tx: string;
  readonly position: number;
  readonly id: string;
}

async function bareRead(pool: pg.Pool): Promise<string> {
  const ids = createHash('sha256');
  for (let after: readonly [string, number] = ['0', 0], read = 0; read < EVENTS;) {
    const { rows } = await pool.query<Bare>({
      name: 'bare',
      text: `select e.tx::text as tx, position, stream, revision, id, type, version, data, metadata
        from log.events e where epoch = 1 and (e.tx, position) > ($1::xid8, $2::int)
        order by e.tx, position limit ${PAGE}`,
      values: [...after],
    });
    const last = rows.at(-1);
    if (!last) break;
    for (const { id } of rows) ids.update(id);
    after = [last.tx, last.position];
    read += rows.length;
  }
  return ids.digest('hex');
}

/** The smallest fold there is: how far each stream has come. */
async function followed(log: PostgresEventLog): Promise<string> {
  const ids = createHash('sha256');
  const reached = new Map<string, number>();
  const enough = new AbortController();
  for await (const told of log.follow({ signal: enough.signal })) {
    if (told.kind === 'caughtUp') enough.abort();
    else told.events.forEach((event) => fold(event, reached, ids));
  }
  return ids.digest('hex');
}

function fold(
  { id, streamId, revision }: StoredEvent,
  reached: Map<string, number>,
  ids: ReturnType<typeof createHash>,
): void {
  const expected = (reached.get(streamId) ?? -1) + 1;
  if (revision !== expected) throw new Error(`${streamId} jumped to ${revision}`);
  reached.set(streamId, revision);
  ids.update(id);
}
