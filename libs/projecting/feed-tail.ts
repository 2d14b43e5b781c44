import type { FeedRow } from './feed-row.js';

/** Rows in one publish, and in one giving to a follower. */
export const TAIL_ROWS_MAX = 500;

/**
 * Puts the tail of each recipient's feed on a broker: speed, not truth (docs/adr/0062). Guarantees every
 * adapter keeps (test/contracts/feed-tail.contract.ts):
 * - once `publish` resolves, the broker has acknowledged every row, in the order given;
 * - what is published for one recipient is given to followers of that recipient and of no other;
 * - once `clear` resolves, nothing published for the recipient before it is given any more;
 * - a tail that is missing is made, one that was taken away is made anew.
 */
export abstract class FeedTailPublisher {
  /**
   * Rows of one recipient, in the order of its feed, at most TAIL_ROWS_MAX.
   * @throws TailUnavailable when not every row was acknowledged: publish them all again. Whoever
   *   follows may then be given some of them twice, and compares.
   */
  abstract publish(recipient: string, rows: readonly FeedRow[]): Promise<void>;

  /**
   * Takes away everything published for a recipient so far: withdrawn content does not live on.
   * @throws TailUnavailable when it may still be there
   */
  abstract clear(recipient: string): Promise<void>;

  abstract close(): Promise<void>;
}

export interface TailStatus {
  /** `waiting`: the broker cannot be reached, or refuses; tried again by itself. */
  readonly state: 'idle' | 'connecting' | 'following' | 'waiting';
  /**
   * Place in the recipient's group: `owner` is given the rows, `standby` takes over when the owner
   * goes, `none` while it belongs to no group.
   */
  readonly membership: 'none' | 'joining' | 'owner' | 'standby';
  /** Rows on the broker that this follower was not given yet; null while unknown. */
  readonly lag: number | null;
}

/** What a follower that does not follow yet says of itself. */
export const idleTail: TailStatus = { state: 'idle', membership: 'none', lag: null };

/**
 * Gives one recipient's rows as soon as they are published. They are hints: rows may come twice, with
 * holes, and none may come for as long as the broker is away. Whoever follows has the pages.
 */
export abstract class FeedTailSource {
  /**
   * Gives rows from where the recipient's group had come to, else from the oldest there is.
   * `onRows` is awaited before more is given and before the group's place moves; where it rejects, the
   * rows are passed over. Resolves when `signal` aborts; whatever else happens is waited out.
   */
  abstract follow(
    recipient: string,
    onRows: (rows: readonly FeedRow[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;

  /** Of what this source follows for the recipient. */
  abstract status(recipient: string): TailStatus;
}

export class TailUnavailable extends Error {
  override readonly name: string = 'TailUnavailable';
}

/** The broker does not accept who we are or what we ask: waiting alone will not help. */
export class TailRefused extends TailUnavailable {
  override readonly name = 'TailRefused';
}
