import { gauge } from '@common-thread/running/gauges';
import type { Registry } from 'prom-client';
import { Counter } from 'prom-client';
import type { VaultCore } from './vault-core.js';

/** How stale the vault's own fold is: beyond two seconds it opens nothing. */
export function measureVault({ follower }: VaultCore, metrics: Registry): void {
  gauge(
    metrics,
    {
      name: 'common_thread_vault_staleness_seconds',
      help: 'Since the vault last knew everything recorded; absent until it first did',
    },
    () => [{ value: Number.isFinite(follower.ageMs) ? follower.ageMs / 1_000 : undefined }],
  );
}

/** Counts what could not be audited, and was therefore not done. */
export function countAuditFailures(metrics: Registry): () => void {
  const failures = new Counter({
    name: 'common_thread_audit_write_failures_total',
    help: 'Audit entries that could not be committed; nothing was opened for them',
    registers: [metrics],
  });
  return () => failures.inc();
}
