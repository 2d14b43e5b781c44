import type { Cursor } from '@common-thread/eventing/event-log';
import type { FaultCount, ReactionFault } from './reaction-journal.js';
import { ReactionJournal } from './reaction-journal.js';

/** The journal in memory, for tests: what a restart finds is what is held here. */
export class MemoryReactionJournal extends ReactionJournal {
  #reached: { readonly epoch: string; readonly cursor: Cursor | undefined } | undefined;
  readonly #faults = new Map<string, ReactionFault>();

  override async checkpoint(epoch: string): Promise<Cursor | undefined> {
    return this.#reached?.epoch === epoch ? this.#reached.cursor : undefined;
  }

  override async advance(epoch: string, cursor: Cursor | undefined): Promise<void> {
    this.#reached = { epoch, cursor };
  }

  override async setAside(fault: ReactionFault): Promise<void> {
    const firstFailedAt = this.#faults.get(keyOf(fault))?.firstFailedAt ?? fault.firstFailedAt;
    this.#faults.set(keyOf(fault), { ...fault, firstFailedAt });
  }

  override async due(now: string, limit: number): Promise<readonly ReactionFault[]> {
    return [...this.#faults.values()]
      .filter(({ nextTryAt }) => nextTryAt <= now)
      .sort((one, other) => one.nextTryAt.localeCompare(other.nextTryAt))
      .slice(0, limit);
  }

  override async settle(fault: Pick<ReactionFault, 'causeId' | 'reaction'>): Promise<void> {
    this.#faults.delete(keyOf(fault));
  }

  override async count(): Promise<FaultCount> {
    const [oldestAt] = [...this.#faults.values()].map((fault) => fault.firstFailedAt).sort();
    return { faults: this.#faults.size, oldestAt };
  }
}

function keyOf({ causeId, reaction }: Pick<ReactionFault, 'causeId' | 'reaction'>): string {
  return `${causeId} ${reaction}`;
}
