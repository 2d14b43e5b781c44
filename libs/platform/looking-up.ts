/** What a caller on the telephone gives: exact, never a fragment. */
export type LookUpQuery =
  /** `dateOfBirth` is `YYYY-MM-DD`. */
  { readonly familyName: string; readonly dateOfBirth: string } | { readonly nhsNumber: string };

/** Somebody who matches: opaque ids only, nothing opened. */
export interface LookUpMatch {
  readonly personId: string;
  readonly familyIds: readonly string[];
}

export interface LookedUp {
  readonly matches: readonly LookUpMatch[];
  /** Posts to speak to about records that match and are restricted (`restrictionEnquiries`), each once. */
  readonly speakTo: readonly string[];
}

/**
 * The hub's look-up when the telephone rings, through the vault's blind index; audited whatever it finds.
 * Of a restricted record it tells no more than whom to speak to. Over HTTP with the user's own token:
 * `POST /v1/look-up` with the query as its body answers `{matches, speakTo}`.
 */
export abstract class LookingUp {
  /** @throws VaultUnreachable */
  abstract lookUp(accessToken: string, query: LookUpQuery): Promise<LookedUp>;
}
