import { lineOf } from '@common-thread/disclosure/cells';
import type { CellsLine } from '@common-thread/disclosure/disclosure-table';
import { isFollowing } from '@common-thread/disclosure/disclosure-table';
import { partsOf } from '@common-thread/disclosure/parts';
import { stands } from '@common-thread/disclosure/policy';
import {
  INVOLVEMENT_BEGAN,
  INVOLVEMENT_ENDED,
  publicType,
} from '@common-thread/disclosure/public-events';
import type { EventRef } from './fact.js';
import type { IndexEntry } from './family-index.js';
import { involvementKey } from './family-index.js';
import { familiesOfLine } from './lines.js';
import type { Transaction } from './transaction.js';
import { writeRow } from './write-row.js';

/**
 * Existence is a state of a recipient, a family and a service, worked out again after each entry from
 * the episodes told of at that grade; only its change is told. `subject` is the event of the episode
 * that the entry is, or withdraws. Answers false when the transaction is full.
 */
export function tellInvolvement(
  tx: Transaction,
  recipient: string,
  line: string,
  entry: IndexEntry,
  subject: EventRef,
): boolean {
  const { state, rules, changes } = tx;
  const service = state.policy.streams.get(subject.streamId)?.author;
  const grounds = groundsOfExistence(tx, recipient, line, subject);
  if (service === undefined || !grounds) return true;
  const { entries, involved } = state.line(line);
  const begun = new Set<string>();
  const ended = new Set<string>();
  for (const walked of entries) {
    if (rules.comparePlaces(walked, entry) > 0) break;
    const kind = involvementOf(walked);
    if (kind !== 'begins' && kind !== 'ends') continue;
    const counts =
      stands(state.policy, walked.eventId) &&
      (walked.via === null || stands(state.policy, walked.via)) &&
      state.policy.streams.get(walked.streamId)?.author === service &&
      groundsOfExistence(tx, recipient, line, walked) !== undefined;
    if (counts) (kind === 'begins' ? begun : ended).add(walked.streamId);
  }
  const open = rules.isInvolved(begun, ended, { entry, subject });
  const key = involvementKey(recipient, service);
  if (open === (involved.get(key) ?? false)) return true;
  if (tx.isFull) return false;
  involved.set(key, open);
  changes.involved.push({ line, key, open });
  writeRow(tx, recipient, state.fact(entry.eventId), {
    line,
    personId: '',
    via: entry.via,
    grade: 'existence',
    fields: [],
    publicType: publicType(open ? INVOLVEMENT_BEGAN : INVOLVEMENT_ENDED),
    grounds,
    own: false,
    service,
  });
  return true;
}

function involvementOf({ type }: EventRef): CellsLine<string>['involvement'] {
  const line = lineOf(type);
  return isFollowing(line) ? undefined : line.involvement;
}

/** Why an episode is told of at existence grade now; undefined where at another. */
function groundsOfExistence(
  { state: { policy }, rules }: Transaction,
  recipient: string,
  onLine: string,
  event: EventRef,
): readonly string[] | undefined {
  const line = lineOf(event.type);
  if (isFollowing(line) || line.involvement === undefined) return undefined;
  if (partsOf(policy, recipient, event.streamId).length > 0) return undefined;
  const families = familiesOfLine(onLine);
  const { grade, grounds } = rules.tellingOf(policy, recipient, event, [], true, families);
  return grade === 'existence' ? grounds : undefined;
}
