import type { CommandActor } from '@common-thread/eventing/decider';
import type { ScheduledReview } from './engagement/review-schedule.js';

/** Age bands of the children in need census; `unborn` before birth. */
export const ageBands = ['unborn', '0', '1-4', '5-9', '10-15', '16-17', 'adult'] as const;
export type AgeBand = (typeof ageBands)[number];

/**
 * Boxes of one person, as PersonRegistered or a correction of it holds them; the birth counts
 * where both are given.
 */
export interface SealedBirth {
  readonly dateOfBirth?: string;
  readonly expectedDate?: string;
}

/**
 * The closed list of what may be worked out of sealed values without their being told: pure
 * functions, run inside the vault, each call in its audit. Rules use these and never what is in a
 * box.
 */
export abstract class Deriving {
  /**
   * The mandated reviews counted from a birth, soonest due first. `dueOn`, `opensOn` and
   * `countedUntil` give the birth away: seal them or drop them; `dueWeek` may be kept plain. Empty
   * where the boxes can no longer be opened.
   * @throws VaultUnavailable
   * @throws NotDerivable where a box is not a birth of one person
   */
  abstract reviewsDue(
    asker: CommandActor,
    birth: SealedBirth,
  ): Promise<readonly ScheduledReview[]>;

  /**
   * The band on a day (`YYYY-MM-DD`); undefined where the boxes can no longer be opened. @throws
   * as above
   */
  abstract ageBand(
    asker: CommandActor,
    birth: SealedBirth,
    on: string,
  ): Promise<AgeBand | undefined>;
}

export class NotDerivable extends Error {
  override readonly name = 'NotDerivable';
}
