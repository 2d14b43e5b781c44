import { isFollowing } from '@common-thread/disclosure/disclosure-table';
import { grantedBy } from '@common-thread/disclosure/agreed';
import { lineOf, rank } from '@common-thread/disclosure/cells';
import type { Policy } from '@common-thread/disclosure/policy';
import { partsOf } from '@common-thread/disclosure/parts';
import { isHiddenFrom, linkOf, stands } from '@common-thread/disclosure/policy';
import { withoutConfidential } from '@common-thread/disclosure/shielding';
import { tellingOf } from '@common-thread/disclosure/telling';
import type { EventRef, Fact } from './fact.js';
import { reachOf } from './fact.js';
import type { Place } from './family-index.js';
import { comparePlaces } from './family-index.js';
import { contactLine, familyLine, familyOfLine, isContact } from './lines.js';
import type { FeedHead, RelayState } from './relay-state.js';
import type { Walk } from './tasks.js';
import type { RowRecord, ToldRows } from './told-rows.js';

/** Where an event is told, and through whom it gets there. */
export interface TellingPlace {
  readonly line: string;
  readonly personId: string;
}

/**
 * The rules that some history refutes as soon as they are made any simpler. They stand here by name so
 * that a test can put in the simpler reading and see it caught; the relay itself runs `relayRules`
 * and nothing else.
 */
export interface RelayRules {
  /** What may be told of an event, on the duties and agreements of now. */
  readonly tellingOf: typeof tellingOf;
  /** Of the fields that a cell lets be told, those not hidden within the record now. */
  fieldsToTell(policy: Policy, recipient: string, row: FieldsOnLine): readonly string[];
  /** Entries of a line are walked in log order, one person after another. */
  comparePlaces(a: Place, b: Place): number;
  /** A later entitlement resumes where an earlier one paused. */
  resumesAfter(cursor: Place | undefined, task: Walk, trigger: EventRef): Place | undefined;
  /** What was told for this family, or as the contact's author or referrer, is not told again. */
  isToldAlready(
    state: RelayState,
    recipient: string,
    eventId: string,
    place: TellingPlace,
  ): boolean;
  /** Where the author or referrer hears of an event whatever its relationship is now. */
  ownPlaces(state: RelayState, recipient: string, fact: Fact): readonly TellingPlace[];
  /** Whether a correction of this row still goes to the one told of it. */
  reachesByCorrection(state: RelayState, row: RowRecord): boolean;
  /** Whether a row tells more than its agreement lets be told by now. */
  isBeyondAgreement(policy: Policy, row: RowRecord): boolean;
  /** Whether a restriction or its lifting that lies in the past is part of what is joined. */
  isJoined(restrictionMark: EventRef): boolean;
  /** The corrections that go with a withdrawn event. */
  correctionsOf(told: ToldRows, eventId: string): readonly RowRecord[];
  /** The rows that go with a withdrawn membership or link. */
  restingOn(told: ToldRows, eventId: string): readonly RowRecord[];
  /** Whether a service is involved, by the streams of its episodes begun and ended. */
  isInvolved(begun: ReadonlySet<string>, ended: ReadonlySet<string>, cause: Cause): boolean;
  /** Nothing withdrawn is told late except without its body. */
  isBornRedacted(policy: Policy, eventId: string): boolean;
  /** A feed's sequence is its own, from 1 without holes. */
  nextSequence(feeds: ReadonlyMap<string, FeedHead>, recipient: string): number;
  /** A redacted row names the row that withdraws it. */
  markOf(withdrawalId: string): string | null;
}

/** What a row is about to tell on a line. */
export interface FieldsOnLine {
  readonly line: string;
  readonly fields: readonly string[];
}

/** The entry after which a service's involvement is judged, and the event of an episode it concerns. */
export interface Cause {
  readonly entry: EventRef;
  readonly subject: EventRef;
}

export const relayRules: RelayRules = {
  tellingOf,
  fieldsToTell: (policy, recipient, { line, fields }) =>
    withoutConfidential(policy, recipient, familyOfLine(line), fields),
  comparePlaces,
  resumesAfter: (cursor) => cursor,
  isToldAlready,
  ownPlaces,
  reachesByCorrection: ({ policy }, row) =>
    (row.via === null || stands(policy, row.via) || isOwnContact(row)) &&
    !isHeld(policy, row) &&
    !isTakenBack(row),
  isBeyondAgreement: ({ agreements }, { agreement, grade }) =>
    agreement !== null && rank(grade) > rank(grantedBy(agreements, agreement.id, agreement.kind)),
  isJoined: () => false,
  correctionsOf: (told, eventId) => told.following(eventId).filter(isCorrection),
  restingOn: (told, eventId) => told.restingOn(eventId).filter((row) => !isOwnContact(row)),
  isInvolved: (begun, ended) => [...begun].some((streamId) => !ended.has(streamId)),
  isBornRedacted: (policy, eventId) => !stands(policy, eventId),
  nextSequence: (feeds, recipient) => (feeds.get(recipient)?.sequence ?? 0) + 1,
  markOf: (withdrawalId) => withdrawalId,
};

function isToldAlready(
  { told, policy }: RelayState,
  recipient: string,
  eventId: string,
  { line, personId }: TellingPlace,
): boolean {
  return told.of(eventId).some((row) => {
    if (row.recipient !== recipient || row.follows !== null || row.grade === 'existence') {
      return false;
    }
    if (isOwnContact(row)) return true;
    // What came by a membership or link since withdrawn no longer counts as told.
    const counts = row.via === null || stands(policy, row.via);
    return row.line === line && row.personId === personId && counts;
  });
}

/**
 * Author and referrer speak alone for the family their stream names, or on the contact's own line;
 * never for families reached through people.
 */
function ownPlaces(state: RelayState, recipient: string, fact: Fact): readonly TellingPlace[] {
  const { policy } = state;
  const stream = policy.streams.get(fact.streamId);
  if (reachOf(fact.type) !== 'family' || !stream) return [];
  const parts = partsOf(policy, recipient, fact.streamId);
  if (parts.length === 0) return [];
  const onFamily = (familyId: string) => [{ line: familyLine(familyId), personId: '' }];
  if (fact.event.type === 'ContactLinked') {
    // It names the family: a referrer hears of it only when entitled.
    return parts.includes('author') ? onFamily(fact.event.data.familyId) : [];
  }
  if (stream.category !== 'contact') {
    return stream.familyId === undefined ? [] : onFamily(stream.familyId);
  }
  const own = [{ line: contactLine(fact.streamId), personId: '' }];
  if (stream.familyId !== undefined) {
    // Where no referral named the family, that the hub knows it is like a link.
    const known = parts.includes('author') || stream.answersReferral === true;
    return known ? onFamily(stream.familyId) : own;
  }
  const link = linkOf(policy, stream);
  const onLinked = link ? onFamily(link.familyId) : [];
  const toldOfLink = onLinked.some((place) =>
    isToldAlready(state, recipient, link?.eventId ?? '', place),
  );
  return toldOfLink ? onLinked : own;
}

/** Withdrawn with the agreement it rested on: what it told wrongly is nobody's there to put right. */
export function isTakenBack({ agreement, withdrawnBy }: RowRecord): boolean {
  return agreement !== null && withdrawnBy !== null;
}

/** While a family is restricted, corrections go to hubs and to those told as author or referrer. */
function isHeld(policy: Policy, row: RowRecord): boolean {
  const familyId = familyOfLine(row.line);
  return !row.own && familyId !== null && isHiddenFrom(policy, row.recipient, familyId);
}

/** Told as a contact's author or referrer: kept whatever becomes of the contact's links. */
export function isOwnContact(row: RowRecord): boolean {
  return row.own && isContact(row.event.streamId);
}

/** Also a neutral one: a restriction told as the withdrawal of the row it takes back. */
export function isWithdrawal(row: RowRecord): boolean {
  return row.follows !== null && followsBy(row.event.type) !== 'corrects';
}

export function isCorrection(row: RowRecord): boolean {
  return row.follows !== null && followsBy(row.event.type) === 'corrects';
}

/** How an event type follows another; null where it stands for itself. */
export function followsBy(type: string): 'corrects' | 'withdraws' | null {
  const line = lineOf(type);
  return isFollowing(line) ? line.follows : null;
}
