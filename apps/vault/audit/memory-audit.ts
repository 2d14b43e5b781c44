import type { AuditEntry, AuditEntryId, EntriesWanted, KeptEntry } from './audit.js';
import { Audit, subjectsOf } from './audit.js';

/** The audit in memory, for tests of what stands on a vault. */
export class MemoryAudit extends Audit {
  readonly entries: AuditEntry[] = [];
  readonly deliveries: AuditEntryId[] = [];

  async commit(entry: AuditEntry): Promise<AuditEntryId> {
    this.entries.push(entry);
    return String(this.entries.length);
  }

  delivered(entryId: AuditEntryId): void {
    this.deliveries.push(entryId);
  }

  async settled(): Promise<void> {
    return undefined;
  }

  async read({ subject, actor, limit }: EntriesWanted): Promise<readonly KeptEntry[]> {
    const kept = this.entries.flatMap((entry, nth) => {
      const about = subjectsOf(entry).find((counted) => counted.subject === subject);
      if (subject !== undefined && !about) return [];
      if (actor !== undefined && entry.asker.id !== actor) return [];
      const { asked, granted } = about ?? inAll(entry);
      return [{ ...entry, entryId: String(nth + 1), deliveredAt: undefined, asked, granted }];
    });
    return kept.reverse().slice(0, limit);
  }
}

function inAll({ items }: AuditEntry): { readonly asked: number; readonly granted: number } {
  const granted = items.filter(({ outcome }) => outcome === 'granted').length;
  return { asked: items.length, granted };
}
