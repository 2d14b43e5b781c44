import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { codec } from '@common-thread/domain/event-catalogue';
import type { Worker } from '@common-thread/disclosure/places';
import type { Origin } from '@common-thread/disclosure/reading';
import { familiesAbout, groundToRead, isOnLine } from '@common-thread/disclosure/reading';
import type { Asking } from '@common-thread/disclosure/shielding';
import { isShielded } from '@common-thread/disclosure/shielding';
import {
  emptyPolicy,
  familiesOfPerson,
  foldPolicy,
  isEntitled,
  isRestricted,
  membershipsOf,
  stands,
} from '@common-thread/disclosure/policy';
import { everyoneOf, peopleOfFamily } from '@common-thread/disclosure/members';
import { narrowingMark, restrictionMark } from '@common-thread/disclosure/narrowing-folds';
import { versionInForce } from '@common-thread/disclosure/table-in-force';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import { streamIdOf } from '@common-thread/eventing/identifiers';
import { isBox } from '@common-thread/eventing/sealing';
import { AgreementsFold } from '../agreements/agreements-fold.js';
import { readBox } from '../boxes/box.js';
import type { ToldBy } from '../erasing/erasure-fold.js';
import { ErasureFold } from '../erasing/erasure-fold.js';
import { holdersOf } from '../erasing/holders.js';
import type { HoldersWork } from '../erasing/holders-work.js';
import { WorkInLog } from '../erasing/holders-work.js';
import { MattersOfPeople } from '../erasing/matters-of-people.js';

interface KnownPerson {
  readonly isAdult: boolean;
  /** Of whose child id the registration told. */
  readonly authority?: string;
  /** Events telling who the person is, in log order. */
  readonly told: ToldBy[];
}

/** What the vault knows of the log: nothing of it is opened to fold it. */
export class VaultFold {
  readonly #policy = emptyPolicy();
  readonly #people = new Map<string, KnownPerson>();
  readonly #matters = new MattersOfPeople();
  readonly #work = new WorkInLog();
  readonly erasures = new ErasureFold({
    subjectsOf: (personId) => this.#subjectsOf(personId),
    toldOf: (personId) => this.#people.get(personId)?.told ?? [],
    holdersOf: (personId) => holdersOf(this.#policy, personId),
  });
  readonly agreements = new AgreementsFold();
  /** A correction and the event it corrects. */
  readonly #corrects = new Map<string, string>();
  /** The post to speak to about each family that is or was restricted. */
  readonly #speakTo = new Map<string, string>();
  /** Events into which a reaction carried a box of another, by the box's own event and field. */
  readonly #carriers = new Map<string, Omit<Origin, 'subjects'>[]>();

  /** Folds one event, in log order. @throws where no context declares it */
  fold(stored: StoredEvent): void {
    const event: RecordedCommonThreadEvent = codec.decode(stored);
    foldPolicy(this.#policy, event);
    this.erasures.fold(event);
    this.agreements.fold(event);
    this.#matters.fold(event);
    this.#work.fold(event);
    const told = { eventId: event.id, organisation: event.metadata.organisation };
    if (event.metadata.causationId !== undefined) this.#noteCarried(event);
    if (event.type === 'PersonRegistered') {
      const { authority, kind } = event.data;
      this.#people.set(event.data.personId, {
        isAdult: kind === 'adult',
        told: [told],
        ...(authority === undefined ? {} : { authority }),
      });
    } else if (event.type === 'ChildBorn') {
      this.#people.get(event.data.personId)?.told.push(told);
    } else if (event.type === 'PersonDetailsCorrected') {
      this.#people.get(event.data.personId)?.told.push(told);
      this.#corrects.set(event.id, event.data.corrects);
    } else if (event.type === 'FamilyRestricted') {
      this.#speakTo.set(event.data.familyId, event.data.speakTo);
    } else if (event.type === 'AddressCorrected') {
      this.#corrects.set(event.id, event.data.corrects);
    }
  }

