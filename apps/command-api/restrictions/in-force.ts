import type { Pause } from '@common-thread/eventing/pause';
import { pause } from '@common-thread/eventing/pause';
import type { RestrictionFold } from '@common-thread/disclosure/restriction-folds';
import { restrictionMark } from '@common-thread/disclosure/restriction-folds';
import type { PolicyFollower } from '../authorisation/policy-follower.js';

/** How long a restriction is waited for; after that it is recorded, and said not to be in force yet. */
const TRIES = 40;
const TRY_EVERY_MS = 50;

/**
 * Whether a restriction, or its lifting, is in force: known to everything that decides who may know of a
 * family. Recorded alone it stops nobody, because relay and vault fold the log on their own.
 */
export class InForce {
  constructor(
    private readonly policy: Pick<PolicyFollower, 'current'>,
    private readonly folds: readonly RestrictionFold[],
    private readonly pauseFor: Pause = pause,
  ) {}

  /** Resolves once it is, or after 2 s with false. @throws PolicyBehind, LogUnavailable */
  async of(familyId: string): Promise<boolean> {
    const waiting = new AbortController();
    for (let nth = 0; nth < TRIES; nth += 1) {
      const mark = restrictionMark(await this.policy.current(), familyId);
      const marks = await Promise.all(this.folds.map((fold) => fold.restrictionMark(familyId)));
      if (marks.every((known) => known === mark)) return true;
      await this.pauseFor(TRY_EVERY_MS, waiting.signal);
    }
    return false;
  }
}
