import type { Asker, AuditEntry } from '../audit/audit.js';
import type { StaffKey } from './staff-key.js';

/** A member of staff by the id they sign in with, in one organisation. */
export type StaffMember = Pick<Asker, 'id' | 'organisation'>;

export interface KeptStaff extends StaffMember {
  readonly keys: readonly StaffKey[];
}

/**
 * The register of staff: keyed hashes and opaque ids. Every method throws VaultUnavailable where it cannot
 * be reached.
 */
export abstract class StaffStore {
  /** What is known of each from now on, in place of what was, and the audit entry, in one commit. */
  abstract replace(staff: readonly KeptStaff[], entry: AuditEntry): Promise<void>;
  /** Those of them that are in the register. */
  abstract find(members: readonly StaffMember[]): Promise<readonly KeptStaff[]>;
}

/** Tells members of staff apart: two organisations may give one id. */
export function nameOf({ id, organisation }: StaffMember): string {
  return JSON.stringify([organisation, id]);
}
