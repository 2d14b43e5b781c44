import type { MemoryRelayStore } from '../store/memory-relay-store.js';
import { FenceLost } from '../store/relay-store.js';
import type { Unpublished } from './published-marks.js';
import { PublishedMarks } from './published-marks.js';

/** The marks in memory, beside a relay's store in memory. */
export class MemoryPublishedMarks extends PublishedMarks {
  #fence = 0;
  readonly #marks = new Map<string, number>();

  constructor(private readonly store: MemoryRelayStore) {
    super();
  }

  async takeOver(): Promise<number> {
    return (this.#fence += 1);
  }

  async unpublished(): Promise<readonly Unpublished[]> {
    return [...this.store.heads]
      .map(([recipient, { sequence: head }]) => {
        return { recipient, published: this.#marks.get(recipient) ?? 0, head };
      })
      .filter(({ published, head }) => head > published)
      .sort((a, b) => (a.recipient < b.recipient ? -1 : 1));
  }

  async advance(fence: number, recipient: string, to: number): Promise<void> {
    if (fence !== this.#fence) throw new FenceLost('another relay publishes now');
    this.#marks.set(recipient, Math.max(to, this.#marks.get(recipient) ?? 0));
  }
}
