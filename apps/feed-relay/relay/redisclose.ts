import { stands } from '@common-thread/disclosure/policy';
import type { Fact } from './fact.js';
import { follow } from './follow.js';
import { isMeant, isOfThePast } from './past.js';
import type { TellingPlace } from './rules.js';
import { followsBy, isAt } from './rules.js';
import type { Redisclose } from './tasks.js';
import { tellAnew } from './tell-anew.js';
import type { RowRecord } from './told-rows.js';
import type { Transaction } from './transaction.js';

/** Tells a recipient what it may be told by now of the lines at hand; true once there are no more of them. */
export function redisclose(tx: Transaction, task: Redisclose): boolean {
  const { lines } = tx.state.past;
  if (lines.length === 0) return true;
  for (const line of lines) {
    if (line <= task.after) continue;
    if (!redisclosedOn(tx, task.recipient, line)) return false;
    task.after = line;
  }
  return false;
}

function redisclosedOn(tx: Transaction, recipient: string, line: string): boolean {
  const { state, trigger, rules } = tx;
  const { event } = trigger;
  if (!isOfThePast(event) || !rules.mayBeToldOfThePast(state.policy, recipient, line)) return true;
  const { entries } = state.line(line);
  for (const entry of entries) {
    if (entry.ordinal === trigger.ordinal || !state.facts.has(entry.eventId)) continue;
    const fact = state.fact(entry.eventId);
    if (entry.targetId === null) {
      if (!isMeant(event, state.past.switches, fact)) continue;
      const place = { ...entry, line };
      const taken =
        event.type === 'PastWithdrawn' ? takenNow(tx, recipient, fact, place) : undefined;
      if (event.type === 'PastWithdrawn' && !taken) continue;
      if (!tellAnew(tx, recipient, fact, place, taken)) return false;
    } else if (followsBy(entry.type) === 'corrects' && isToldNow(tx, recipient, entry.targetId)) {
      // What is told anew is told as it was put right since.
      const walk = { kind: 'walk', recipient, line, change: null } as const;
      if (!follow(tx, recipient, fact, walk)) return false;
    }
  }
  return true;
}

function isToldNow({ state, trigger }: Transaction, recipient: string, eventId: string): boolean {
  return (
    stands(state.policy, eventId) &&
    state.told
      .of(eventId)
      .some((row) => row.recipient === recipient && row.toldAt === trigger.ordinal)
  );
}

/** The row of a place that the event being handled has withdrawn: of it no more is told again. */
function takenNow(
  { state: { told }, trigger }: Transaction,
  recipient: string,
  fact: Fact,
  place: TellingPlace,
): RowRecord | undefined {
  return told
    .of(fact.eventId)
    .filter((row) => row.recipient === recipient && isAt(row, place))
    .find(({ id }) => told.followersOf(id).some(({ event }) => event.eventId === trigger.eventId));
}
