import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { Tables } from '@common-thread/disclosure/tables';
import { codec } from '@common-thread/domain/event-catalogue';
import { goOnWith, versionInForce } from '@common-thread/disclosure/table-in-force';
import type { Cursor, StoredEvent } from '@common-thread/eventing/event-log';
import type { Checkpoint, RelayStore } from '../store/relay-store.js';
import { noCheckpoint } from '../store/relay-store.js';
import { bringIn, bringToTell } from './bring-in.js';
import { bringPast } from './bring-past.js';
import type { Fact } from './fact.js';
import { factOf } from './fact.js';
import { isOfThePast } from './past.js';
import { plan } from './plan.js';
import { RelayState } from './relay-state.js';
import { correctionsOn } from './restriction.js';
import type { RelayRules } from './rules.js';
import { relayRules } from './rules.js';
import { takesBack } from './take-back.js';
import type { Task } from './tasks.js';
import { entriesToWalk, runTask } from './tell.js';
import type { SaltSource } from './transaction.js';
import { Transaction } from './transaction.js';

export interface RelayOptions {
  readonly saltOf: SaltSource;
  /** Feed rows of one transaction at most; default 1,000. */
  readonly rowsMax?: number;
  /** Events of one transaction at most; default 500. */
  readonly eventsMax?: number;
  /** Index entries kept in memory before it is all forgotten and read again; default 100,000. */
  readonly memoryMax?: number;
  /** Told after each commit who was told something. */
  readonly onTold?: (recipients: Iterable<string>) => void;
  readonly rules?: RelayRules;
  /** Every version that may be in force; those released where it is left out. */
  readonly tables?: Tables;
}

/** Entries of one joining set brought into memory at a time. */
const WALKED_AT_ONCE = 1_000;

/**
 * The one discloser: takes events in log order and writes each recipient's feed. One instance works at
 * a time; whatever it has not committed, the next one does again and writes the same bytes.
 */
export class Relay {
  #state: RelayState;
  #fence = 0;
  #committed: Checkpoint = noCheckpoint;
  #planned: Checkpoint = noCheckpoint;
  #tasks: Task[] = [];
  #tx: Transaction;
  #isBroughtIn = false;

  constructor(
    private readonly store: RelayStore,
    private readonly options: RelayOptions,
  ) {
    this.#state = new RelayState(options.tables);
    this.#tx = this.#newTransaction();
  }

