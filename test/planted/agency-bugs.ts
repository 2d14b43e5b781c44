import { setTimeout as pause } from 'node:timers/promises';
import { FeedFault } from '@common-thread/projecting/feed-fault';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { Change } from '@common-thread/projecting/projection-store';
import type { Key, Table } from '@common-thread/projecting/read-model';
import type { Pool } from 'pg';
import { over } from './over.js';
import type { Seams } from './seams.js';

const TRY_AGAIN_MS = 50;
const TRIES_MAX = 100;

/** Moves the checkpoint in one transaction and writes the rows in the next. */
export const checkpointBeforeRows = {
  projectionStore: (store) =>
    over(store, (inner) => ({
      transact: async (model, generation, work) => {
        const late: (readonly [Table, ReadonlyMap<Key, Change>])[] = [];
        const result = await inner.transact(model, generation, (unit) =>
          work(
            over(unit, () => ({
              write: async (table, changes) => void late.push([table, changes]),
            })),
          ),
        );
        await inner.transact(model, generation, async (unit) => {
          for (const [table, changes] of late) await unit.write(table, changes);
        });
        return result;
      },
    })),
} satisfies Partial<Seams>;

/** Writes the rows in one transaction and moves the checkpoint in the next. */
export const checkpointAfterRows = {
  projectionStore: (store) =>
    over(store, (inner) => ({
      transact: async (model, generation, work) => {
        let reached: number | undefined;
        const result = await inner.transact(model, generation, (unit) =>
          work(
            over(unit, () => ({
              advance: async (sequence) => {
                reached = sequence;
              },
            })),
          ),
        );
        const moved = reached;
        if (moved !== undefined) {
          await inner.transact(model, generation, (unit) => unit.advance(moved));
        }
        return result;
      },
    })),
} satisfies Partial<Seams>;

/** Passes a batch over that could not be written, so that the next can be. */
export const skipOnError: Partial<Seams> = {
  projectionStore: (store) =>
    over(store, (inner) => ({
      transact: async (model, generation, work) => {
        let reached = 0;
        try {
          return await inner.transact(model, generation, (unit) =>
            work(
              over(unit, (held) => ({
                advance: async (sequence) => {
                  reached = sequence;
                  await held.advance(sequence);
                },
              })),
            ),
          );
        } catch (error) {
          if (reached === 0) throw error;
          await untilDone(() =>
            inner.transact(model, generation, (unit) => unit.advance(reached)),
          );
          throw error;
        }
      },
    })),
};

/** The store may not be reachable for a moment, which is why the batch could not be written. */
async function untilDone(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === TRIES_MAX) throw error;
      await pause(TRY_AGAIN_MS);
    }
  }
}

/** Takes rows although one is missing before them. */
export const inboxTakesGap: Partial<Seams> = {
  inbox: (inbox, { pool, schema }) =>
    over(inbox, (inner) => ({
      append: async (rows) => {
        try {
          return await inner.append(rows);
        } catch (error) {
          if (!(error instanceof FeedFault) || error.kind !== 'gap') throw error;
          const head = await inner.head();
          const next = rows.filter(({ envelope }) => envelope.sequence > head);
          const before = next[0]!.envelope.sequence - 1;
          await pool.query(`update ${schema}.inbox_head set sequence = $1`, [before]);
          return inner.append(next);
        }
      },
    })),
};

/** Takes another value of a row it has, whoever sends it. */
export const lastWriterWins: Partial<Seams> = {
  inbox: (inbox, { pool, schema }) =>
    over(inbox, (inner) => ({
      append: async (rows) => {
        try {
          return await inner.append(rows);
        } catch (error) {
          if (!(error instanceof FeedFault) || error.kind !== 'diverged') throw error;
          for (const row of rows) await overwrite(pool, schema, row);
          return inner.append(rows);
        }
      },
    })),
};

async function overwrite(pool: Pool, schema: string, row: FeedRow): Promise<void> {
  await pool.query(`update ${schema}.inbox set hash = $2, envelope = $3 where sequence = $1`, [
    row.envelope.sequence,
    row.hash,
    JSON.stringify(row.envelope),
  ]);
}
