import { relates } from '@common-thread/disclosure/policy';
import { categoryOf } from '@common-thread/eventing/identifiers';
import type { RelayStore, StoredStream } from '../store/relay-store.js';
import type { EventRef, Fact } from './fact.js';
import { peopleOf, reachOf } from './fact.js';
import { DIRECTORY, familyLine, familyOfLine, isContact, isRestriction } from './lines.js';
import { familiesEver, familiesNamed } from './plan.js';
import type { RelayState } from './relay-state.js';

/**
 * Brings into memory every unit that handling these events may ask for. Called for a whole batch, so
 * that the store is asked once for many, and again for each event, since one may show the next where
 * to look; what is here already is not fetched again.
 */
export async function bringIn(
  store: RelayStore,
  state: RelayState,
  facts: readonly Fact[],
): Promise<void> {
  const roots = await bringTargets(store, state, facts);
  const streamIds = [...facts, ...roots].map(({ streamId }) => streamId);
  await bringStreams(store, state, streamIds);
  const people = facts.concat(roots).flatMap((fact) => peopleToBring(state, fact));
  await bringPeople(store, state, people);
  const lines = [
    ...facts.flatMap((fact) => linesReached(state, fact)),
    ...facts.concat(roots).flatMap((fact) => linesOfStream(state, fact)),
  ];
  await bringLines(store, state, lines);
  await bringBeginnings(store, state, facts);
  const contacts = streamIds.filter(isContact);
  await bringContacts(store, state, contacts);
  // What follows an event goes to whoever was told of it, and a link decides where a referrer hears.
  const links = contacts.flatMap((id) => state.policy.streams.get(id)?.links ?? []);
  await bringTold(store, state, [
    ...roots.map(({ eventId }) => eventId),
    ...links.map(({ eventId }) => eventId),
  ]);
  await bringToTell(store, state, joiningSets(state, facts));
}

/** Lines longer than this are brought in piece by piece as they are walked. */
const JOINED_AT_ONCE = 500;

/** What some recipient may have to be told because of these events: of families, and of new members. */
function joiningSets(state: RelayState, facts: readonly Fact[]): EventRef[] {
  return facts.flatMap((fact) => {
    if (fact.type === 'MembershipBegan') return peopleOf(fact).flatMap((id) => state.about(id));
    if (!relates(categoryOf(fact.streamId))) return [];
    const entries = familiesNamed(fact).flatMap((id) => state.line(familyLine(id)).entries);
    return entries.length > JOINED_AT_ONCE ? [] : entries;
  });
}

/** What the events correct or withdraw, to the end of each chain, and the lines those are on. */
async function bringTargets(
  store: RelayStore,
  state: RelayState,
  facts: readonly Fact[],
): Promise<Fact[]> {
  const batch = new Map(facts.map((fact) => [fact.eventId, fact]));
  const targets: Fact[] = [];
  let wanted = targetsOf(facts);
  while (wanted.length > 0) {
    await bringFacts(
      store,
      state,
      wanted.filter((id) => !batch.has(id)),
    );
    const found = wanted.flatMap((id) => state.facts.get(id) ?? batch.get(id) ?? []);
    targets.push(...found);
    wanted = targetsOf(found);
  }
  const unlocated = targets.map(({ eventId }) => eventId).filter((id) => !state.located.has(id));
  if (unlocated.length > 0) {
    await bringLines(store, state, await store.linesOf(unlocated));
    for (const id of unlocated) state.located.add(id);
  }
  return targets;
}

function targetsOf(events: readonly EventRef[]): string[] {
  return [...new Set(events.flatMap(({ targetId }) => (targetId === null ? [] : [targetId])))];
}

/** Brings in what telling these entries takes: the events, their streams, and what was told of them. */
export async function bringToTell(
  store: RelayStore,
  state: RelayState,
  entries: readonly EventRef[],
): Promise<void> {
  const events = entries.map(({ eventId }) => eventId);
  const streams = entries.map(({ streamId }) => streamId);
  await bringFacts(store, state, events);
  await bringStreams(store, state, streams);
  await bringTold(store, state, [...events, ...targetsOf(entries)]);
}

/** Looks up every row about some events. */
async function bringTold(
  store: RelayStore,
  state: RelayState,
  eventIds: readonly string[],
): Promise<void> {
  const missing = [...new Set(eventIds)].filter((id) => !state.told.isLookedUp(id));
  if (missing.length === 0) return;
  for (const row of await store.rows(missing)) state.told.add(row);
  for (const id of missing) state.told.lookedUp(id);
}

async function bringFacts(
  store: RelayStore,
  state: RelayState,
  eventIds: readonly string[],
): Promise<void> {
  const missing = eventIds.filter((id) => !state.facts.has(id));
  if (missing.length === 0) return;
  for (const fact of await store.facts(missing)) state.facts.set(fact.eventId, fact);
}

