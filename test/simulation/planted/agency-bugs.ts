import { FeedFault } from '@common-thread/projecting/feed-fault';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import { hashOf } from '@common-thread/projecting/feed-row';
import type { Inbox } from '@common-thread/projecting/inbox';
import { over } from '../../planted/over.js';
import { WatchedInbox } from '../world/disks.js';
import type { Seams } from '../world/seams.js';

/** Passes over what it cannot fold, and goes on with what comes after it. */
export function skipOnError(): Partial<Seams> {
  return {
    projectionStore: (store) =>
      over(store, (inner) => ({
        transact: (model, generation, work) =>
          inner.transact(model, generation, (unit) =>
            work(over(unit, () => ({ park: async () => undefined }))),
          ),
      })),
  };
}

/** Takes rows although one is missing before them. */
export function inboxTakesGap(): Partial<Seams> {
  return {
    inbox: (inbox) =>
      over(inbox, (inner) => ({
        append: async (rows) => {
          try {
            return await inner.append(rows);
          } catch (error) {
            const head = await inner.head();
            const next = rows.find(({ envelope }) => envelope.sequence > head);
            if (!next || !(error instanceof FeedFault) || error.kind !== 'gap') throw error;
            await fillUpTo(inner, next);
            return inner.append(rows);
          }
        },
      })),
  };
}

/** What holds no rows is no gap to an inbox that does not look: here nothing stands where rows should. */
async function fillUpTo(inbox: Inbox, row: FeedRow): Promise<void> {
  for (let sequence = (await inbox.head()) + 1; sequence < row.envelope.sequence; sequence += 1) {
    const { corrects: _, withdraws: __, ...envelope } = row.envelope;
    const nothing = { ...envelope, sequence, id: `nothing ${sequence}` };
    await inbox.append([{ ...row, envelope: nothing, hash: hashOf(nothing) }]);
  }
}

/** Takes another value of a row it has, whoever sends it. */
export function lastWriterWins(): Partial<Seams> {
  return {
    inbox: (inbox) =>
      over(inbox, (inner) => ({
        append: async (rows) => {
          try {
            return await inner.append(rows);
          } catch (error) {
            if (!(error instanceof FeedFault) || error.kind !== 'diverged') throw error;
            if (inner instanceof WatchedInbox) for (const row of rows) await inner.overwrite(row);
            return inner.head();
          }
        },
      })),
  };
}
