import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { TailStatus } from '@common-thread/projecting/feed-tail';
import {
  FeedTailPublisher,
  FeedTailSource,
  idleTail,
  TAIL_ROWS_MAX,
  TailUnavailable,
} from '@common-thread/projecting/feed-tail';
import { WakeUps } from '../wake-ups.js';

const RETRY_AFTER_MS = 50;

/** One recipient's records: `first` is the offset of the oldest kept. */
interface Records {
  first: number;
  rows: FeedRow[];
  /** Where the recipient's group has come to; null before it first followed. */
  committed: number | null;
}

/** What a broker would have on disk, with the faults a test may want to cause. */
export class MemoryBroker {
  /** Rings after every publish and after every change of `reachable`. */
  readonly changed = new WakeUps();
  /** Set to true, records are kept and their acknowledgements lost. */
  losesAcknowledgements = false;
  readonly #tails = new Map<string, Records>();
  #reachable = true;

  get reachable(): boolean {
    return this.#reachable;
  }

  set reachable(reachable: boolean) {
    this.#reachable = reachable;
    this.changed.ring();
  }

  tail(recipient: string): Records {
    const tail = this.#tails.get(recipient) ?? { first: 0, rows: [], committed: null };
    this.#tails.set(recipient, tail);
    return tail;
  }

  /** Takes away the records and what is known of the group, as deleting and making a topic anew does. */
  recreate(recipient: string): void {
    this.#tails.delete(recipient);
    this.changed.ring();
  }

  /** Takes away the oldest records until `keep` are left, as retention does. */
  expire(recipient: string, keep = 0): void {
    const tail = this.tail(recipient);
    const gone = Math.max(0, tail.rows.length - keep);
    tail.rows.splice(0, gone);
    tail.first += gone;
    this.changed.ring();
  }

  /** Puts the group behind everything published. */
  resetToLatest(recipient: string): void {
    const tail = this.tail(recipient);
    tail.committed = endOf(tail);
    this.changed.ring();
  }
}

function endOf({ first, rows }: Records): number {
  return first + rows.length;
}

/** Publishes to a broker in memory, for tests and simulations. */
export class MemoryFeedTailPublisher extends FeedTailPublisher {
  constructor(private readonly broker: MemoryBroker) {
    super();
  }

  async publish(recipient: string, rows: readonly FeedRow[]): Promise<void> {
    await this.#reached();
    this.broker.tail(recipient).rows.push(...structuredClone(rows));
    this.broker.changed.ring();
    if (this.broker.losesAcknowledgements) throw new TailUnavailable('the answer was lost');
  }

  async clear(recipient: string): Promise<void> {
    await this.#reached();
    this.broker.expire(recipient);
  }

  async close(): Promise<void> {}

  /** Never answers in the same turn, as no broker does. */
  async #reached(): Promise<void> {
    await Promise.resolve();
    if (!this.broker.reachable) throw new TailUnavailable('the memory broker is unplugged');
  }
}

/**
 * Follows a broker in memory. Every follower of a recipient is an owner: a broker that rebalances can
 * give a row to two as well.
 */
export class MemoryFeedTailSource extends FeedTailSource {
  readonly #positions = new Map<string, number>();

  constructor(private readonly broker: MemoryBroker) {
    super();
  }

  async follow(
    recipient: string,
    onRows: (rows: readonly FeedRow[]) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const { broker } = this;
    while (!signal.aborted) {
      const rung = broker.changed.rung;
      const rows = broker.reachable ? this.#next(recipient) : [];
      if (rows.length === 0) {
        await broker.changed.wait(rung, RETRY_AFTER_MS, signal);
        continue;
      }
      await onRows(structuredClone(rows)).catch(() => undefined);
      this.#advance(recipient, rows.length);
    }
    this.#positions.delete(recipient);
  }

  status(recipient: string): TailStatus {
    const position = this.#positions.get(recipient);
    if (position === undefined) return idleTail;
    if (!this.broker.reachable) return { state: 'waiting', membership: 'none', lag: null };
    const lag = Math.max(0, endOf(this.broker.tail(recipient)) - position);
    return { state: 'following', membership: 'owner', lag };
  }

  #next(recipient: string): readonly FeedRow[] {
    const tail = this.broker.tail(recipient);
    const from = tail.committed ?? tail.first;
    const position = Math.min(Math.max(from, tail.first), endOf(tail));
    this.#positions.set(recipient, position);
    return tail.rows.slice(position - tail.first).slice(0, TAIL_ROWS_MAX);
  }

  #advance(recipient: string, count: number): void {
    const position = (this.#positions.get(recipient) ?? 0) + count;
    this.#positions.set(recipient, position);
    const tail = this.broker.tail(recipient);
    tail.committed = Math.min(Math.max(tail.committed ?? 0, position), endOf(tail));
  }
}
