import type { FeedEnvelope, FeedRow } from '@common-thread/projecting/feed-row';
import { hashOf } from '@common-thread/projecting/feed-row';
import type { RelayStore } from '../../apps/feed-relay/store/relay-store.js';
import { over } from './over.js';
import type { Seams } from './seams.js';

const ROWS_AT_ONCE = 1_000;

/** Shows rows to readers while they are being committed. */
export const publishBeforeCommit: Partial<Seams> = {
  relayStore: (store) => {
    let early: readonly FeedRow[] = [];
    return over(store, (inner) => ({
      commit: async (...commit) => {
        early = [...commit[3].rows.values()];
        try {
          await inner.commit(...commit);
        } finally {
          early = [];
        }
      },
      page: async (recipient, after, limit) => {
        const { rows, head } = await inner.page(recipient, after, limit);
        const shown = early.filter(
          ({ envelope: { feed, sequence } }) => feed === recipient && sequence > head,
        );
        const last = shown.at(-1)?.envelope.sequence ?? head;
        const next = shown.filter(({ envelope }) => envelope.sequence > after);
        return { rows: [...rows, ...next].slice(0, limit), head: last };
      },
    }));
  },
};

/** Leaves out what was withdrawn when it is read, and counts what is left. */
export const filteredFeed = {
  relayStore: (store) =>
    over(store, (inner) => ({
      page: async (recipient, after, limit) => {
        const visible = (await wholeFeed(inner, recipient))
          .filter(({ body }) => body !== null)
          .map((row, nth) => withEnvelope(row, { sequence: nth + 1 }));
        return { rows: visible.slice(after, after + limit), head: visible.length };
      },
    })),
} satisfies Partial<Seams>;

/** Works a row out anew each time it is read. */
export const recomputedRow: Partial<Seams> = {
  relayStore: (store) =>
    over(store, (inner) => ({
      page: async (recipient, after, limit) => {
        const { rows, head } = await inner.page(recipient, after, limit);
        const disclosedtime = new Date().toISOString();
        return { rows: rows.map((row) => withEnvelope(row, { disclosedtime })), head };
      },
    })),
};

export function withEnvelope(row: FeedRow, changed: Partial<FeedEnvelope>): FeedRow {
  const envelope = { ...row.envelope, ...changed };
  return { ...row, envelope, hash: hashOf(envelope) };
}

async function wholeFeed(store: RelayStore, recipient: string): Promise<FeedRow[]> {
  const rows: FeedRow[] = [];
  for (;;) {
    const page = await store.page(recipient, rows.length, ROWS_AT_ONCE);
    if (page.rows.length === 0) return rows;
    rows.push(...page.rows);
  }
}
