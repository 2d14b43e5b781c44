import { placeOf } from '@common-thread/adapters/postgres/event-log-cursor';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import type { Finding } from './finding.js';
import { finding } from './finding.js';
import type { Answered, Expected, ObservedHistory } from './observed.js';

type LogHistory = Pick<ObservedHistory, 'before' | 'acknowledged' | 'refused' | 'log'>;

/** What is wrong with the log: lost, doubled, seen though refused, or out of order. */
export function judgeLog(history: LogHistory): Finding[] {
  const batches = groupedBy(history.log, ({ metadata }) => metadata.commandId);
  return [
    ...history.acknowledged.flatMap((command) => missingOf(command, batches)),
    ...[...batches].flatMap(([commandId, events]) => severalBatches(commandId, events)),
    ...phantoms(history),
    ...disorder(history.log),
    ...contactsOfReferrals(history.log),
  ];
}

function missingOf(
  { path, key, expected }: Answered,
  batches: ReadonlyMap<string, readonly StoredEvent[]>,
): Finding[] {
  return expected
    .filter((each) => !isAsExpected(each, batches.get(each.commandId) ?? []))
    .map(({ commandId, types }) => {
      const found = (batches.get(commandId) ?? []).map(({ type }) => type);
      const words = `${path} (${key}) was acknowledged with ${list(types)}; the log has ${list(found)}`;
      return finding(found.length > types.length ? 'duplicated' : 'lost', words);
    });
}

function isAsExpected({ types, orMore }: Expected, events: readonly StoredEvent[]): boolean {
  const last = types.at(-1);
  if (events.length < types.length || (!orMore && events.length > types.length)) return false;
  return events.every(({ type }, nth) => type === (types[nth] ?? last));
}

/** One command, one append: one transaction, one stream, revisions and ids in a row. */
function severalBatches(commandId: string, events: readonly StoredEvent[]): Finding[] {
  const [first] = events;
  if (!first) return [];
  const transaction = transactionOf(first);
  const isOne = events.every(
    (event, nth) =>
      event.streamId === first.streamId &&
      transactionOf(event) === transaction &&
      event.revision === first.revision + nth &&
      event.id === derivedId(commandId, first.streamId, nth),
  );
  const words = `command ${commandId} is in the log in more than one batch`;
  return isOne ? [] : [finding('duplicated', words)];
}

function transactionOf({ cursor }: StoredEvent): string {
  const { epoch, tx } = placeOf(cursor);
  return `${epoch}.${tx}`;
}

/** Commands nobody was told are recorded: refused, or sent by nobody. */
function phantoms({ before, acknowledged, refused, log }: LogHistory): Finding[] {
  const refusedIds = new Set(refused.map(({ commandId }) => commandId));
  const expected = acknowledged.flatMap((command) => command.expected);
  const known = new Set([...before, ...expected.map(({ commandId }) => commandId)]);
  const events = new Set(log.map(({ id }) => id));
  return log.flatMap(({ id, type, metadata: { commandId, causationId } }) => {
    const phantom = (words: string) => [finding('phantom', `${type} ${id} ${words}`)];
    if (refusedIds.has(commandId)) return phantom('was refused and is in the log');
    if (known.has(commandId)) return [];
    if (causationId !== undefined && events.has(causationId)) return [];
    return phantom('is in the log and nobody was told so');
  });
}

/** Per stream: revisions from 0 without holes, rising in log order; no event id twice. */
function disorder(log: readonly StoredEvent[]): Finding[] {
  const next = new Map<string, number>();
  const ids = new Set<string>();
  return log.flatMap(({ id, streamId, revision }) => {
    const wrong: Finding[] = [];
    const due = next.get(streamId) ?? 0;
    if (revision !== due) {
      const words = `${streamId} has revision ${revision} where ${due} is due`;
      wrong.push(finding('reordered', words));
    }
    next.set(streamId, revision + 1);
    if (ids.has(id)) wrong.push(finding('duplicated', `event ${id} is in the log twice`));
    ids.add(id);
    return wrong;
  });
}

/** Each referral that stands opened one contact, and was acknowledged once. */
function contactsOfReferrals(log: readonly StoredEvent[]): Finding[] {
  const withdrawn = new Set(log.map(({ data }) => data.withdraws));
  const opened = groupedBy(
    log.filter(({ type }) => type === 'ContactReceived'),
    ({ data }) => data.referralId,
  );
  const acknowledgements = groupedBy(
    log.filter(({ type }) => type === 'ReferralAcknowledged'),
    ({ streamId }) => streamId,
  );
  return log
    .filter(({ type, metadata }) => type === 'ReferralRaised' && !metadata.imported)
    .flatMap(({ id, streamId }) => {
      const contacts = opened.get(streamId.replace('referral-', ''))?.length ?? 0;
      const answered = acknowledgements.get(streamId)?.length ?? 0;
      const least = withdrawn.has(id) ? 0 : 1;
      return [
        ...countedWrong(contacts, least, `${streamId} has ${contacts} contacts`),
        ...countedWrong(answered, least, `${streamId} was acknowledged ${answered} times`),
      ];
    });
}

/** What has to be there `least` times and once at most. */
function countedWrong(count: number, least: number, words: string): Finding[] {
  if (count > 1) return [finding('duplicated', words)];
  return count < least ? [finding('lost', words)] : [];
}

function groupedBy<Key>(
  events: readonly StoredEvent[],
  keyOf: (event: StoredEvent) => Key,
): ReadonlyMap<Key, readonly StoredEvent[]> {
  const groups = new Map<Key, StoredEvent[]>();
  for (const event of events) {
    const group = groups.get(keyOf(event));
    if (group) group.push(event);
    else groups.set(keyOf(event), [event]);
  }
  return groups;
}

function list(types: readonly string[]): string {
  return types.length === 0 ? 'nothing' : types.join(', ');
}
