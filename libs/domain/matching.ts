import type { CommandActor } from '@common-thread/eventing/decider';

/**
 * What somebody gives so that a person can be matched: family name and date of birth together, or
 * an NHS number.
 */
export interface IdentifyingDetails {
  /**
   * Where it is given and the person's record holds one, the two must agree for `name-and-birth`:
   * two children of one surname may be born on one day, and a match opens a family's history.
   */
  readonly givenName?: string;
  readonly familyName?: string;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth?: string;
  readonly nhsNumber?: string;
}

/**
 * Somebody who matches exactly, after case, accents, spaces, hyphens and apostrophes are set
 * aside.
 */
export interface PersonMatch {
  readonly personId: string;
  /** Families the person belongs to now. */
  readonly familyIds: readonly string[];
  readonly by: readonly ('name-and-birth' | 'nhs-number')[];
}

/**
 * Who is meant, asked of the vault's blind index: nothing is opened, ids alone come back, and each
 * question is in the vault's audit. Several people may match: a shared identifier is never
 * refused, because a refusal would confirm that somebody is hidden.
 */
export abstract class Matching {
  /** @throws VaultUnavailable */
  abstract matchPerson(
    asker: CommandActor,
    details: IdentifyingDetails,
  ): Promise<readonly PersonMatch[]>;

  /**
   * Ids of the people whom an authority's own system knows by this id. @throws VaultUnavailable
   */
  abstract findByAuthorityChildId(
    asker: CommandActor,
    authority: string,
    childId: string,
  ): Promise<readonly string[]>;

  /**
   * The same for up to 1,000 ids in one question; ids that match nobody are left out. @throws
   * VaultUnavailable
   */
  abstract findByAuthorityChildIds(
    asker: CommandActor,
    authority: string,
    childIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>>;
}
