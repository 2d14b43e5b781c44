import type { StreamPolicy } from '@common-thread/disclosure/policy';
import { familyOf, isOpen, linkOf, membershipsOf, stands } from '@common-thread/disclosure/policy';
import type { EventRef, Fact } from './fact.js';
import { peopleOf, reachOf, refOf } from './fact.js';
import type { IndexEntry } from './family-index.js';
import { DIRECTORY, familyLine, isContact } from './lines.js';
import type { Transaction } from './transaction.js';

/**
 * Makes an event part of the history of every line it belongs to, with what it brings along: a
 * membership brings in what is recorded of its person, a link what is recorded of its contact.
 * Answers the lines that have grown.
 */
export function attach(tx: Transaction): Set<string> {
  const attached = new Attached(tx);
  const { trigger: fact } = tx;
  switch (reachOf(fact.type)) {
    case 'directory':
      attached.add(DIRECTORY, fact, '', null);
      break;
    case 'followed':
      attachFollowing(tx, attached);
      break;
    case 'people':
      attachThroughPeople(tx, attached);
      break;
    case 'family':
      attachToFamily(tx, attached);
      break;
  }
  return attached.commit();
}

/** The entries one event adds. */
class Attached {
  readonly #fresh: { line: string; entry: IndexEntry }[] = [];

  constructor(private readonly tx: Transaction) {}

  add(line: string, event: EventRef, personId: string, via: string | null): void {
    if (this.#isThere(line, event, personId)) return;
    const attachedAt = this.tx.trigger.ordinal;
    this.#fresh.push({ line, entry: { ...refOf(event), attachedAt, personId, via } });
  }

  #isThere(line: string, event: EventRef, personId: string): boolean {
    const same = (entry: IndexEntry) =>
      entry.eventId === event.eventId && entry.personId === personId;
    if (this.#fresh.some((each) => each.line === line && same(each.entry))) return true;
    // A correction or withdrawal comes along each time its event is brought in.
    if (event.targetId !== null) return false;
    const { state } = this.tx;
    if (!state.isOn(line, event.eventId)) return false;
    return state
      .line(line)
      .entries.some(
        (entry) => same(entry) && (entry.via === null || stands(state.policy, entry.via)),
      );
  }

  commit(): Set<string> {
    const { state, changes, rules } = this.tx;
    for (const each of this.#fresh.sort((a, b) => rules.comparePlaces(a.entry, b.entry))) {
      state.addEntry(each.line, each.entry);
      changes.entries.push(each);
    }
    return new Set(this.#fresh.map(({ line }) => line));
  }
}

function attachToFamily(tx: Transaction, attached: Attached): void {
  const { trigger: fact, state } = tx;
  const stream = state.policy.streams.get(fact.streamId);
  if (!stream) return;
  if (fact.event.type === 'ContactLinked') {
    const line = familyLine(fact.event.data.familyId);
    bringInContact(tx, attached, line);
    attached.add(line, fact, '', null);
    state.contact(fact.streamId).push(refOf(fact));
    return;
  }
  if (stream.category === 'contact') state.contact(fact.streamId).push(refOf(fact));
  const family = familyOf(state.policy, stream);
  if (family === undefined) return;
  if (fact.type === 'MembershipBegan') bringInPerson(tx, attached, stream);
  attached.add(familyLine(family), fact, '', restsOn(tx, stream));
}

/** What a family's event rests on: its membership, save for the beginning itself, or its contact's link. */
function restsOn({ trigger, state }: Transaction, stream: StreamPolicy): string | null {
  if (stream.category === 'membership') {
    return stream.begun === trigger.eventId ? null : (stream.begun ?? null);
  }
  if (stream.familyId !== undefined) return null;
  return linkOf(state.policy, stream)?.eventId ?? null;
}

function attachThroughPeople(tx: Transaction, attached: Attached): void {
  const { trigger: fact, state, changes } = tx;
  for (const personId of peopleOf(fact)) {
    state.about(personId).push(refOf(fact));
    changes.about.push({ personId, fact });
    for (const { familyId, begun } of belongings(tx, personId)) {
      attached.add(familyLine(familyId), fact, personId, begun);
    }
  }
}

interface Belonging {
  readonly familyId: string;
  /** The event that began the membership. */
  readonly begun: string;
}

/**
 * The families somebody belongs to now and through which membership. Of two in one family at once, as a
 * restore that lost an end can leave them, it is the first on the line, in whatever order they were read.
 */
function belongings({ state }: Transaction, personId: string): Belonging[] {
  const open = membershipsOf(state.policy, personId)
    .filter((membership) => isOpen(state.policy, membership))
    .flatMap(({ familyId, begun }) =>
      familyId === undefined || begun === undefined ? [] : [{ familyId, begun }],
    );
  return open.filter(({ familyId, begun }) => {
    const rivals = open.filter((each) => each.familyId === familyId).map((each) => each.begun);
    if (rivals.length === 1) return true;
    const { entries } = state.line(familyLine(familyId));
    return entries.find(({ eventId }) => rivals.includes(eventId))?.eventId === begun;
  });
}

/** A correction or withdrawal goes wherever its event is, and comes along wherever that is brought. */
function attachFollowing(tx: Transaction, attached: Attached): void {
  const { trigger: fact, state, changes } = tx;
  const target = state.fact(fact.targetId ?? '');
  for (const line of state.linesOf(target.eventId)) attached.add(line, fact, '', null);
  const root = rootOf(tx, fact);
  if (reachOf(root.type) === 'people') {
    for (const personId of peopleOf(root)) {
      state.about(personId).push(refOf(fact));
      changes.about.push({ personId, fact });
    }
  }
  const stream = state.policy.streams.get(target.streamId);
  if (isContact(fact.streamId)) state.contact(fact.streamId).push(refOf(fact));
  // A membership whose end is withdrawn goes on: what came meanwhile is brought in now.
  const reopened = fact.type === 'RecordWithdrawn' && target.type === 'MembershipEnded';
  if (reopened && stream && isOpen(state.policy, stream)) bringInPerson(tx, attached, stream);
}

/** The event that a chain of corrections and withdrawals is about. */
function rootOf({ state }: Transaction, fact: Fact): Fact {
  let root = fact;
  while (root.targetId !== null) root = state.fact(root.targetId);
  return root;
}

function bringInPerson({ state }: Transaction, attached: Attached, membership: StreamPolicy) {
  const { personId, familyId, begun } = membership;
  if (personId === undefined || familyId === undefined) return;
  for (const event of state.about(personId)) {
    attached.add(familyLine(familyId), event, personId, begun ?? null);
  }
}

/** Everything recorded of the contact but its links, each resting on the link that brings it. */
function bringInContact({ state, trigger }: Transaction, attached: Attached, line: string): void {
  const events = state.contact(trigger.streamId);
  const links = new Set(
    events.filter((event) => event.type === trigger.type).map((event) => event.eventId),
  );
  for (const event of events) {
    if (links.has(event.eventId) || (event.targetId !== null && links.has(event.targetId))) {
      continue;
    }
    attached.add(line, event, '', trigger.eventId);
  }
}