function peopleToBring({ policy }: RelayState, fact: Fact): string[] {
  if (reachOf(fact.type) === 'people') return peopleOf(fact);
  // A membership brings in what is recorded of its person, when it begins and when it goes on.
  if (fact.type === 'MembershipBegan') return peopleOf(fact);
  const personId = policy.streams.get(fact.streamId)?.personId;
  return fact.type === 'MembershipEnded' && personId !== undefined ? [personId] : [];
}

function linesReached({ policy }: RelayState, fact: Fact): string[] {
  const reach = reachOf(fact.type);
  if (reach === 'directory') return [DIRECTORY];
  if (reach !== 'people') return familiesNamed(fact).map(familyLine);
  const memberships = peopleOf(fact).flatMap((personId) => [
    ...(policy.membershipsOfPerson.get(personId) ?? []),
  ]);
  return memberships.flatMap((id) => familiesEver(policy.streams.get(id)).map(familyLine));
}

function linesOfStream(state: RelayState, { streamId, eventId }: Fact): string[] {
  const families = familiesEver(state.policy.streams.get(streamId));
  return [...families.map(familyLine), ...state.linesOf(eventId)];
}

async function bringStreams(
  store: RelayStore,
  state: RelayState,
  streamIds: readonly string[],
): Promise<void> {
  const missing = [...new Set(streamIds)].filter((id) => !state.streams.has(id));
  if (missing.length === 0) return;
  addStreams(state, await store.streams(missing));
  for (const id of missing) state.streams.add(id);
}

async function bringPeople(
  store: RelayStore,
  state: RelayState,
  personIds: readonly string[],
): Promise<void> {
  const missing = [...new Set(personIds)].filter((id) => !state.hasPerson(id));
  if (missing.length === 0) return;
  addStreams(state, await store.memberships(missing));
  const about = await store.about(missing);
  for (const id of missing) state.bringPerson(id, about.get(id) ?? []);
}

async function bringContacts(
  store: RelayStore,
  state: RelayState,
  streamIds: readonly string[],
): Promise<void> {
  const missing = [...new Set(streamIds)].filter((id) => !state.hasContact(id));
  if (missing.length === 0) return;
  const recorded = await store.recordedIn(missing);
  for (const id of missing) state.bringContact(id, recorded.get(id) ?? []);
}

export async function bringLines(
  store: RelayStore,
  state: RelayState,
  lines: readonly string[],
): Promise<void> {
  const missing = [...new Set(lines)].filter((line) => !state.hasLine(line));
  if (missing.length === 0) return;
  const families = missing.flatMap((line) => familyOfLine(line) ?? []);
  const streams = families.length > 0 ? await store.streamsOfFamilies(families) : [];
  addStreams(state, streams);
  for (const [line, found] of await store.lines(missing)) {
    state.bringLine(line, found);
    for (const entry of found.entries) {
      // Withdrawals of other families' streams that reach this one through a person.
      if (entry.type === 'RecordWithdrawn' && entry.targetId !== null) {
        state.policy.withdrawnBy.set(entry.targetId, entry.eventId);
      }
    }
  }
}

/** A restriction takes back the rows by which entitlements to its family began; lifted, it tells them again. */
async function bringBeginnings(
  store: RelayStore,
  state: RelayState,
  facts: readonly Fact[],
): Promise<void> {
  const marks = facts.filter(({ streamId }) => isRestriction(streamId));
  for (const line of new Set(marks.flatMap((mark) => linesRestricted(state, mark)))) {
    if (state.hasBeginnings(line)) continue;
    const beginnings = await store.beginnings(line);
    state.bringBeginnings(line, beginnings);
    await bringToTell(
      store,
      state,
      beginnings.map(({ record }) => record.event),
    );
  }
}

function linesRestricted({ policy }: RelayState, mark: Fact): string[] {
  const families = [...familiesNamed(mark), ...familiesEver(policy.streams.get(mark.streamId))];
  return families.map(familyLine);
}

/** Adds what is not here yet: what is here may be newer than what is stored. */
function addStreams({ policy, streams }: RelayState, found: readonly StoredStream[]): void {
  for (const { policy: stream, withdrawals } of found) {
    if (policy.streams.has(stream.streamId)) continue;
    streams.add(stream.streamId);
    policy.streams.set(stream.streamId, stream);
    for (const [withdrawn, by] of withdrawals) policy.withdrawnBy.set(withdrawn, by);
    for (const familyId of familiesEver(stream)) {
      include(policy.streamsOfFamily, familyId, stream.streamId);
    }
    if (stream.category === 'membership' && stream.personId !== undefined) {
      include(policy.membershipsOfPerson, stream.personId, stream.streamId);
    }
  }
}

function include(index: Map<string, Set<string>>, key: string, value: string): void {
  const values = index.get(key);
  if (values) values.add(value);
  else index.set(key, new Set([value]));
}
