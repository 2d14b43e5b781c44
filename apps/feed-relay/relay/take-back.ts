import { agreementChangedBy } from '@common-thread/disclosure/agreed';
import { lineOf } from '@common-thread/disclosure/cells';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import { publicTypeOf } from '@common-thread/disclosure/public-events';
import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { Fact } from './fact.js';
import type { RelayState } from './relay-state.js';
import type { TakeBack } from './tasks.js';
import type { Transaction } from './transaction.js';
import { writeRow } from './write-row.js';

/*
 * An agreement that ends or narrows, or a consent that is withdrawn, takes back what it had granted, where it
 * says so: each row that rests on it and goes beyond what it still lets be told is withdrawn, in the words of
 * any withdrawal.
 */

/** Whether an event takes back what rests on its agreement. */
export function takesBack({ type, data }: RecordedCommonThreadEvent): boolean {
  return (
    (type === 'AgreementEnded' || type === 'AgreementNarrowed' || type === 'ConsentWithdrawn') &&
    data.takesBack
  );
}

/** One task for each recipient of a party, before the event is folded: afterwards nobody is one. */
export function takenBackBy({ policy }: RelayState, { event }: Fact): TakeBack[] {
  const agreementId = agreementChangedBy(event);
  if (agreementId === undefined || !takesBack(event)) return [];
  const parties = policy.agreements.get(agreementId)?.parties ?? [];
  return [...policy.recipients]
    .filter((recipient) => parties.includes(partsOfRecipient(recipient).organisation))
    .sort()
    .map((recipient) => ({ kind: 'take-back', recipient, agreementId, after: 0 }));
}

/** Withdraws what of the rows at hand has to be; true once there are no more of them. */
export function takeBack(tx: Transaction, task: TakeBack): boolean {
  const { state, rules, trigger } = tx;
  if (state.granted.length === 0) return true;
  for (const row of state.granted) {
    if (row.sequence <= task.after) continue;
    if (row.withdrawnBy === null && rules.isBeyondAgreement(state.policy, row)) {
      if (tx.isFull) return false;
      writeRow(tx, task.recipient, trigger, {
        line: row.line,
        personId: row.personId,
        via: null,
        grade: 'notice',
        fields: [],
        publicType: publicTypeOf(lineOf('RecordWithdrawn')),
        grounds: ['told'],
        own: false,
        follows: row,
      });
    }
    task.after = row.sequence;
  }
  return false;
}
