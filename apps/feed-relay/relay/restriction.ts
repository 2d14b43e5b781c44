import { lineOf } from '@common-thread/disclosure/cells';
import { partsOf } from '@common-thread/disclosure/parts';
import { isHub, stands } from '@common-thread/disclosure/policy';
import { FAMILY_SHARED, publicType, publicTypeOf } from '@common-thread/disclosure/public-events';
import type { EventRef, Fact } from './fact.js';
import type { IndexEntry } from './family-index.js';
import { follow } from './follow.js';
import { familiesOfLine } from './lines.js';
import { followsBy } from './rules.js';
import type { Task, Walk } from './tasks.js';
import type { Transaction } from './transaction.js';
import { writeRow } from './write-row.js';

/*
 * A restriction says to nobody but hubs that there is one. It is told as the withdrawal of the row that
 * began the entitlement, in the shape of any withdrawal; its lifting as what that row told, followed by a
 * beginning that has no reason.
 */

export function isRestrictionMark({ type }: EventRef): boolean {
  return type === 'FamilyRestricted' || type === 'RestrictionLifted';
}

/** Whether a recipient hears of restrictions as such, by its cells. */
export function hearsOfRestrictions(recipient: string): boolean {
  return isHub(recipient);
}

/** Tells of the mark where it ends or begins an entitlement now; false when the transaction is full. */
export function tellRestriction(tx: Transaction, walk: Walk, mark: Fact): boolean {
  const isNow = mark.ordinal === tx.trigger.ordinal && walk.change !== null;
  if (!isNow && !tx.rules.isJoined(mark)) return true; // no part of anybody's history
  if (mark.type === 'FamilyRestricted') return takeBack(tx, walk, mark);
  return (!isNow || tellAgain(tx, walk, mark)) && shareAgain(tx, walk, mark);
}

const row = { personId: '', grade: 'notice', fields: [], own: false } as const;

function takeBack(tx: Transaction, { recipient, line }: Walk, mark: Fact): boolean {
  if (tx.isFull) return false;
  const begun = tx.beginningOf(recipient, line);
  if (!begun) throw new Error(`no row began the entitlement of ${recipient} to ${line}`);
  writeRow(tx, recipient, mark, {
    ...row,
    line,
    via: null,
    publicType: publicTypeOf(lineOf('RecordWithdrawn')),
    grounds: ['told'],
    follows: begun,
    entitlement: 'ends',
  });
  return true;
}

/**
 * What the restriction took back no longer counts as told: it comes again, resting on the lifting, so
 * that whoever is entitled once more knows by what.
 */
function tellAgain(tx: Transaction, { recipient, line }: Walk, mark: Fact): boolean {
  const { state } = tx;
  const taken = tx.beginningOf(recipient, line);
  if (!taken || isRestrictionMark(taken.event)) return true;
  const { eventId, type, streamId } = taken.event;
  const isThere = state.told
    .of(eventId)
    .some((told) => told.recipient === recipient && told.via === mark.eventId);
  if (isThere || taken.withdrawnBy === null || !stands(state.policy, eventId)) return true;
  if (tx.isFull) return false;
  const parts = partsOf(state.policy, recipient, streamId);
  const families = familiesOfLine(line);
  const now = tx.rules.tellingOf(state.policy, recipient, taken.event, parts, true, families);
  writeRow(tx, recipient, state.fact(eventId), {
    line,
    personId: taken.personId,
    via: mark.eventId,
    grade: taken.grade,
    fields: taken.fields,
    publicType: publicTypeOf(lineOf(type)),
    grounds: now.grounds,
    own: parts.length > 0,
  });
  return true;
}

function shareAgain(tx: Transaction, { recipient, line, change }: Walk, mark: Fact): boolean {
  if (tx.isFull) return false;
  writeRow(tx, recipient, mark, {
    ...row,
    line,
    via: null,
    publicType: publicType(FAMILY_SHARED),
    grounds: ['relation'],
    entitlement: change,
    subject: line,
  });
  return true;
}

/** The corrections on a line: what a restriction may have held back. */
export function correctionsOn(tx: Transaction, line: string): readonly IndexEntry[] {
  return tx.state.line(line).entries.filter(({ type }) => followsBy(type) === 'corrects');
}

/** Tells a recipient of what was held back, related or not; false when the transaction is full. */
export function release(tx: Transaction, task: Extract<Task, { kind: 'release' }>): boolean {
  const { recipient, line } = task;
  const walk: Walk = { kind: 'walk', recipient, line, change: null };
  return correctionsOn(tx, line).every(({ eventId }) =>
    follow(tx, recipient, tx.state.fact(eventId), walk),
  );
}
