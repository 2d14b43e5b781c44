import type { ListedStaff, StandingChange } from '@common-thread/platform/staff';
import type { Asker, AuditEntry } from '../audit/audit.js';
import type { StaffKey } from './staff-key.js';

/** A member of staff by the id they sign in with, in one organisation. */
export type StaffMember = Pick<Asker, 'id' | 'organisation'>;

export interface KeptStaff extends StaffMember {
  readonly keys: readonly StaffKey[];
}

/** A change of what somebody does, as it is kept: the last of one part says how things stand. */
export interface KeptChange extends StandingChange {
  readonly at: Date;
  /** The `sub` of the officer. */
  readonly by: string;
}

export interface StaffWanted {
  readonly organisation?: string;
  readonly id?: string;
  /** Those that follow this one. */
  readonly after?: StaffMember;
  readonly limit: number;
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
  /** The change and its audit entry, in one commit. */
  abstract change(change: KeptChange, entry: AuditEntry): Promise<void>;
  /** What is taken from each of them now. */
  abstract takenFrom(members: readonly StaffMember[]): Promise<readonly KeptChange[]>;
  /** Who is known or had something taken away, in the order of organisation and id, code by code. */
  abstract list(wanted: StaffWanted): Promise<readonly Omit<ListedStaff, 'taken'>[]>;
}

/** Tells members of staff apart: two organisations may give one id. */
export function nameOf({ id, organisation }: StaffMember): string {
  return JSON.stringify([organisation, id]);
}
