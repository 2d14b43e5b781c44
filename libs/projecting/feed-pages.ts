import type { FeedRow } from './feed-row.js';

export interface FeedPage {
  /** Rows after the asked sequence, in order, without holes; fewer than `limit` only at the head. */
  readonly rows: readonly FeedRow[];
  /** The feed's last sequence now; 0 while empty. */
  readonly head: number;
}

/** The relay's permanent pages of one recipient's feed: canonical whatever a broker says. */
export abstract class FeedPages {
  /** @throws FeedUnavailable when the relay cannot be reached */
  abstract page(recipient: string, after: number, limit: number): Promise<FeedPage>;
  /** Resolves when the feed's head may have passed `after`, or `signal` aborts; a hint, not a promise. */
  abstract changed(recipient: string, after: number, signal: AbortSignal): Promise<void>;
}

export class FeedUnavailable extends Error {
  override readonly name = 'FeedUnavailable';
}
