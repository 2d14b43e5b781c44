import type { FeedRow } from '@common-thread/projecting/feed-row';
import { over } from '../../planted/over.js';
import { withEnvelope } from '../../planted/relay-bugs.js';
import type { Seams } from '../world/seams.js';

/** Shows rows to readers while they are being committed. */
export function publishBeforeCommit(): Partial<Seams> {
  let early: readonly FeedRow[] = [];
  return {
    relayStore: (store) =>
      over(store, (inner) => ({
        commit: async (...commit) => {
          early = [...commit[3].rows.values()];
          try {
            await inner.commit(...commit);
          } finally {
            early = [];
          }
        },
        page: async (recipient, after, limit) => {
          const shown = early.filter(({ envelope }) => envelope.feed === recipient);
          const { rows, head } = await inner.page(recipient, after, limit);
          const next = shown.filter(({ envelope }) => envelope.sequence > head);
          const last = next.at(-1)?.envelope.sequence ?? head;
          const unread = next.filter(({ envelope }) => envelope.sequence > after);
          return { rows: [...rows, ...unread].slice(0, limit), head: last };
        },
      })),
  };
}

/** Works a row out anew each time it is read. */
export function recomputedRow(): Partial<Seams> {
  let tableversion = 1;
  return {
    relayStore: (store) =>
      over(store, (inner) => ({
        page: async (recipient, after, limit) => {
          tableversion += 1;
          const { rows, head } = await inner.page(recipient, after, limit);
          return { rows: rows.map((row) => withEnvelope(row, { tableversion })), head };
        },
      })),
  };
}
