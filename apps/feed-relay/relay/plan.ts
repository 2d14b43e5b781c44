import { agreementChangedBy } from '@common-thread/disclosure/agreed';
import { partsOf } from '@common-thread/disclosure/parts';
import { entitledTo, foldPolicy, isHub } from '@common-thread/disclosure/policy';
import type { StreamPolicy } from '@common-thread/disclosure/policy';
import { attach } from './attach.js';
import type { Fact } from './fact.js';
import { reachOf, valueOf } from './fact.js';
import { DIRECTORY, familyLine, familyOfLine } from './lines.js';
import { tasksOfThePast } from './past.js';
import type { RelayState } from './relay-state.js';
import { takenBackBy } from './take-back.js';
import type { Task, Walk } from './tasks.js';
import type { Transaction } from './transaction.js';

/**
 * Once for each event: folds the policy, adds to the index, and says who has to be told what. Recipients
 * and lines come in the order of their names, so that every feed's order depends on the log alone.
 */
export function plan(tx: Transaction, fact: Fact): Task[] {
  tx.handle(fact);
  const concerned = familiesConcerned(tx.state, fact);
  const before = entitledByLine(tx.state, concerned.map(familyLine));
  const taken = takenBackBy(tx.state, fact);
  fold(tx, fact);
  const grown = attach(tx);
  if (grown.has(DIRECTORY)) return directoryWalks(tx);
  const now = entitledByLine(tx.state, [...concerned.map(familyLine), ...grown]);
  const walks = [...now].flatMap(([line, has]) => {
    const had = before.get(line) ?? has; // an event of no relating stream changes nobody's
    return [...new Set([...had, ...has])].flatMap((recipient): Walk[] => {
      const [wasTold, isTold] = [had.has(recipient), has.has(recipient)];
      const change = wasTold === isTold ? null : isTold ? 'begins' : 'ends';
      if (change === null && !grown.has(line)) return [];
      return [{ kind: 'walk', recipient, line, change }];
    });
  });
  return [...taken, ...tasksOfThePast(fact), ...inOrder(tx, walks)];
}

/** The families of the event's stream before and after it. */
function familiesConcerned({ policy, facts }: RelayState, fact: Fact): string[] {
  const target = fact.targetId === null ? undefined : facts.get(fact.targetId);
  return [
    ...new Set([
      ...familiesNamed(fact),
      ...familiesEver(policy.streams.get(fact.streamId)),
      ...familiesEver(target && policy.streams.get(target.streamId)),
    ]),
  ];
}

export function familiesNamed({ event }: Fact): string[] {
  const familyId = valueOf(event.data, 'familyId');
  return typeof familyId === 'string' ? [familyId] : [];
}

/** Every family a stream has been about. */
export function familiesEver(stream: StreamPolicy | undefined): string[] {
  if (!stream) return [];
  const linked = stream.links.map(({ familyId }) => familyId);
  return stream.familyId === undefined ? linked : [stream.familyId, ...linked];
}

function entitledByLine(
  { policy }: RelayState,
  lines: readonly string[],
): Map<string, ReadonlySet<string>> {
  return new Map(
    lines.map((line) => [line, entitledTo(policy, familyOfLine(line) ?? '')] as const),
  );
}

function fold({ state, changes }: Transaction, fact: Fact): void {
  const { event, streamId } = fact;
  if (event.type === 'OrganisationRecorded') {
    const { recipients } = state.policy;
    changes.recipients.push(...event.data.recipients.filter((id) => !recipients.has(id)));
  }
  foldPolicy(state.policy, event);
  const changed = agreementChangedBy(event);
  if (changed !== undefined) changes.agreements.add(changed);
  state.facts.set(fact.eventId, fact);
  changes.facts.push(fact);
  if (state.policy.streams.has(streamId)) changes.streams.add(streamId);
  if (event.type === 'RecordWithdrawn') {
    const eventId = event.data.withdraws;
    const target = state.fact(eventId);
    const { ordinal } = fact;
    changes.withdrawals.push({ streamId: target.streamId, eventId, by: event.id, ordinal });
  }
}

/** Public reference data goes to every recipient; a new one is first told what there is. */
function directoryWalks({ state }: Transaction): Task[] {
  return [...state.policy.recipients].map((recipient) => ({
    kind: 'walk',
    recipient,
    line: DIRECTORY,
    change: null,
  }));
}

/** Recipient by recipient: its walks, then what it hears wherever it stands. */
function inOrder(tx: Transaction, walks: readonly Walk[]): Task[] {
  const { state, trigger } = tx;
  const following = trigger.targetId !== null;
  const others = following ? toldOf(tx, trigger.targetId ?? '') : partiesTo(state, trigger);
  const recipients = new Set([
    ...walks.map(({ recipient }) => recipient),
    ...others,
    ...(trigger.type === 'RestrictionLifted' ? state.policy.recipients : []),
  ]);
  return [...recipients]
    .sort()
    .flatMap((recipient): Task[] => [
      ...walks
        .filter((walk) => walk.recipient === recipient)
        .sort((a, b) => (a.line < b.line ? -1 : 1)),
      ...releases(tx, recipient),
      ...(following
        ? [{ kind: 'follow' as const, recipient }]
        : others.has(recipient)
          ? [{ kind: 'own' as const, recipient }]
          : []),
    ]);
}

/** Corrections held back while a family was restricted go to all who were told, related or not. */
function releases({ state, trigger }: Transaction, recipient: string): Task[] {
  if (trigger.type !== 'RestrictionLifted' || isHub(recipient)) return [];
  const lines = familiesEver(state.policy.streams.get(trigger.streamId)).map(familyLine);
  return lines.map((line) => ({ kind: 'release', recipient, line }));
}

function partiesTo({ policy }: RelayState, { type, streamId }: Fact): Set<string> {
  const stream = policy.streams.get(streamId);
  if (!stream || reachOf(type) === 'directory') return new Set();
  const parties = [stream.author, stream.referrer].filter((party) => party !== undefined);
  return new Set(parties.filter((party) => partsOf(policy, party, streamId).length > 0));
}

/** Everyone told of an event, of its corrections, or of what rests on it. */
function toldOf({ state: { told } }: Transaction, eventId: string): Set<string> {
  const rows = [...told.of(eventId), ...told.following(eventId), ...told.restingOn(eventId)];
  return new Set(rows.map(({ recipient }) => recipient));
}
