import type { Audit, AuditEntry } from '../audit/audit.js';
import type { KeptChange, KeptStaff, StaffMember, StaffWanted } from './staff-store.js';
import { nameOf, StaffStore } from './staff-store.js';

/** The register in memory, for what stands on a vault without a database. */
export class MemoryStaffStore extends StaffStore {
  readonly #kept = new Map<string, KeptStaff>();
  /** The last change of each part. */
  readonly #changes = new Map<string, KeptChange>();

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

  async change(change: KeptChange, entry: AuditEntry): Promise<void> {
    await this.audit.commit(entry);
    this.#changes.set(JSON.stringify([nameOf(change), change.what, change.named]), change);
  }

  async takenFrom(members: readonly StaffMember[]): Promise<readonly KeptChange[]> {
    const names = new Set(members.map(nameOf));
    return [...this.#changes.values()].filter(
      (change) => change.taken && names.has(nameOf(change)),
    );
  }

  async list({ after, id, limit, organisation }: StaffWanted) {
    const known = [...this.#kept.values(), ...this.#changes.values()];
    const members = new Map(known.map((member) => [sortedBy(member), member]));
    const names = [...members.keys()].sort().filter((name) => !after || name > sortedBy(after));
    return names
      .map((name) => members.get(name)!)
      .filter((one) => organisation === undefined || one.organisation === organisation)
      .filter((one) => id === undefined || one.id === id)
      .slice(0, limit)
      .map((one) => {
        const kinds = this.#kept.get(nameOf(one))?.keys.map(({ kind }) => kind) ?? [];
        return {
          id: one.id,
          organisation: one.organisation,
          known: [...new Set(kinds)].sort(),
        };
      });
  }
}

/** Sorts by organisation, then by id, as the table does. */
function sortedBy({ id, organisation }: StaffMember): string {
  return `${organisation}\0${id}`;
}
