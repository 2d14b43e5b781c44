import type { Audit, AuditEntry } from '../audit/audit.js';
import type { KeptStaff, StaffMember } from './staff-store.js';
import { nameOf, StaffStore } from './staff-store.js';

/** The register in memory, for what stands on a vault without a database. */
export class MemoryStaffStore extends StaffStore {
  readonly #kept = new Map<string, KeptStaff>();

  constructor(private readonly audit: Audit) {
    super();
  }

  async replace(staff: readonly KeptStaff[], entry: AuditEntry): Promise<void> {
    await this.audit.commit(entry);
    for (const member of staff) this.#kept.set(nameOf(member), member);
  }

  async find(members: readonly StaffMember[]): Promise<readonly KeptStaff[]> {
    return members.flatMap((member) => this.#kept.get(nameOf(member)) ?? []);
  }
}
