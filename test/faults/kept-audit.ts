import type { Pool } from 'pg';
import type { KeptEntry } from '../../apps/vault/audit/audit.js';
import { readEntries } from '../../apps/vault/audit/audit-rows.js';
import type { AuditedCall } from './observed.js';
import { OPENINGS } from './openers.js';

const ENTRIES_AT_ONCE = 1_000;

/** What the vault's audit says of everything that was opened under load. */
export async function auditedCalls(vault: Pool): Promise<AuditedCall[]> {
  const calls: AuditedCall[] = [];
  for (let before: string | undefined; ;) {
    const wanted = { kinds: ['reveal'] as const, limit: ENTRIES_AT_ONCE };
    const entries = await readEntries(vault, {
      ...wanted,
      ...(before === undefined ? {} : { before }),
    });
    calls.push(...entries.filter(({ page }) => page.startsWith(OPENINGS)).map(callOf));
    before = entries.at(-1)?.entryId;
    if (before === undefined) return calls;
  }
}

function callOf({ page, asker, items, deliveredAt }: KeptEntry): AuditedCall {
  const outcomes = items.map(({ outcome }) => outcome);
  return { page, user: asker.id, outcomes, isDelivered: deliveredAt !== undefined };
}
