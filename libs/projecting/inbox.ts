import type { FeedRow } from './feed-row.js';
import type { ToldRow } from './told-row.js';

/** Rows an adapter takes in one append, and gives in one read. */
export const INBOX_ROWS_MAX = 1_000;

/** Some rows, and how far one need not look for others like them. */
export interface PartReading {
  readonly rows: readonly ToldRow[];
  /** Nothing asked for was left out up to this sequence; the sequence read after where nothing is held. */
  readonly reached: number;
}

/**
 * What an agency was told, row for row in the order of its feed: the source of all its read models.
 * Guarantees every adapter keeps (test/contracts/inbox.contract.ts):
 * - an append is all or nothing, redaction included; sequences have no hole;
 * - a row already held is passed over when it is the same, and stops the append when it is not;
 * - a withdrawal takes the body of the row it withdraws in the same transaction;
 * - two receivers at once leave what one would have left.
 */
export abstract class Inbox {
  /** Makes what the inbox is kept in, where it is not there yet. */
  abstract prepare(): Promise<void>;

  /** The last sequence held; 0 while empty. */
  abstract head(): Promise<number>;

  /**
   * Appends rows already verified against their hashes (libs/projecting/receiver.ts), in order of
   * sequence, at most INBOX_ROWS_MAX. Answers the head after it.
   * @throws FeedFault diverged, gap, follows-unknown, mark-unanswered; nothing is then written
   */
  abstract append(rows: readonly FeedRow[]): Promise<number>;

  /** Rows after a sequence, in order, at most `limit`. */
  abstract read(after: number, limit: number): Promise<readonly ToldRow[]>;

  /**
   * Rows after a sequence and up to `to`, in order, at most `limit`, as far as they are about one of
   * `matters`. May give rows about others too: `concerns` (read-model.ts) decides, this spares reading.
   */
  abstract readOf(
    matters: readonly string[],
    after: number,
    to: number,
    limit: number,
  ): Promise<PartReading>;

  /** Rows of one line with sequences `from` to `to`, both inclusive, in order, at most `limit`. */
  abstract readLine(
    line: string,
    from: number,
    to: number,
    limit: number,
  ): Promise<readonly ToldRow[]>;

  /** The rows themselves, as held: what proves the feed unchanged. */
  abstract rows(after: number, limit: number): Promise<readonly FeedRow[]>;

  /** Sequences of rows that came redacted and whose withdrawal has not come yet, at most 100. */
  abstract unanswered(): Promise<readonly number[]>;
}
