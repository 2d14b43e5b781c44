import { isFollowing } from '@common-thread/disclosure/disclosure-table';
import { grantedBy } from '@common-thread/disclosure/agreed';
import { lineOf, ofThePast, rank, union } from '@common-thread/disclosure/cells';
import type { Policy } from '@common-thread/disclosure/policy';
import { partsOf } from '@common-thread/disclosure/parts';
import {
  audienceOf,
  isEntitled,
  isHiddenFrom,
  linkOf,
  stands,
} from '@common-thread/disclosure/policy';
import { withoutConfidential } from '@common-thread/disclosure/shielding';
import { lineIn, tableNow } from '@common-thread/disclosure/tables';
import { tellingOf } from '@common-thread/disclosure/telling';
import type { EventRef, Fact } from './fact.js';
import { carriedBy, reachOf } from './fact.js';
import type { Place } from './family-index.js';
import { comparePlaces } from './family-index.js';
import { contactLine, familyLine, familyOfLine, isContact } from './lines.js';
import type { PastRow } from './past.js';
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
  /** Whether a recipient may be told anew on a line what happened there before. */
  mayBeToldOfThePast(policy: Policy, recipient: string, line: string): boolean;
  /** What a recipient holds of an event at a place, or as the contact's referrer. */
  rowsHeld(
    state: RelayState,
    recipient: string,
    eventId: string,
    place: TellingPlace,
  ): readonly RowRecord[];
  /** Whether a row tells more than the table in force lets its recipient be told. */
  isBeyondTable(policy: Policy, row: PastRow, fact: Fact): boolean;
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
  mayBeToldOfThePast: (policy, recipient, line) =>
    isEntitled(policy, recipient, familyOfLine(line) ?? ''),
  rowsHeld: ({ told }, recipient, eventId, place) =>
    told
      .of(eventId)
      .filter((row) => row.recipient === recipient && row.withdrawnBy === null)
      .filter((row) => isAt(row, place)),
  isBeyondTable,
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

/**
 * Judged by the columns by which it was told, its record of the past by the grade of history: whether a duty, an
 * agreement or a relationship still stands is not the table's to say.
 */
function isBeyondTable(policy: Policy, { record: row, related }: PastRow, fact: Fact): boolean {
  const table = tableNow(policy);
  const line = lineIn(table, fact.type);
  if (isFollowing(line)) return false;
  const audience = audienceOf(row.recipient);
  const parts = partsOf(policy, row.recipient, fact.streamId);
  const cell = union(line, related ? [...parts, audience] : parts);
  const isOfHistory = row.toldAt !== fact.ordinal && parts.length === 0;
  const left = isOfHistory ? ofThePast(line, table.gradeOfHistory[audience], cell) : cell;
  if (rank(left.grade) < rank('notice')) return true;
  return !carriedBy(fact, row.fields).every((field) => left.fields.includes(field));
}

/** Withdrawn though its event stands: what it told wrongly is nobody's there to put right. */
export function isTakenBack({ withdrawnBy }: RowRecord): boolean {
  return withdrawnBy !== null;
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

/** Whether a row tells an event itself at a place, or wherever a contact's author or referrer was told it. */
export function isAt(row: RowRecord, { line, personId }: TellingPlace): boolean {
  const isPlain = row.follows === null && row.grade !== 'existence';
  return isPlain && (isOwnContact(row) || (row.line === line && row.personId === personId));
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
