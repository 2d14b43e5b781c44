import { beginningIn, lastBeginning } from './beginnings.js';
import type { Changes } from './changes.js';
import { noChanges } from './changes.js';
import type { Fact } from './fact.js';
import type { RelayState } from './relay-state.js';
import type { RelayRules } from './rules.js';
import type { RowRecord } from './told-rows.js';

/** The salt of a row by its public id: the same for ever, and not to be guessed. */
export type SaltSource = (rowId: string) => string;

/** One transaction of the relay: what it changes, and how many more rows it may write. */
export class Transaction {
  readonly changes: Changes = noChanges();
  /** The event being handled: whatever is told now is told because of it. */
  #trigger: Fact | undefined;

  constructor(
    readonly state: RelayState,
    readonly rules: RelayRules,
    readonly saltOf: SaltSource,
    private rowsLeft: number,
  ) {}

  get trigger(): Fact {
    if (!this.#trigger) throw new Error('a transaction told something before it had an event');
    return this.#trigger;
  }

  handle(fact: Fact): void {
    this.#trigger = fact;
  }

  get isFull(): boolean {
    return this.rowsLeft <= 0;
  }

  /**
   * The row by which a recipient's entitlement to a line is taken back: the last that began it, else the
   * last that told its author of a registration or caseload begun while the family was restricted.
   */
  beginningOf(recipient: string, line: string): RowRecord | undefined {
    const now = [...this.changes.rows].filter(
      ([record]) => record.recipient === recipient && record.line === line,
    );
    const before = this.state.beginningsOn(line).get(recipient);
    const found = lastBeginning([
      ...(before ? [before] : []),
      ...now.flatMap(([record, { envelope }]) => beginningIn(record, envelope) ?? []),
    ])?.record;
    // It may have been withdrawn in this very transaction, and keeps the mark of its first withdrawal.
    return this.changes.redactions.find(({ id }) => id === found?.id) ?? found;
  }

  countRow(): void {
    this.rowsLeft -= 1;
  }
}
