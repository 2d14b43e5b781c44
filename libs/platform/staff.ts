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
