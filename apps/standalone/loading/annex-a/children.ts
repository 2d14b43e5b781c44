import type { PlannedCommand } from '../../seeding/planned-command.js';
import type { ContactRow } from './contact-row.js';
import type { ChildRecord, Extract } from './plan-contact.js';
import { ownRecordOf, planChild } from './plan-contact.js';

/** Finds children by their authority's id, through the vault's blind index. */
export interface ChildLookUp {
  /**
   * Everybody known by each id, with the families each belongs to now; ids nobody has are left
   * out.
   */
  find(
    authority: string,
    childIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly KnownChild[]>>;
}

export interface KnownChild {
  readonly personId: string;
  /** The one they have belonged to longest first. */
  readonly familyIds: readonly string[];
}

/** The children of one load: looked up once each, and given a record where nobody has one. */
export class Children {
  readonly #known = new Map<string, ChildRecord | 'ambiguous'>();
  /** Children whose own record this run has seen to. */
  readonly #prepared = new Set<string>();

  constructor(
    private readonly extract: Extract,
    private readonly lookUp: ChildLookUp,
  ) {}

  /** Looks up those not met before. */
  async meet(childIds: readonly string[]): Promise<void> {
    const unmet = [...new Set(childIds)].filter((childId) => !this.#known.has(childId));
    if (unmet.length === 0) return;
    const found = await this.lookUp.find(this.extract.authority, unmet);
    for (const childId of unmet) {
      this.#known.set(childId, this.#recordOf(childId, found.get(childId) ?? []));
    }
  }

  /**
   * The record of a row's child, and what must be recorded before the row, in the child's lane: the
   * record itself where it is ours. Undefined where several records hold the id.
   */
  of(
    row: ContactRow,
  ):
    { readonly record: ChildRecord; readonly preparation: readonly PlannedCommand[] } | undefined {
    const record = this.#known.get(row.childId);
    if (record === undefined || record === 'ambiguous') return undefined;
    const own = ownRecordOf(this.extract, row.childId);
    // Asked again for a record of ours that was found: a kill may have left it without its
    // household.
    if (record.familyId !== own.familyId || this.#prepared.has(row.childId)) {
      return { record, preparation: [] };
    }
    this.#prepared.add(row.childId);
    const [register, join] = planChild(this.extract, row, record.personId);
    const preparation = record.personId === own.personId ? [register, join] : [join];
    return { record, preparation };
  }

  #recordOf(childId: string, found: readonly KnownChild[]): ChildRecord | 'ambiguous' {
    const own = ownRecordOf(this.extract, childId);
    if (found.length === 0 || found.some(({ personId }) => personId === own.personId)) return own;
    const [only, ...others] = found;
    if (!only || others.length > 0) return 'ambiguous';
    // Somebody known who belongs to no family gets a household as a new child does.
    return { personId: only.personId, familyId: only.familyIds[0] ?? own.familyId };
  }
}
