import type { AuditEntry, AuditEntryId } from './audit.js';
import { Audit } from './audit.js';

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
}
