import type { Policy } from '@common-thread/disclosure/policy';
import { emptyPolicy } from '@common-thread/disclosure/policy';
import type { Tables } from '@common-thread/disclosure/tables';
import type { EventRef, Fact } from './fact.js';
import type { IndexEntry, LineState } from './family-index.js';
import { NotInMemory } from './not-in-memory.js';
import type { Beginning } from './beginnings.js';
import type { BroughtPast } from './past.js';
import { noPast } from './past.js';
import type { RowRecord } from './told-rows.js';
import { ToldRows } from './told-rows.js';

/** How far a recipient's feed has come. */
export interface FeedHead {
  readonly sequence: number;
  /** Of its last row; RFC 3339 UTC. */
  readonly disclosedTime: string;
}

/**
 * The part of the relay's knowledge in memory. A store brings in what an event needs, unit by unit: a
 * line, a person, a stream; whatever is here is whole and true as of the last event handled. Asking
 * for a unit that was not brought in throws, so that nothing is ever decided on half a history.
 */
export class RelayState {
  readonly policy: Policy;
  readonly feeds = new Map<string, FeedHead>();
  /** What was told about the events at hand; forgotten after each commit. */
  told = new ToldRows();
  /** Events whose data may be told now; forgotten after each commit. */
  readonly facts = new Map<string, Fact>();
  /** Streams whose policy is here, or who have none. */
  readonly streams = new Set<string>();
  /** Events whose lines have been looked up. */
  readonly located = new Set<string>();
  #entries = 0;
  readonly #lines = new Map<string, LineState>();
  readonly #linesOfEvent = new Map<string, Set<string>>();
  readonly #people = new Map<string, EventRef[]>();
  readonly #contacts = new Map<string, EventRef[]>();
  readonly #beginnings = new Map<string, ReadonlyMap<string, Beginning>>();
  /** Rows of one recipient that rest on the agreement at hand, in order: those to look at next. */
  granted: readonly RowRecord[] = [];

  /** What a redisclosure or a withdrawal of the past looks at next. */
  past: BroughtPast = noPast;

  constructor(tables?: Tables) {
    this.policy = emptyPolicy(tables);
  }

  /** Entries in memory: what decides when to forget it all. */
  get size(): number {
    return this.#entries;
  }

  /** After a commit: the store knows it all now. */
  committed(): void {
    this.facts.clear();
    this.told = new ToldRows();
    this.#beginnings.clear();
  }

  hasLine(line: string): boolean {
    return this.#lines.has(line);
  }

  line(line: string): LineState {
    return present(this.#lines.get(line), line);
  }

  bringLine(line: string, state: LineState): void {
    this.#lines.set(line, state);
    for (const entry of state.entries) this.#locate(line, entry);
  }

  addEntry(line: string, entry: IndexEntry): void {
    this.line(line).entries.push(entry);
    this.#locate(line, entry);
  }

  /** The lines of which an event is part, in order. Complete once the event has been located. */
  linesOf(eventId: string): string[] {
    return [...(this.#linesOfEvent.get(eventId) ?? [])].sort();
  }

  isOn(line: string, eventId: string): boolean {
    return this.#linesOfEvent.get(eventId)?.has(line) ?? false;
  }

  hasPerson(personId: string): boolean {
    return this.#people.has(personId);
  }

  /** Events that reach families through this person, with their corrections and withdrawals, in order. */
  about(personId: string): EventRef[] {
    return present(this.#people.get(personId), personId);
  }

  bringPerson(personId: string, about: readonly EventRef[]): void {
    this.#people.set(personId, [...about]);
  }

  hasContact(streamId: string): boolean {
    return this.#contacts.has(streamId);
  }

  /** What has been recorded in a contact's stream, in order. */
  contact(streamId: string): EventRef[] {
    return present(this.#contacts.get(streamId), streamId);
  }

  bringContact(streamId: string, events: readonly EventRef[]): void {
    this.#contacts.set(streamId, [...events]);
  }

  hasBeginnings(line: string): boolean {
    return this.#beginnings.has(line);
  }

  /** By recipient: the row to take back where the family of a line is restricted, of those committed. */
  beginningsOn(line: string): ReadonlyMap<string, Beginning> {
    return present(this.#beginnings.get(line), `who is entitled to ${line}`);
  }

  bringBeginnings(line: string, beginnings: readonly Beginning[]): void {
    this.#beginnings.set(line, new Map(beginnings.map((each) => [each.record.recipient, each])));
  }

  /** Whether an event can be told: it, its stream and what was told of it are here. */
  canTell({ eventId, streamId }: EventRef): boolean {
    return this.facts.has(eventId) && this.streams.has(streamId) && this.told.isLookedUp(eventId);
  }

  fact(eventId: string): Fact {
    return present(this.facts.get(eventId), eventId);
  }

  #locate(line: string, entry: IndexEntry): void {
    this.#entries += 1;
    const lines = this.#linesOfEvent.get(entry.eventId);
    if (lines) lines.add(line);
    else this.#linesOfEvent.set(entry.eventId, new Set([line]));
  }
}

function present<Unit>(unit: Unit | undefined, name: string): Unit {
  if (unit === undefined) throw new NotInMemory(name);
  return unit;
}
