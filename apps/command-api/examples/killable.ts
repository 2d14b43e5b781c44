import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { MemoryStore } from '@common-thread/adapters/memory/event-store';
import type {
  Appended,
  Cursor,
  ExpectedRevision,
  NewEvent,
} from '@common-thread/eventing/event-log';
import { MemoryReactionJournal } from '../reactions/memory-reaction-journal.js';
import type { ReactionFault } from '../reactions/reaction-journal.js';

/** The process is dead: nothing it does has any effect. */
class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * Counts what the reactions do that lasts, and kills the process just before or just after the nth of
 * it. Dead, neither its log nor its journal takes anything more; what was stored stays.
 */
export class Executioner {
  #left: number;
  #dead = false;
  #tell: () => void = () => undefined;
  readonly killed: Promise<void>;

  constructor(
    nth: number,
    private readonly when: 'before' | 'after',
  ) {
    this.#left = nth;
    this.killed = new Promise((resolve) => (this.#tell = resolve));
  }

  /** A new process starts over what is stored; nobody kills it. */
  revive(): void {
    this.#dead = false;
    this.#left = Number.POSITIVE_INFINITY;
  }

  alive(): void {
    if (this.#dead) throw new Killed();
  }

  async lasting<Result>(work: () => Promise<Result>): Promise<Result> {
    this.alive();
    this.#left -= 1;
    const last = this.#left === 0;
    if (last && this.when === 'before') this.#kill();
    const result = await work();
    if (last) this.#kill();
    return result;
  }

  #kill(): never {
    this.#dead = true;
    this.#tell();
    throw new Killed();
  }
}

export class KillableLog extends MemoryEventLog {
  constructor(
    store: MemoryStore,
    private readonly executioner: Executioner,
  ) {
    super(store);
  }

  override async append(
    streamId: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    const append = () => super.append(streamId, expected, events);
    const byReaction = events.some(({ metadata }) => metadata.role === 'reaction');
    return byReaction ? this.executioner.lasting(append) : append();
  }
}

export class KillableJournal extends MemoryReactionJournal {
  constructor(private readonly executioner: Executioner) {
    super();
  }

  override async advance(epoch: string, cursor: Cursor | undefined): Promise<void> {
    return this.executioner.lasting(() => super.advance(epoch, cursor));
  }

  override async setAside(fault: ReactionFault): Promise<void> {
    this.executioner.alive();
    return super.setAside(fault);
  }
}
