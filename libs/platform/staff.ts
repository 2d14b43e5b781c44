import type { PartOfWork } from './standing.js';

/** How many members of staff are entered by one call. */
export const STAFF_AT_ONCE_MAX = 500;

/** What the vault is told of a member of staff, to compare with whom they look at; kept as keyed hashes alone. */
export interface StaffDetails {
  /** The `sub` they sign in with. */
  readonly id: string;
  readonly organisation: string;
  readonly familyName: string;
  readonly givenName?: string;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth?: string;
  readonly nhsNumber?: string;
  readonly address?: string;
  readonly postcode?: string;
}

/** What members of staff are compared by. */
export const staffKeyKinds = ['surname', 'name-and-birth', 'nhs-number', 'home'] as const;
export type StaffKeyKind = (typeof staffKeyKinds)[number];

/** How somebody looked at may be close to whoever looked. */
export const staffFindingKinds = ['own-record', 'same-address', 'same-surname'] as const;
export type StaffFindingKind = (typeof staffFindingKinds)[number];

/** One member of staff's looking on a day at people who may be themselves or theirs. A question, no fault. */
export interface StaffFinding {
  readonly kind: StaffFindingKind;
  readonly viewer: string;
  readonly organisation: string;
  readonly role: string;
  /** Different people of that kind who were looked at, and in how many calls. */
  readonly people: number;
  readonly calls: number;
  /** UTC instants. */
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface StaffReport {
  readonly findings: readonly StaffFinding[];
  /** How many of those who looked that day are in the register, of how many. */
  readonly known: number;
  readonly viewers: number;
  /** False where there was more than is read at once. */
  readonly isWhole: boolean;
}

/** That part of somebody's work is taken away from them, or given back. */
export interface StandingChange extends PartOfWork {
  readonly id: string;
  readonly organisation: string;
  readonly taken: boolean;
}

/** Part of somebody's work that is not theirs now. */
export interface TakenPart extends PartOfWork {
  /** UTC instant. */
  readonly at: string;
  /** The `sub` of the officer. */
  readonly by: string;
}

/** A member of staff, as the register knows them: what they are compared by, never what it says. */
export interface ListedStaff {
  readonly id: string;
  readonly organisation: string;
  readonly known: readonly StaffKeyKind[];
  readonly taken: readonly TakenPart[];
}

/** What of the register is asked for; every part given narrows it. */
export interface StaffQuery {
  readonly organisation?: string;
  readonly id?: string;
  /** Of an earlier answer's `next`. */
  readonly after?: string;
}

export interface StaffPage {
  readonly staff: readonly ListedStaff[];
  /** What to ask with for those that follow; absent on the last page. */
  readonly next?: string;
}
