import { lineOf } from '@common-thread/disclosure/cells';
import { stands } from '@common-thread/disclosure/policy';
import { publicTypeOf } from '@common-thread/disclosure/public-events';
import type { Fact } from './fact.js';
import { valueOf } from './fact.js';
import { followsBy, isOwnContact, isWithdrawal } from './rules.js';
import type { Walk } from './tasks.js';
import type { RowRecord } from './told-rows.js';
import type { Transaction } from './transaction.js';
import { writeRow } from './write-row.js';

/**
 * Tells a recipient of a correction or withdrawal: one row for each row it was told, whatever its
 * relationship now. Within a walk only of the rows on that line. False when the transaction is full.
 */
export function follow(tx: Transaction, recipient: string, fact: Fact, walk?: Walk): boolean {
  const { state, rules, trigger } = tx;
  const targetId = fact.targetId ?? '';
  const corrects = followsBy(fact.type) === 'corrects';
  // Overtaken by a withdrawal, a correction is never told late.
  const overtaken = !stands(state.policy, fact.eventId) || !stands(state.policy, targetId);
  if (corrects && overtaken) return true;
  const mark = fact.eventId === trigger.eventId ? (walk?.change ?? null) : null;
  const rows = rowsToFollow(tx, recipient, fact, walk);
  for (const row of rows) {
    if (isFollowed(tx, row, fact)) continue;
    if (corrects && !rules.reachesByCorrection(state, row)) continue;
    if (tx.isFull) return false;
    const told = row.event.eventId === targetId;
    writeRow(tx, recipient, fact, {
      // A matter's own line has become the family's when its end is marked there.
      line: told && mark && walk ? walk.line : row.line,
      personId: row.personId,
      via: null,
      grade: row.grade,
      fields: corrects ? correctedFields(row, fact) : [],
      publicType: publicTypeOf(lineOf(fact.type)),
      grounds: ['told'],
      own: row.own,
      ...(corrects && row.agreement ? { agreement: row.agreement } : {}),
      follows: row,
      // Told twice (again after a restriction), it ends with the last.
      entitlement: told && row === rows.at(-1) ? mark : null,
    });
  }
  return true;
}

/** A correction changes fields, never who is told them. */
function correctedFields(row: RowRecord, fact: Fact): string[] {
  return row.fields.filter((field) => valueOf(fact.event.data, field) !== undefined);
}

/** The rows a correction or withdrawal is about, oldest first; those of the very event last. */
function rowsToFollow(
  { state: { told }, rules, trigger }: Transaction,
  recipient: string,
  fact: Fact,
  walk?: Walk,
): RowRecord[] {
  const targetId = fact.targetId ?? '';
  const anywhere = (rows: readonly RowRecord[]) =>
    rows
      .filter((row) => row.recipient === recipient && row.grade !== 'existence')
      .filter((row) => !isWithdrawal(row))
      .sort((a, b) => a.sequence - b.sequence);
  const theirs = (rows: readonly RowRecord[]) =>
    anywhere(rows).filter((row) => !walk || row.line === walk.line);
  const direct = theirs(told.of(targetId));
  if (direct.length === 0 && walk?.change && fact.eventId === trigger.eventId) {
    // Its author was told before there was a family: on the contact's own line.
    direct.push(...anywhere(told.of(targetId)).filter(isOwnContact));
  }
  if (followsBy(fact.type) === 'corrects') return direct;
  const corrections = theirs(rules.correctionsOf(told, targetId));
  const resting = theirs(rules.restingOn(told, targetId));
  const theirCorrections = resting.flatMap((row) => theirs(told.followersOf(row.id)));
  // The direct rows last: theirs may be the row that ends the entitlement.
  return [...new Set([...corrections, ...resting, ...theirCorrections, ...direct])].sort(
    (a, b) => Number(direct.includes(a)) - Number(direct.includes(b)),
  );
}

function isFollowed({ state: { told } }: Transaction, row: RowRecord, fact: Fact): boolean {
  return told.followersOf(row.id).some((follower) => follower.event.eventId === fact.eventId);
}
