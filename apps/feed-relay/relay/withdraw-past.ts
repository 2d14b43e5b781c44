import type { PastRow } from './past.js';
import { isMeant, isOfThePast } from './past.js';
import type { WithdrawPast } from './tasks.js';
import { isOfOthers, withdrawRow } from './tell-anew.js';
import type { Transaction } from './transaction.js';

/**
 * Withdraws of the rows at hand those that tell more than the table in force lets be told, whoever is related
 * now; true once there are no more of them.
 */
export function withdrawPast(tx: Transaction, task: WithdrawPast): boolean {
  const { rows } = tx.state.past;
  if (rows.length === 0) return true;
  for (const row of rows) {
    const { sequence } = row.record;
    if (sequence <= task.after) continue;
    if (isToWithdraw(tx, row) && !withdrawRow(tx, task.recipient, heldAs(tx, row))) return false;
    task.after = sequence;
  }
  return false;
}

function isToWithdraw(tx: Transaction, row: PastRow): boolean {
  const { state, rules, trigger } = tx;
  const { recipient, event } = row.record;
  const fact = state.fact(event.eventId);
  return (
    isOfThePast(trigger.event) &&
    isMeant(trigger.event, state.past.switches, fact) &&
    isOfOthers(tx, recipient, fact) &&
    heldAs(tx, row).withdrawnBy === null &&
    rules.isBeyondTable(state.policy, row, fact)
  );
}

/** The row as what was told of its event has it: a transaction may have marked it. */
function heldAs({ state: { told } }: Transaction, { record }: PastRow): PastRow['record'] {
  return told.of(record.event.eventId).find(({ id }) => id === record.id) ?? record;
}
