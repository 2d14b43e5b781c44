import { lineOf } from '@common-thread/disclosure/cells';
import { isFollowing } from '@common-thread/disclosure/disclosure-table';
import { partsOf } from '@common-thread/disclosure/parts';
import { linkOf, stands } from '@common-thread/disclosure/policy';
import { publicTypeOf } from '@common-thread/disclosure/public-events';
import { cellNow } from './cell-now.js';
import type { IndexEntry } from './family-index.js';
import { placeOf } from './family-index.js';
import { moveCursor } from './changes.js';
import { follow } from './follow.js';
import { tellInvolvement } from './involvement.js';
import { DIRECTORY, isFamilyLine } from './lines.js';
import {
  hearsOfRestrictions,
  isRestrictionMark,
  release,
  tellRestriction,
} from './restriction.js';
import { redisclose } from './redisclose.js';
import { takeBack } from './take-back.js';
import type { Task, Walk } from './tasks.js';
import type { Transaction } from './transaction.js';
import { withdrawPast } from './withdraw-past.js';
import { writeRow } from './write-row.js';

/**
 * Does as much of a task as the transaction holds and the facts in memory allow; true once it is done.
 * Running it again tells nothing twice.
 */
export function runTask(tx: Transaction, task: Task): boolean {
  switch (task.kind) {
    case 'walk':
      return walk(tx, task);
    case 'own':
      return tellOwn(tx, task.recipient);
    case 'follow':
      return follow(tx, task.recipient, tx.trigger);
    case 'release':
      return release(tx, task);
    case 'take-back':
      return takeBack(tx, task);
    case 'redisclose':
      return redisclose(tx, task);
    case 'withdraw-past':
      return withdrawPast(tx, task);
  }
}

/** The entries of a line that a walk has yet to tell, in order. */
export function entriesToWalk(tx: Transaction, task: Walk): readonly IndexEntry[] {
  const { entries, cursors } = tx.state.line(task.line);
  const cursor = tx.rules.resumesAfter(cursors.get(task.recipient), task, tx.trigger);
  if (!cursor) return entries;
  let first = entries.length;
  while (first > 0 && tx.rules.comparePlaces(cursor, entries[first - 1]!) < 0) first -= 1;
  return entries.slice(first);
}

function walk(tx: Transaction, task: Walk): boolean {
  const { cursors } = tx.state.line(task.line);
  for (const entry of entriesToWalk(tx, task)) {
    if (tx.isFull || !tx.state.canTell(entry)) return false;
    if (!tellEntry(tx, task, entry)) return false;
    const place = placeOf(entry);
    cursors.set(task.recipient, place);
    moveCursor(tx.changes, task.line, task.recipient, place);
  }
  return true;
}

/** Tells one entry of a line as the recipient's cells allow; false when the transaction is full. */
function tellEntry(tx: Transaction, task: Walk, entry: IndexEntry): boolean {
  const { state, rules, trigger } = tx;
  const { recipient, line } = task;
  const fact = state.fact(entry.eventId);
  if (entry.targetId !== null) {
    if (!follow(tx, recipient, fact, task)) return false;
    const target = state.line(line).entries.find((e) => e.eventId === entry.targetId);
    return target === undefined || tellInvolvement(tx, recipient, line, entry, target);
  }
  if (isRestrictionMark(entry) && !hearsOfRestrictions(recipient)) {
    return tellRestriction(tx, task, fact);
  }
  // Attached by a membership or link since withdrawn: it never was this family's.
  if (entry.via !== null && !stands(state.policy, entry.via)) return true;
  if (
    line !== DIRECTORY &&
    rules.isToldAlready(state, recipient, entry.eventId, { line, personId: entry.personId })
  ) {
    return true;
  }
  const joined = entry.ordinal !== trigger.ordinal;
  const parts = partsOf(state.policy, recipient, entry.streamId);
  const telling = cellNow(tx, fact, { recipient, line }, joined);
  const { grade, fields, grounds, agreement } = telling;
  if (grade === 'withheld') return true;
  if (grade === 'existence') return tellInvolvement(tx, recipient, line, entry, entry);
  writeRow(tx, recipient, fact, {
    line,
    personId: entry.personId,
    via: entry.via,
    grade,
    fields,
    publicType: publicTypeOf(lineOf(fact.type)),
    grounds: line === DIRECTORY ? ['directory'] : grounds,
    ...(agreement ? { agreement } : {}),
    own: parts.length > 0,
    entitlement: joined ? null : task.change,
  });
  return true;
}

/** Tells the author or referrer at the event's own position, wherever they may hear of it. */
function tellOwn(tx: Transaction, recipient: string): boolean {
  const { state, rules, trigger } = tx;
  const line = lineOf(trigger.type);
  if (isFollowing(line)) return true;
  const parts = partsOf(state.policy, recipient, trigger.streamId);
  const telling = rules.tellingOf(state.policy, recipient, trigger, parts, false, []);
  const { grade, fields, grounds } = telling;
  if (grade === 'withheld' || grade === 'existence') return true;
  const stream = state.policy.streams.get(trigger.streamId);
  const link = stream && linkOf(state.policy, stream);
  for (const place of rules.ownPlaces(state, recipient, trigger)) {
    if (rules.isToldAlready(state, recipient, trigger.eventId, place)) continue;
    if (tx.isFull) return false;
    writeRow(tx, recipient, trigger, {
      ...place,
      via: isFamilyLine(place.line) ? (link?.eventId ?? null) : null,
      grade,
      fields,
      publicType: publicTypeOf(line),
      grounds,
      own: true,
    });
  }
  return true;
}