  /**
   * On what ground somebody may read a field now, where it was recorded or where it was carried to;
   * undefined where they may not.
   */
  groundToRead(worker: Worker, origin: Origin): string | undefined {
    for (const place of this.#placesOf(origin)) {
      if (!this.#isStanding(place.eventId)) continue;
      const ground = groundToRead(this.#policy, worker, place);
      if (ground !== undefined) return ground;
    }
    return undefined;
  }

  /** The families a field is about, where it was recorded or where it was carried to. */
  familiesAbout(origin: Origin): readonly string[] {
    const families = this.#placesOf(origin).flatMap((place) => familiesAbout(this.#policy, place));
    return [...new Set(families)];
  }

  /** Those of them that are restricted now. */
  restrictedAbout(origin: Origin): readonly string[] {
    return this.familiesAbout(origin).filter((id) => isRestricted(this.#policy, id));
  }

  /** Whether it is hidden within a record that may be read, where it was recorded or was carried to. */
  isShielded(recipient: string, origin: Origin, asking: Asking): boolean {
    return this.#placesOf(origin).some((place) =>
      isShielded(this.#policy, recipient, place, asking),
    );
  }

  /** The last word on who may know what of a family that has been folded. */
  restrictionMark(familyId: string): string | undefined {
    return restrictionMark(this.#policy, familyId);
  }

  /** How far what narrows a stream has been folded. */
  markOf(streamId: string): string | undefined {
    return narrowingMark(this.#policy, streamId);
  }

  /** Version of the disclosure table in force. */
  get tableVersion(): number {
    return versionInForce(this.#policy.table);
  }

  /** The post to speak to about a family that is restricted now. */
  speakTo(familyId: string): string | undefined {
    return isRestricted(this.#policy, familyId) ? this.#speakTo.get(familyId) : undefined;
  }

  /** Whether a field has a place on the page of a line. */
  isOnLine(origin: Origin, line: string): boolean {
    return this.#placesOf(origin).some((place) => isOnLine(this.#policy, place, line));
  }

  /** Whether an event telling who a person is has been folded, withdrawn or not. */
  knowsTold(personId: string, eventId: string): boolean {
    return this.eventsTelling(personId).includes(eventId);
  }

  /** Ids of all events that tell who the person is, withdrawn ones included. */
  eventsTelling(personId: string): readonly string[] {
    return this.#people.get(personId)?.told.map(({ eventId }) => eventId) ?? [];
  }

  authorityOf(personId: string): string | undefined {
    return this.#people.get(personId)?.authority;
  }

  /** Ids of the standing events that tell who a person is, in log order. */
  identityEventsOf(personId: string): readonly string[] {
    return this.eventsTelling(personId).filter((id) => this.#isStanding(id));
  }

  /** Whether a recipient has a family, or a contact of its own that names nobody yet, in hand. */
  isInHandOf(recipient: string, line: string): boolean {
    const [kind, id = ''] = line.split('/');
    if (kind === 'family') return isEntitled(this.#policy, recipient, id);
    return this.#policy.streams.get(streamIdOf('contact', id))?.author === recipient;
  }

  /** Who belongs to a family now. */
  peopleOf(familyId: string): readonly string[] {
    return peopleOfFamily(this.#policy, familyId);
  }

  /** Streams of the memberships of somebody, ended ones included. */
  membershipsOf(personId: string): readonly string[] {
    return membershipsOf(this.#policy, personId).map(({ streamId }) => streamId);
  }

  /** Everybody who was ever registered. */
  get people(): readonly string[] {
    return [...this.#people.keys()];
  }

  /** The families that somebody belongs to or ever did. */
  familiesEverOf(personId: string): readonly string[] {
    const families = membershipsOf(this.#policy, personId).flatMap((m) => m.familyId ?? []);
    return [...new Set(families)];
  }

  /** What organisations did about those families. */
  workAbout(personId: string): readonly HoldersWork[] {
    return this.familiesEverOf(personId).flatMap((id) => this.#work.about(this.#policy, id));
  }

  /** Whose births the time to keep somebody’s records is counted from: a child’s own, else the children’s. */
  countedFor(personId: string): readonly string[] {
    if (!this.#people.get(personId)?.isAdult) return [personId];
    const people = this.familiesEverOf(personId).flatMap((id) => everyoneOf(this.#policy, id));
    return [...new Set(people)].filter((id) => this.#people.get(id)?.isAdult === false);
  }

  /** By class of record: the organisations that hold what was recorded of somebody, or may. */
  holdersOf(personId: string): ReadonlyMap<string, readonly string[]> {
    return holdersOf(this.#policy, personId);
  }

  familiesOf(personId: string): readonly string[] {
    return familiesOfPerson(this.#policy, personId);
  }

  /** The person, and matters about nobody but them and people whose own erasure has been confirmed. */
  #subjectsOf(personId: string): readonly string[] {
    const goes = (other: string) => other === personId || this.erasures.isConfirmedOf(other);
    return [personId, ...this.#matters.aboutOnly(personId, goes)];
  }

  #placesOf(origin: Origin): readonly Origin[] {
    const carriers = this.#carriers.get(`${origin.eventId}/${origin.field}`) ?? [];
    return [origin, ...carriers.map((place) => ({ ...place, subjects: origin.subjects }))];
  }

  /** A withdrawal also withdraws what corrected its event. */
  #isStanding(eventId: string): boolean {
    const target = this.#corrects.get(eventId);
    return stands(this.#policy, eventId) && (target === undefined || stands(this.#policy, target));
  }

  #noteCarried({ id, type, streamId, data }: RecordedCommonThreadEvent): void {
    for (const [field, value] of Object.entries(data)) {
      const header = isBox(value) ? readBox(value)?.header : undefined;
      if (!header || header.eventId === id) continue;
      const from = `${header.eventId}/${header.field}`;
      const place = { eventId: id, eventType: type, streamId, field };
      this.#carriers.set(from, [...(this.#carriers.get(from) ?? []), place]);
    }
  }
}
