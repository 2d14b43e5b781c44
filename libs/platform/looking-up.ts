/** What a caller on the telephone gives: exact, never a fragment. */
export type LookUpQuery =
  /** `dateOfBirth` is `YYYY-MM-DD`. */
  { readonly familyName: string; readonly dateOfBirth: string } | { readonly nhsNumber: string };

/** Somebody who matches: opaque ids only, nothing opened. */
export interface LookUpMatch {
  readonly personId: string;
  readonly familyIds: readonly string[];
}

/**
 * The hub's look-up when the telephone rings, through the vault's blind index; audited whatever it finds,
 * and blind to restricted people. Over HTTP with the user's own token: `POST /v1/look-up` with the query
 * as its body answers `{matches}`.
 */
export abstract class LookingUp {
  /** @throws VaultUnreachable */
  abstract lookUp(accessToken: string, query: LookUpQuery): Promise<readonly LookUpMatch[]>;
}