  /**
   * Becomes the relay and finishes what its predecessor left half told.
   * @returns the cursor of the last event handled: follow the log after it
   * @throws StoreUnavailable
   */
  async takeOver(): Promise<Cursor | null> {
    const { fence, checkpoint, recipients, agreements, tableVersion, feeds } =
      await this.store.takeOver();
    this.#fence = fence;
    this.#committed = checkpoint;
    this.#planned = checkpoint;
    this.#tasks = [...checkpoint.tasks];
    this.#state = new RelayState(this.options.tables);
    for (const recipient of recipients) this.#state.policy.recipients.add(recipient);
    for (const each of agreements) this.#state.policy.agreements.set(each.id, each);
    goOnWith(this.#state.policy.table, tableVersion);
    for (const [recipient, head] of feeds) this.#state.feeds.set(recipient, head);
    this.#tx = this.#newTransaction();
    if (this.#tasks.length > 0) await this.#resume();
    return this.#committed.cursor;
  }

  /**
   * Handles events in log order, none left out, none twice. Once it resolves they are committed.
   * After an error take over again before handling anything more.
   * @throws FenceLost, StoreUnavailable
   */
  async handle(events: readonly StoredEvent[]): Promise<void> {
    const eventsMax = this.options.eventsMax ?? 500;
    for (let first = 0; first < events.length; first += eventsMax) {
      const facts = events.slice(first, first + eventsMax).map((stored, nth) => {
        const event = codec.decode<RecordedCommonThreadEvent>(stored);
        return factOf(event, this.#planned.ordinal + 1 + nth);
      });
      for (const [nth, fact] of facts.entries()) {
        // For many at once, and once more for what is left after a commit, which forgets.
        if (!this.#isBroughtIn) await bringIn(this.store, this.#state, facts.slice(nth));
        this.#isBroughtIn = true;
        // Alone: it asks the store which rows there are, and nothing told beside it may miss that.
        const isAlone = takesBack(fact.event) || isOfThePast(fact.event);
        if (isAlone) await this.#commit();
        await this.#handleOne(fact);
        if (isAlone) await this.#commit();
      }
      await this.#commit();
      this.#forgetIfLarge();
    }
  }

  async #handleOne(fact: Fact): Promise<void> {
    await bringIn(this.store, this.#state, [fact]);
    this.#state.told.lookedUp(fact.eventId); // nobody was told of it yet
    this.#tasks = plan(this.#tx, fact);
    const { ordinal, eventId, event } = fact;
    this.#planned = { ordinal, eventId, cursor: event.cursor, tasks: [] };
    await this.#runTasks(fact);
  }

  /** Runs what is left to tell of one event, committing whenever a transaction is full. */
  async #runTasks(trigger: Fact): Promise<void> {
    for (let task = this.#tasks[0]; task; task = this.#tasks[0]) {
      if (task.kind === 'walk') {
        const entries = entriesToWalk(this.#tx, task).slice(0, WALKED_AT_ONCE);
        await bringToTell(this.store, this.#state, entries);
      } else if (task.kind === 'take-back') {
        const { recipient, agreementId, after } = task;
        const granted = await this.store.granted(agreementId, recipient, after, WALKED_AT_ONCE);
        this.#state.granted = granted;
      } else if (task.kind === 'redisclose' || task.kind === 'withdraw-past') {
        await bringPast(this.store, this.#state, trigger, task);
      } else if (task.kind === 'release') {
        await bringToTell(this.store, this.#state, correctionsOn(this.#tx, task.line));
      }
      if (runTask(this.#tx, task)) {
        this.#tasks.shift();
      } else if (this.#tx.isFull) {
        await this.#commit();
        await this.#goOn(trigger);
      }
    }
  }

  async #resume(): Promise<void> {
    const [trigger] = await this.store.facts([this.#committed.eventId ?? '']);
    if (!trigger) throw new Error(`event ${this.#committed.ordinal} of the relay is missing`);
    await this.#goOn(trigger);
    await this.#runTasks(trigger);
    await this.#commit();
  }

  /** In a new transaction, in the middle of an event. */
  async #goOn(trigger: Fact): Promise<void> {
    this.#state.facts.set(trigger.eventId, trigger);
    await bringIn(this.store, this.#state, [trigger]);
    await bringToTell(this.store, this.#state, [trigger]);
    this.#tx.handle(trigger);
  }

  async #commit(): Promise<void> {
    const next = { ...this.#planned, tasks: [...this.#tasks] };
    const { changes } = this.#tx;
    await this.store.commit(this.#fence, this.#committed, next, changes, this.#state);
    this.#committed = next;
    this.#tx = this.#newTransaction();
    this.#state.committed();
    this.#isBroughtIn = false;
    if (changes.feeds.size > 0) this.options.onTold?.(changes.feeds.keys());
  }

  /** Memory stays bounded however many families there are; what is asked for again is read again. */
  #forgetIfLarge(): void {
    if (this.#state.size < (this.options.memoryMax ?? 100_000)) return;
    const { policy, feeds } = this.#state;
    this.#state = new RelayState(this.options.tables);
    for (const recipient of policy.recipients) this.#state.policy.recipients.add(recipient);
    for (const [id, agreed] of policy.agreements) this.#state.policy.agreements.set(id, agreed);
    goOnWith(this.#state.policy.table, versionInForce(policy.table));
    for (const [recipient, head] of feeds) this.#state.feeds.set(recipient, head);
    this.#tx = this.#newTransaction();
  }

  #newTransaction(): Transaction {
    const { rules, saltOf, rowsMax } = this.options;
    return new Transaction(this.#state, rules ?? relayRules, saltOf, rowsMax ?? 1_000);
  }
}
