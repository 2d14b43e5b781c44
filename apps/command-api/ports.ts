import type { ScheduledReview } from '@common-thread/domain/engagement/review-schedule';

/** What somebody typed to say whom they mean; in clear, and kept nowhere. */
export interface IdentifyingDetails {
  readonly givenName?: string;
  readonly familyName: string;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth: string;
  /** Ten digits. */
  readonly nhsNumber?: string;
}

/** On whose behalf people are matched; opaque ids, for the vault's audit. */
export interface MatchingActor {
  readonly id: string;
  readonly organisation: string;
  readonly recipient: string;
  readonly role: string;
}

/**
 * Finds whom typed details mean, in the vault and through its blind index; audited. A port of the
 * vault, in process: the answer holds ids of people whom the caller may have no right to know of, so it
 * never leaves command-api.
 */
export abstract class IdentityMatching {
  /**
   * Ids of everybody registered whose family name and date of birth agree (and given name, where both
   * hold one), or whose NHS number agrees together with family name or date of birth; none where
   * numbers are known on both sides and differ. Spelling is compared as the blind index normalises it.
   * @throws VaultUnavailable
   */
  abstract matchPerson(
    actor: MatchingActor,
    details: IdentifyingDetails,
  ): Promise<readonly string[]>;
}

/** The sealed date a child's reviews are counted from. */
export type SealedBirth =
  | { readonly childId: string; readonly dateOfBirth: string; readonly expectedDate?: never }
  | { readonly childId: string; readonly expectedDate: string; readonly dateOfBirth?: never };

/**
 * The vault's closed, audited list of functions of sealed values, run before `decide` because no rule
 * reads a box. A port of the vault, in process.
 */
export abstract class Deriving {
  /**
   * The mandated reviews of each child (`reviewSchedule` of the date in the box), in the order asked;
   * none for a box that no longer opens.
   * @throws VaultUnavailable
   */
  abstract reviewsDue(
    actor: MatchingActor,
    births: readonly SealedBirth[],
  ): Promise<readonly (readonly ScheduledReview[])[]>;
}

/** The instant commands are recorded at, RFC 3339 UTC. */
export interface Clock {
  now(): string;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };
