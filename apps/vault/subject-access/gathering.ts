import type { Policy, StreamPolicy } from '@common-thread/disclosure/policy';
import {
  emptyPolicy,
  familiesOfPerson,
  familiesOfStream,
  foldPolicy,
  isRestricted,
  membershipsOf,
  stands,
} from '@common-thread/disclosure/policy';
import { restrictionMark } from '@common-thread/disclosure/narrowing-folds';
import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { codec } from '@common-thread/domain/event-catalogue';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import { peopleFields } from '@common-thread/eventing/event-shapes';
import { categoryOf } from '@common-thread/eventing/identifiers';
import type { NamesInLog } from '@common-thread/platform/subject-access';

/** Streams that are a family's: a fact in one that names nobody is about whoever belonged to it then. */
const FAMILY_STREAMS = new Set(['registration', 'caseload']);
/** Streams that are about the children named in them, also where one fact names nobody. */
const MATTERS = new Set(['referral', 'contact']);

/**
 * Everything the log holds about one person, found by reading it from its beginning: no index is trusted
 * to be whole. Facts that name only others of the family are about those.
 */
export class Gathering {
  readonly #policy: Policy = emptyPolicy();
  readonly #facts: RecordedCommonThreadEvent[] = [];
  readonly #matters = new Set<string>();
  /** Withdrawn or not, the event that each correction corrects. */
  readonly #corrects = new Map<string, string>();
  readonly #organisations = new Map<string, string>();
  readonly #places = new Map<string, string>();

  constructor(private readonly personId: string) {}

  /** Folds one event, in log order. */
  fold(stored: StoredEvent): void {
    const event: RecordedCommonThreadEvent = codec.decode(stored);
    foldPolicy(this.#policy, event);
    if (event.type === 'RecordWithdrawn') return;
    this.#noteName(event);
    const named = peopleNamedBy(event);
    const category = categoryOf(event.streamId);
    if (MATTERS.has(category)) {
      if (named.includes(this.personId)) this.#matters.add(event.streamId);
    } else if (named.includes(this.personId) || this.#isOfTheirFamily(event, category, named)) {
      this.#add(event);
    }
  }

  /** Referrals and contacts about them: given whole to `foldMatter`, once everything is folded. */
  get matters(): readonly string[] {
    return [...this.#matters];
  }

  foldMatter(history: readonly StoredEvent[]): void {
    for (const stored of history) {
      const event: RecordedCommonThreadEvent = codec.decode(stored);
      if (event.type === 'RecordWithdrawn') continue;
      const named = peopleNamedBy(event);
      if (named.length === 0 || named.includes(this.personId)) this.#add(event);
    }
  }

  /** The oldest first. */
  get facts(): readonly RecordedCommonThreadEvent[] {
    return this.#facts.toSorted((a, b) => (placeInTime(a) < placeInTime(b) ? -1 : 1));
  }

  get isKnown(): boolean {
    return this.#facts.some(({ type }) => type === 'PersonRegistered');
  }

  /** What organisations and places are called by now: public, and the same in every copy. */
  get names(): NamesInLog {
    return {
      organisations: [...this.#organisations].map(([organisationId, name]) => ({
        organisationId,
        name,
      })),
      places: [...this.#places].map(([placeId, name]) => ({ placeId, name })),
    };
  }

  /** Families of theirs, now or ever, that are not restricted. */
  get openFamilies(): readonly string[] {
    return this.#familiesEver().filter((id) => !isRestricted(this.#policy, id));
  }

  /** Restricted in every family they belong to: then nobody is told that they are known. */
  get isRestricted(): boolean {
    const families = this.#familiesEver();
    return families.length > 0 && this.openFamilies.length === 0;
  }

  /** Whether an event is about a family that is restricted now. */
  isAboutRestricted({ streamId }: RecordedCommonThreadEvent): boolean {
    const category = categoryOf(streamId);
    if (category === 'restriction') return true;
    if (category === 'person') return this.isRestricted;
    return familiesOfStream(this.#policy, streamId).some((id) => isRestricted(this.#policy, id));
  }

  /** Whether another fold has the same last word on the restriction of each family of theirs. */
  restrictionsAreStill(fold: { restrictionMark(familyId: string): string | undefined }): boolean {
    return this.#familiesEver().every(
      (id) => fold.restrictionMark(id) === restrictionMark(this.#policy, id),
    );
  }

  /** Not withdrawn, and neither is what it corrects. */
  isStanding(eventId: string): boolean {
    const target = this.#corrects.get(eventId);
    return stands(this.#policy, eventId) && (target === undefined || stands(this.#policy, target));
  }

  correctedBy(eventId: string): string | undefined {
    return this.#corrects.get(eventId);
  }

  streamOf(streamId: string): StreamPolicy | undefined {
    return this.#policy.streams.get(streamId);
  }

  #noteName({ type, data }: RecordedCommonThreadEvent): void {
    if (type === 'OrganisationRecorded') this.#organisations.set(data.organisationId, data.name);
    else if (type === 'PlaceRecorded') this.#places.set(data.placeId, data.name);
  }

  #isOfTheirFamily(
    { streamId }: RecordedCommonThreadEvent,
    category: string,
    named: readonly string[],
  ): boolean {
    if (named.length > 0 || !FAMILY_STREAMS.has(category)) return false;
    const theirs = familiesOfPerson(this.#policy, this.personId);
    return familiesOfStream(this.#policy, streamId).some((id) => theirs.includes(id));
  }

  #familiesEver(): readonly string[] {
    const families = membershipsOf(this.#policy, this.personId).flatMap((m) => m.familyId ?? []);
    return [...new Set(families)];
  }

  #add(event: RecordedCommonThreadEvent): void {
    this.#facts.push(event);
    if ('corrects' in event.data) this.#corrects.set(event.id, event.data.corrects);
  }
}

/** Ids of the people an event names. */
export function peopleNamedBy(event: RecordedCommonThreadEvent): readonly string[] {
  const data: Readonly<Record<string, unknown>> = event.data;
  return peopleFields(codec.shapeOf(event.type))
    .flatMap((field) => data[field])
    .filter((id) => typeof id === 'string');
}

function placeInTime({ id, metadata }: RecordedCommonThreadEvent): string {
  return [metadata.occurredAt, metadata.recordedAt, id].join(' ');
}
