import type { FeedRow } from '@common-thread/projecting/feed-row';
import { Relay } from '../../../apps/feed-relay/relay/relay.js';
import type { RelayRules } from '../../../apps/feed-relay/relay/rules.js';
import type { RelayStore } from '../../../apps/feed-relay/store/relay-store.js';
import type { CountyLog } from '../county/happening.js';
import { stored } from '../county/happening.js';
import { recipients } from '../county/places.js';
import type { Random } from '../county/random.js';
import { testTables } from '../county/switches.js';
import { Agency } from './agency.js';
import { DisturbedStore, Killed } from './disturbed-store.js';
import type { Feeds } from './plain-run.js';
import { feedsIn, saltOf } from './plain-run.js';

export interface RoughRun {
  readonly feeds: Feeds;
  readonly agencies: ReadonlyMap<string, Agency>;
  /** Hashes of rows when they were first served, by public id. */
  readonly firstServed: ReadonlyMap<string, string>;
  /** Rows as they were first served. */
  readonly served: readonly FeedRow[];
  readonly kills: number;
}

export interface Roughness {
  readonly random: Random;
  readonly store: RelayStore;
  readonly rules?: RelayRules;
  /** What a relay does on taking over that it must not: for the double that recomputes rows. */
  readonly onRestart?: () => Promise<void>;
}

/**
 * The history handled in small transactions by a relay that is killed on either side of commits, its
 * rows sent to agencies by a way that loses some, repeats some, and is killed itself.
 */
export async function roughRun(log: CountyLog, roughness: Roughness): Promise<RoughRun> {
  const { random, store } = roughness;
  const agencies = new Map<string, Agency>();
  for (const recipient of recipients) {
    agencies.set(recipient.id, await Agency.open(recipient, store, random));
  }
  const firstServed = new Map<string, string>();
  const served: FeedRow[] = [];
  const heads = new Map<string, number>();
  const publish = async (told: Iterable<string>) => {
    for (const id of told) {
      const agency = agencies.get(id)!;
      const { rows } = await store.page(id, heads.get(id) ?? 0, Number.MAX_SAFE_INTEGER);
      for (const row of rows) {
        if (!firstServed.has(row.envelope.id)) served.push(row);
        firstServed.set(row.envelope.id, firstServed.get(row.envelope.id) ?? row.hash);
        agency.send(row);
        heads.set(id, row.envelope.sequence);
      }
      if (random.chance(0.15)) await agency.drain();
    }
  };
  const disturbed = new DisturbedStore(store, () => random.chance(0.04), publish);
  let kills = 0;
  while (!(await worked(log, disturbed, roughness))) {
    kills += 1;
    await roughness.onRestart?.();
  }
  for (const agency of agencies.values()) await agency.settle();
  return { feeds: await feedsIn(store, log), agencies, firstServed, served, kills };
}

/** One life of the relay; false when it was killed. */
async function worked(
  log: CountyLog,
  store: RelayStore,
  { random, rules }: Roughness,
): Promise<boolean> {
  const relay = new Relay(store, {
    tables: testTables,
    saltOf,
    rowsMax: 1 + random.below(4),
    eventsMax: 1 + random.below(6),
    memoryMax: random.chance(0.3) ? 1 : 1_000, // now and then it forgets after every commit
    ...(rules ? { rules } : {}),
  });
  try {
    const cursor = await relay.takeOver();
    const events = log.events.map(stored);
    const next = events.findIndex((event) => event.cursor === cursor) + 1;
    await relay.handle(events.slice(next));
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}
