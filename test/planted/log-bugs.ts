import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  cursorOf,
  placeOf,
  startOfEpoch,
} from '@common-thread/adapters/postgres/event-log-cursor';
import { rethrow } from '@common-thread/adapters/postgres/event-log-faults';
import type { EventRow } from '@common-thread/adapters/postgres/event-log-rows';
import { storedEvent } from '@common-thread/adapters/postgres/event-log-rows';
import type { FollowOptions, Followed } from '@common-thread/eventing/event-log';
import type { Pool } from 'pg';
import { over } from './over.js';
import type { Seams } from './seams.js';

const WRITTEN_BEHIND_MS = 20;
const POLL_MS = 25;

/** Says that an event is recorded and records it a little later. */
export const acknowledgeBeforeCommit: Partial<Seams> = {
  commandLog: (log) =>
    over(log, (inner) => ({
      append: async (streamId, expected, events) => {
        const write = () => inner.append(streamId, expected, events).catch(() => undefined);
        setTimeout(() => void write(), WRITTEN_BEHIND_MS);
        return { revision: (expected === 'no-stream' ? -1 : expected) + events.length };
      },
    })),
};

/** Does not see that a command was done before. */
export const noIdempotencyLookUp: Partial<Seams> = {
  commandLog: (log) =>
    over(log, (inner) => ({
      readStream: async (...asked) => {
        const events = await inner.readStream(...asked);
        return events.map((event) => ({
          ...event,
          metadata: { ...event.metadata, commandId: randomUUID() },
        }));
      },
    })),
};

/** Follows the log by bare position: what commits late behind it is never seen. */
export const barePositionCursor: Partial<Seams> = {
  log: (log, { pool }) => over(log, () => ({ follow: (options) => unfenced(pool, options) })),
};

async function* unfenced(
  pool: Pool,
  { after, prefixes, signal }: FollowOptions,
): AsyncGenerator<Followed> {
  let place = after === undefined ? startOfEpoch(1) : placeOf(after);
  while (!signal.aborted) {
    const asOf = new Date().toISOString();
    const { rows } = await pool
      .query<EventRow>(
        `select tx::text as tx_text, position, stream, revision, id, type, version, data, metadata
         from log.events e where (tx, position) > ($1::xid8, $2::int)
         order by e.tx, e.position limit 1000`,
        [place.tx, place.position],
      )
      .catch(rethrow);
    const last = rows.at(-1);
    if (last) {
      place = placeOf(cursorOf({ epoch: 1, tx: last.tx_text, position: last.position }));
      const events = rows
        .map((row) => storedEvent(1, row))
        .filter(
          ({ streamId }) => !prefixes?.length || prefixes.some((p) => streamId.startsWith(p)),
        );
      if (events.length > 0) yield { kind: 'events', events };
    } else {
      yield { kind: 'caughtUp', asOf };
      await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Gives what follows from a cause a new id each time it is asked. */
export const reactionWithoutDerivedIds: Partial<Seams> = {
  reaction: (reaction) =>
    over(reaction, (inner) => ({
      react: async (...asked) => {
        const consequences = await inner.react(...asked);
        return consequences.map((consequence) => ({
          ...consequence,
          step: randomUUID(),
          intent:
            consequence.intent.type === 'ReceiveContact'
              ? { ...consequence.intent, id: randomUUID() }
              : consequence.intent,
        }));
      },
    })),
};
