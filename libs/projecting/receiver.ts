import type { Pause } from '@common-thread/eventing/pause';
import { pause } from '@common-thread/eventing/pause';
import { FeedFault } from './feed-fault.js';
import type { FeedPages } from './feed-pages.js';
import type { FeedRow } from './feed-row.js';
import { hashOf } from './feed-row.js';
import type { FeedTailSource, TailStatus } from './feed-tail.js';
import { idleTail } from './feed-tail.js';
import type { Inbox } from './inbox.js';
import { INBOX_ROWS_MAX } from './inbox.js';

export interface ReceiverOptions {
  /** The recipient whose feed this is: `<organisation>.<audience>`. */
  readonly recipient: string;
  readonly inbox: Inbox;
  readonly pages: FeedPages;
  /** Where rows come sooner than from the pages, while it is there. */
  readonly tail?: FeedTailSource;
  /** Our own clock; only for saying how fresh the inbox is. */
  readonly now: () => Date;
  /** Default: by the process's own timers. */
  readonly pause?: Pause;
  /** Told after each append, with the new head. */
  readonly onAppended?: (head: number) => void;
  /** Told when the inbox holds all the pages had at `asOf`. */
  readonly onComplete?: (head: number, asOf: Date) => void;
  /** Told when the receiver stops on a fault. */
  readonly onFault?: (fault: FeedFault) => void;
  /** Told of what it waits out and tries again: the relay or the inbox cannot be reached. */
  readonly onTrouble?: (error: unknown) => void;
  /** Rows asked for at a time, default 500. */
  readonly pageRows?: number;
  /** Time at most between two comparisons of heads, default 5,000 ms. */
  readonly compareEveryMs?: number;
}

export type ReceiverStatus = {
  /** `waiting`: the relay cannot be reached. `stopped`: the feed cannot be true; see `fault`. */
  readonly state: 'receiving' | 'waiting' | 'stopped';
  readonly fault: FeedFault | null;
  /** When the inbox last held everything the pages had. */
  readonly completeAt: Date | null;
};

/** Rows brought into the inbox since the start, by the way they came first. */
export type RowsReceived = {
  readonly pages: number;
  readonly tail: number;
};

const PAGE_ROWS = 500;
const COMPARE_EVERY_MS = 5_000;
const RETRY_AFTER_MS = 1_000;

/**
 * Brings one recipient's feed into its inbox, in order and checked. Whatever tells it that there is more
 * (a long poll, a broker) is a hint: rows come from the pages, and heads are compared at least every
 * five seconds, because a lost last message leaves no gap.
 */
export class Receiver {
  private status_: ReceiverStatus = { state: 'waiting', fault: null, completeAt: null };
  private readonly stopped = new AbortController();
  private following: Promise<void> | undefined;
  private readonly received_ = { pages: 0, tail: 0 };
  private countedTo = 0;
  /** Rows received that are marked as withdrawn, and one for those held since before the start. */
  private marks = 1;
  /** So many of them were once found to have their withdrawals. */
  private marksAnswered = 0;

  constructor(private readonly options: ReceiverOptions) {}

  get status(): ReceiverStatus {
    return this.status_;
  }

  get received(): RowsReceived {
    return { ...this.received_ };
  }

  /** Of the tail: idle where there is none. */
  get tail(): TailStatus {
    return this.options.tail?.status(this.options.recipient) ?? idleTail;
  }

  /** Receives until `signal` aborts, or a fault stops it (told by `status` and `onFault`). */
  async run(signal: AbortSignal): Promise<void> {
    const ending = AbortSignal.any([signal, this.stopped.signal]);
    await this.receive(ending);
    await this.following;
  }

