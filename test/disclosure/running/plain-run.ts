import type { StoredEvent } from '@common-thread/eventing/event-log';
import { Relay } from '../../../apps/feed-relay/relay/relay.js';
import type { RelayRules } from '../../../apps/feed-relay/relay/rules.js';
import { saltsFrom } from '../../../apps/feed-relay/relay/salts.js';
import type { RowRecord } from '../../../apps/feed-relay/relay/told-rows.js';
import { MemoryRelayStore } from '../../../apps/feed-relay/store/memory-relay-store.js';
import type { RelayStore } from '../../../apps/feed-relay/store/relay-store.js';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { CountyLog } from '../county/happening.js';
import { stored } from '../county/happening.js';
import { recipients } from '../county/places.js';
import { testTables } from '../county/switches.js';

export const saltOf = saltsFrom('a secret of the tests');

/** One row of a feed, with what the relay remembers of it; nothing is remembered of the directory. */
export interface RanRow {
  readonly row: FeedRow;
  readonly record: RowRecord | undefined;
}

export type Feeds = ReadonlyMap<string, readonly RanRow[]>;

/** The whole history handled at once, undisturbed. */
export function plainRun(log: CountyLog, rules?: RelayRules): Promise<Feeds> {
  return feedsOf(log.events.map(stored), log, rules);
}

/** The same of events as a log holds them. */
export async function feedsOf(
  events: readonly StoredEvent[],
  log: CountyLog,
  rules?: RelayRules,
): Promise<Feeds> {
  const store = new MemoryRelayStore();
  const relay = new Relay(store, { saltOf, tables: testTables, ...(rules ? { rules } : {}) });
  await relay.takeOver();
  await relay.handle(events);
  return feedsIn(store, log);
}

/** Every recipient's feed as the store holds it. */
export async function feedsIn(store: RelayStore, log: CountyLog): Promise<Feeds> {
  const remembered = await store.rows(log.events.map(({ id }) => id));
  const records = new Map(
    remembered
      .filter(({ line }) => line !== 'directory')
      .map((record) => [`${record.recipient} ${record.sequence}`, record] as const),
  );
  const feeds = new Map<string, readonly RanRow[]>();
  for (const { id } of recipients) {
    const { rows } = await store.page(id, 0, Number.MAX_SAFE_INTEGER);
    feeds.set(
      id,
      rows.map((row) => ({ row, record: records.get(`${id} ${row.envelope.sequence}`) })),
    );
  }
  return feeds;
}

/** What a recipient holds, byte for byte. */
export function bytesOf(rows: readonly RanRow[]): string {
  return JSON.stringify(rows.map(({ row }) => row));
}
