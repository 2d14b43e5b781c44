import type { DeclaredCell, DeclaredColumn } from '../county/declared.js';
import { beginsEpisode, endsEpisode, forEverybody, reachesPeople } from '../county/declared.js';
import type { CountyLog, Placed } from '../county/happening.js';
import type { TestRecipient } from '../county/places.js';
import { AgreementsInForce } from './agreements.js';

/** Where an event became a family's, through whom, and on which membership or link that rests. */
export interface Attachment {
  readonly event: Placed;
  readonly family: string;
  readonly person: string;
  readonly via: string | null;
  readonly at: number;
}

/**
 * What is so at each position of a history, worked out from the events alone and as slowly as it takes:
 * the relay's own code has no part in it.
 */
export class Truth {
  readonly events: readonly Placed[];
  readonly length: number;
  readonly families: readonly string[];
  readonly streams: readonly string[];
  readonly attachments: readonly Attachment[];
  readonly agreements: AgreementsInForce;
  readonly #withdrawnAt = new Map<string, number>();
  readonly #byStream = new Map<string, Placed[]>();
  /** By recipient and family: at each position. */
  readonly #entitled = new Map<string, readonly boolean[]>();
  readonly #running = new Map<string, readonly Placed[]>();

  constructor(readonly log: CountyLog) {
    this.events = log.events;
    this.length = log.events.length;
    this.families = [...new Set(log.events.flatMap(({ family }) => family ?? []))];
    for (const event of log.events) {
      const stream = this.#byStream.get(event.streamId);
      if (stream) stream.push(event);
      else this.#byStream.set(event.streamId, [event]);
      if (event.type === 'RecordWithdrawn') this.#withdrawnAt.set(event.target!, event.position);
    }
    this.streams = [...this.#byStream.keys()];
    this.attachments = this.#attachAll();
    this.agreements = new AgreementsInForce(log);
  }

  /** Whether an event has not been withdrawn by position `t`. */
  stands(id: string, t: number): boolean {
    return !((this.#withdrawnAt.get(id) ?? Infinity) <= t);
  }

  first(streamId: string): Placed {
    return this.#byStream.get(streamId)![0]!;
  }

  /** Standing events of a stream up to `t` of some types. */
  #standing(streamId: string, t: number, types: readonly string[]): Placed[] {
    return this.#byStream
      .get(streamId)!
      .filter(
        (event) => event.position <= t && types.includes(event.type) && this.stands(event.id, t),
      );
  }

  isOpen(streamId: string, t: number): boolean {
    const begins = [...beginsEpisode, 'MembershipBegan'];
    const ends = [...endsEpisode, 'MembershipEnded'];
    return (
      this.#standing(streamId, t, begins).length > 0 &&
      this.#standing(streamId, t, ends).length === 0
    );
  }

  linkOf(streamId: string, t: number): Placed | undefined {
    return this.#standing(streamId, t, ['ContactLinked']).at(-1);
  }

  familyOf(streamId: string, t: number): string | undefined {
    return this.first(streamId).family ?? this.linkOf(streamId, t)?.family;
  }

  /** While a family is restricted nobody but a hub may know of it. */
  isHidden({ audience }: TestRecipient, family: string, t: number): boolean {
    return audience !== 'safeguarding-hub' && this.isRestricted(family, t);
  }

  isRestricted(family: string, t: number): boolean {
    const marks = this.#byStream.get(`restriction-${family}`) ?? [];
    const last = marks.findLast(
      ({ position, type }) => position <= t && type !== 'RestrictionReviewed',
    );
    return last?.type === 'FamilyRestricted';
  }

  /** Whether the family's address is to be known to nobody but hubs. */
  isConfidential(family: string, t: number): boolean {
    const marks = this.#byStream.get(`shielding-${family}`) ?? [];
    return marks.findLast(({ position }) => position <= t)?.type === 'AddressMadeConfidential';
  }

  /** Whether whoever made a contact asked that nobody be told who they are. */
  wishesAnonymity(streamId: string): boolean {
    const all = this.#byStream.get(streamId) ?? [];
    return all.some(({ type }) => type === 'AnonymityRequested');
  }

  /** What of a cell is told on a family's page: no address that is confidential, save to hubs. */
  withoutConfidential(
    { audience }: TestRecipient,
    family: string,
    t: number,
    cell: DeclaredCell,
  ): DeclaredCell {
    if (audience === 'safeguarding-hub' || !this.isConfidential(family, t)) return cell;
    return { ...cell, fields: cell.fields.filter((field) => !/^(address|postcode)$/.test(field)) };
  }

  /** The post named by the last restriction of a family. */
  speakTo(family: string): unknown {
    const marks = this.#byStream.get(`restriction-${family}`) ?? [];
    return marks.findLast(({ type }) => type === 'FamilyRestricted')?.data['speakTo'];
  }

  /** Registered, on caseload, or a matter in hand about the family. */
  entitled(recipient: TestRecipient, family: string, t: number): boolean {
    const key = recipient.id + family;
    let known = this.#entitled.get(key);
    if (!known) {
      const relating = this.streams.filter(
        (streamId) =>
          /^(registration|caseload|contact)-/.test(streamId) &&
          this.first(streamId).owner === recipient.id,
      );
      known = Array.from({ length: this.length + 1 }, (_, at) =>
        relating.some(
          (streamId) =>
            this.isOpen(streamId, at) &&
            this.familyOf(streamId, at) === family &&
            !this.isHidden(recipient, family, at),
        ),
      );
      this.#entitled.set(key, known);
    }
    return known[t] ?? false;
  }

  /** Entitled at `t` or until just before it: what `t` itself brings is still told. */
  entitledAround(recipient: TestRecipient, family: string, t: number): boolean {
    return this.entitled(recipient, family, t) || this.entitled(recipient, family, t - 1);
  }

  /** The columns that name a recipient by its part in the matter. */
  partsOf({ id }: TestRecipient, event: Placed): DeclaredColumn[] {
    const { owner, referrer } = this.first(event.streamId);
    return [
      ...(owner === id ? (['author'] as const) : []),
      ...(referrer === id ? (['referrer'] as const) : []),
    ];
  }

  /** The beginnings of the episodes that stand open for a family. */
  running(family: string, t: number): readonly Placed[] {
    const key = `${family} ${t}`;
    let running = this.#running.get(key);
    if (!running) {
      running = this.streams
        .map((streamId) => this.first(streamId))
        .filter((event) => beginsEpisode.includes(event.type) && this.isOpen(event.streamId, t))
        .filter((event) =>
          this.attachments.some(
            (each) =>
              each.event === event &&
              each.family === family &&
              each.at <= t &&
              (each.via === null || this.stands(each.via, t)),
          ),
        );
      this.#running.set(key, running);
    }
    return running;
  }

  #attachAll(): Attachment[] {
    const found: Attachment[] = [];
    for (const event of this.events) {
      const t = event.position;
      const put = (attached: Placed, family: string, person: string, via: string | null) => {
        const already = found.some(
          (each) =>
            each.event === attached &&
            each.family === family &&
            each.person === person &&
            (each.via === null || this.stands(each.via, t)),
        );
        if (!already) found.push({ event: attached, family, person, via, at: t });
      };
      this.#attachThroughPeople(event, put);
      const alone =
        event.target === undefined &&
        !reachesPeople.includes(event.type) &&
        !forEverybody.includes(event.type);
      if (alone) this.#attachToFamily(event, put);
    }
    return found;
  }

  #attachThroughPeople(event: Placed, put: Put): void {
    const t = event.position;
    const reopened =
      event.type === 'RecordWithdrawn' && this.log.byId(event.target!).type === 'MembershipEnded';
    for (const streamId of this.streams) {
      if (!streamId.startsWith('membership-') || !this.isOpen(streamId, t)) continue;
      const began = this.first(streamId);
      const person = began.people[0]!;
      if (event === began || (reopened && event.streamId === streamId)) {
        for (const earlier of this.events) {
          const about = reachesPeople.includes(earlier.type) && earlier.people.includes(person);
          if (earlier.position < t && about) put(earlier, began.family!, person, began.id);
        }
      }
      if (reachesPeople.includes(event.type) && event.people.includes(person)) {
        put(event, began.family!, person, began.id);
      }
    }
  }

  #attachToFamily(event: Placed, put: Put): void {
    const { streamId, position: t } = event;
    if (event.type === 'ContactLinked') {
      for (const earlier of this.#byStream.get(streamId)!) {
        const brought =
          earlier.position < t && earlier.type !== 'ContactLinked' && earlier.target === undefined;
        if (brought) put(earlier, event.family!, '', event.id);
      }
      put(event, event.family!, '', null);
      return;
    }
    const family = this.familyOf(streamId, t);
    if (family === undefined) return;
    put(event, family, '', this.#restsOn(event));
  }

  #restsOn(event: Placed): string | null {
    const { streamId, position } = event;
    if (streamId.startsWith('membership-')) {
      return event.type === 'MembershipBegan' ? null : this.first(streamId).id;
    }
    if (this.first(streamId).family !== undefined) return null;
    return this.linkOf(streamId, position)?.id ?? null;
  }
}

type Put = (event: Placed, family: string, person: string, via: string | null) => void;
