import type { TellingGrade } from '@common-thread/disclosure/cells';
import { lineOf } from '@common-thread/disclosure/cells';
import { partsOf } from '@common-thread/disclosure/parts';
import { stands } from '@common-thread/disclosure/policy';
import { publicTypeOf } from '@common-thread/disclosure/public-events';
import { cellNow } from './cell-now.js';
import type { Fact } from './fact.js';
import { carriedBy } from './fact.js';
import type { TellingPlace } from './rules.js';
import { isCorrection } from './rules.js';
import type { RowRecord } from './told-rows.js';
import type { Transaction } from './transaction.js';
import { writeRow } from './write-row.js';

/** Where something is told anew, and on what that rests. */
export interface PlaceOfOld extends TellingPlace {
  readonly via: string | null;
}

/**
 * Tells a recipient related to a line what it may be told by now of an event, where that is more than it holds:
 * what it holds with less is withdrawn first. What tells anything that may not be told now stays as it is: that
 * is for a withdrawal. `within`: at most so much. Running it again tells nothing twice; false when the
 * transaction is full.
 */
export function tellAnew(
  tx: Transaction,
  recipient: string,
  fact: Fact,
  place: PlaceOfOld,
  within?: TellingGrade,
): boolean {
  const { state, rules } = tx;
  const { line, personId, via } = place;
  if (
    !isOfOthers(tx, recipient, fact) ||
    !rules.mayBeToldOfThePast(state.policy, recipient, line)
  ) {
    return true;
  }
  const lapsed = via !== null && !stands(state.policy, via);
  if (lapsed || !stands(state.policy, fact.eventId)) return true;
  const telling = cellNow(tx, fact, { recipient, line }, true);
  if (telling.grade !== 'notice' && telling.grade !== 'content') return true;
  const allowed = telling.fields.filter((field) => !within || within.fields.includes(field));
  const fields = rules.fieldsToTell(state.policy, recipient, { line, fields: allowed });
  const held = rules.rowsHeld(state, recipient, fact.eventId, place);
  if (held.length > 0 && !isMore(fact, fields, held)) return true;
  for (const row of held) if (!withdrawRow(tx, recipient, row)) return false;
  if (tx.isFull) return false;
  const { grounds, agreement } = telling;
  writeRow(tx, recipient, fact, {
    line,
    personId,
    via,
    grade: within && within.grade !== 'content' ? 'notice' : telling.grade,
    fields,
    publicType: publicTypeOf(lineOf(fact.type)),
    grounds,
    ...(agreement ? { agreement } : {}),
    own: partsOf(state.policy, recipient, fact.streamId).length > 0,
    anew: true,
  });
  return true;
}

/** Withdraws a row and its corrections, in the words of any withdrawal; false when the transaction is full. */
export function withdrawRow(tx: Transaction, recipient: string, row: RowRecord): boolean {
  const corrections = tx.state.told.followersOf(row.id).filter(isCorrection);
  for (const each of [...corrections, row]) {
    if (each.withdrawnBy !== null) continue;
    if (tx.isFull) return false;
    writeRow(tx, recipient, tx.trigger, {
      line: each.line,
      personId: each.personId,
      via: null,
      grade: 'notice',
      fields: [],
      publicType: publicTypeOf(lineOf('RecordWithdrawn')),
      grounds: ['told'],
      own: false,
      follows: each,
    });
  }
  return true;
}

/** An author's own record is neither told to it anew nor taken from it: it wrote that itself. */
export function isOfOthers(
  { state }: Transaction,
  recipient: string,
  { streamId }: Pick<Fact, 'streamId'>,
): boolean {
  return !partsOf(state.policy, recipient, streamId).includes('author');
}

/** Whether these fields are all that some rows tell, and more. */
function isMore(fact: Fact, fields: readonly string[], held: readonly RowRecord[]): boolean {
  const now = carriedBy(fact, fields);
  const told = new Set(held.flatMap((row) => carriedBy(fact, row.fields)));
  return now.length > told.size && [...told].every((field) => now.includes(field));
}