  private async receive(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const head = await this.catchUp();
        this.following ??= this.follow(signal);
        await this.untilChanged(head, signal);
      } catch (error) {
        if (error instanceof FeedFault || signal.aborted) return; // a fault is kept in status
        this.status_ = { ...this.status_, state: 'waiting' };
        this.options.onTrouble?.(error);
        await (this.options.pause ?? pause)(RETRY_AFTER_MS, signal);
      }
    }
  }

  /**
   * Fills the inbox from the pages up to their head, which it answers. Each page begins with the last row
   * known, so that pages restored behind the inbox and grown past it again are told apart; a row that
   * waits for its withdrawal is compared too, for its hash does not change with it.
   * @throws FeedFault when the feed cannot be true: nothing more is received until it is restarted
   * @throws FeedUnavailable
   */
  async catchUp(): Promise<number> {
    const { inbox, pages, recipient, pageRows = PAGE_ROWS, now, onAppended } = this.options;
    try {
      for (let head = await inbox.head(); ;) {
        const asked = now();
        const known = head > 0 ? 1 : 0;
        const page = await pages.page(recipient, head - known, pageRows + known);
        if (page.head < head) throw new FeedFault('pages-behind', head);
        if (page.rows.length <= known && page.head > head) throw new FeedFault('gap', head + 1);
        if (page.rows.length > 0) {
          const before = head;
          head = await inbox.append(this.verified(page.rows));
          this.count('pages', before, head);
          if (head > before) onAppended?.(head);
        }
        if (head >= page.head) {
          await this.compareMarks();
          if (this.stopped.signal.aborted) return head; // meanwhile, on a fault of the tail
          this.status_ = { state: 'receiving', fault: null, completeAt: asked };
          this.options.onComplete?.(head, asked);
          return head;
        }
      }
    } catch (error) {
      if (error instanceof FeedFault) this.stop(error);
      throw error;
    }
  }

  /**
   * Takes rows that came by another way than the pages, in any order and with holes: what is missing
   * is filled from the pages, what is known is compared.
   * @throws FeedFault, FeedUnavailable
   */
  async offer(rows: readonly FeedRow[]): Promise<number> {
    const { inbox, onAppended } = this.options;
    try {
      const inOrder = this.verified([...rows].sort((a, b) => sequenceOf(a) - sequenceOf(b)));
      let head = await inbox.head();
      const next = inOrder.filter((row) => sequenceOf(row) > head);
      if (next.some((row, index) => sequenceOf(row) !== head + 1 + index)) {
        head = await this.catchUp();
      }
      const before = head;
      for (let from = 0; from < inOrder.length; from += INBOX_ROWS_MAX) {
        head = await inbox.append(inOrder.slice(from, from + INBOX_ROWS_MAX));
      }
      this.count('tail', before, head);
      onAppended?.(head);
      return head;
    } catch (error) {
      if (error instanceof FeedFault) this.stop(error);
      throw error;
    }
  }

  /**
   * The tail, from when the pages have first been read: until then every row of it would be a hole. A
   * fault in what it gives stops the receiver; anything else is left to the pages.
   */
  private async follow(signal: AbortSignal): Promise<void> {
    const { recipient, tail, onTrouble } = this.options;
    await tail?.follow(
      recipient,
      async (rows) => {
        try {
          await this.offer(rows);
        } catch (error) {
          if (!(error instanceof FeedFault)) onTrouble?.(error);
        }
      },
      signal,
    );
  }

  /**
   * A row may have been received as withdrawn, and the relay restored before the withdrawal was: then no
   * sequence tells, only that the pages no longer serve the row so. One is looked at, because whichever is
   * rightly marked is answered in time and gives way to the next.
   * @throws FeedFault, FeedUnavailable
   */
  private async compareMarks(): Promise<void> {
    const { marks } = this;
    if (marks === this.marksAnswered) return;
    const { inbox, pages, recipient } = this.options;
    const [sequence] = await inbox.unanswered();
    if (sequence === undefined) {
      this.marksAnswered = marks;
      return;
    }
    const [held] = await inbox.rows(sequence - 1, 1);
    const { rows } = await pages.page(recipient, sequence - 1, 1);
    const [served] = this.verified(rows);
    if (served && served.withdrawnBy !== held?.withdrawnBy) {
      throw new FeedFault('withdrawal-lost', sequence);
    }
  }

  /** Both ways may bring the same rows at once: they count for the one that was first. */
  private count(from: keyof RowsReceived, before: number, head: number): void {
    const known = Math.max(before, this.countedTo);
    this.received_[from] += Math.max(0, head - known);
    this.countedTo = Math.max(head, known);
  }

  private verified(rows: readonly FeedRow[]): readonly FeedRow[] {
    for (const row of rows) {
      verify(row, this.options.recipient);
      if (row.withdrawnBy !== null) this.marks += 1;
    }
    return rows;
  }

  private stop(fault: FeedFault): void {
    if (this.status_.state === 'stopped') return;
    this.status_ = { ...this.status_, state: 'stopped', fault };
    this.stopped.abort();
    this.options.onFault?.(fault);
  }

  /**
   * Until the head may have moved, or it is time to compare heads whatever was or was not heard. While
   * the tail gives rows there is no need to hear of them from the pages too.
   */
  private async untilChanged(head: number, signal: AbortSignal): Promise<void> {
    const { pages, recipient, compareEveryMs = COMPARE_EVERY_MS } = this.options;
    const heard = new AbortController();
    const either = AbortSignal.any([signal, heard.signal]);
    const compare = (this.options.pause ?? pause)(compareEveryMs, either);
    const told = this.tail.membership === 'owner' ? [] : [pages.changed(recipient, head, either)];
    try {
      await Promise.race([...told, compare]);
    } finally {
      heard.abort();
    }
  }
}

function sequenceOf(row: FeedRow): number {
  return row.envelope.sequence;
}

/** Checks a row against itself. @throws FeedFault */
export function verify(row: FeedRow, recipient: string): void {
  const { envelope, body, hash, withdrawnBy } = row;
  const fault = (kind: FeedFault['kind']) => new FeedFault(kind, envelope.sequence);
  if (hashOf(envelope) !== hash) throw fault('envelope-altered');
  if (envelope.feed !== recipient) throw fault('another-feed');
  if (body !== null && hashOf(body) !== envelope.bodyhash) throw fault('body-altered');
  if (body === null && withdrawnBy === null) throw fault('body-missing');
}
