import { measureFeed } from '@common-thread/running/agency-metrics';
import { Registry } from 'prom-client';
import { measureReactions } from '../../apps/command-api/metrics.js';
import { measureRelay } from '../../apps/feed-relay/metrics.js';
import { countAuditFailures, measureVault } from '../../apps/vault/metrics.js';
import type { County } from './county.js';

/**
 * Say how long ago something was, by a clock that two counties read at two moments; none of them is of a
 * family. What Node counts of its own process and how long requests took are measured by the process that
 * runs an app (libs/running/app-process.ts), which a county in one process has none of.
 */
const ofTime: ReadonlySet<string> = new Set([
  'common_thread_vault_staleness_seconds',
  'common_thread_relay_oldest_unhandled_seconds',
  'common_thread_reaction_oldest_fault_seconds',
  'common_thread_feed_age_seconds',
  'common_thread_projection_age_seconds',
]);

/** The metrics of each app, those that say a time left out. */
export async function comparableMetricsOf(county: County): Promise<ReadonlyMap<string, string>> {
  const all = [...(await metricsOf(county))].map(([app, text]) => {
    const lines = text.split('\n').filter((line) => !ofTime.has(/^\w+/.exec(line)?.[0] ?? ''));
    return [app, lines.join('\n')] as const;
  });
  return new Map(all);
}

/**
 * What each app says of itself on its operations port, where it runs as a process of its own. That port is
 * for whoever runs the process; no door of an app leads there.
 */
export async function metricsOf({ standalone }: County): Promise<ReadonlyMap<string, string>> {
  const { vault, relay, commandApi, agencies } = standalone;
  const registries = new Map<string, Registry>();
  const registryOf = (app: string) => {
    const registry = new Registry();
    registries.set(app, registry);
    return registry;
  };
  const ofVault = registryOf('vault');
  measureVault(vault.core, ofVault);
  countAuditFailures(ofVault);
  measureRelay(relay, registryOf('feed-relay'));
  measureReactions(commandApi, registryOf('command-api'));
  for (const [recipient, { feed }] of agencies) {
    measureFeed(feed, recipient, registryOf(recipient));
  }
  const texts = [...registries].map(async ([app, registry]) => {
    return [app, await registry.metrics()] as const;
  });
  return new Map(await Promise.all(texts));
}
