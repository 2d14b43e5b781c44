import type { EnvelopeField, Grade } from '@common-thread/disclosure/disclosure-table';
import { envelopeFields } from '@common-thread/disclosure/disclosure-table';
import { occurrenceIdOf } from '@common-thread/disclosure/occurrence-id';
import type { Policy } from '@common-thread/disclosure/policy';
import { everMember } from '@common-thread/disclosure/members';
import { schemaUri } from '@common-thread/disclosure/public-events';
import { versionInForce } from '@common-thread/disclosure/table-in-force';
import type { RestsOnAgreement } from '@common-thread/disclosure/telling';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { FeedBody, FeedEnvelope, FeedRow } from '@common-thread/projecting/feed-row';
import { hashOf } from '@common-thread/projecting/feed-row';
import type { Fact } from './fact.js';
import { peopleFieldsOf, refOf, valueOf } from './fact.js';
import { DIRECTORY, familyOfLine, isRestriction, subjectOf } from './lines.js';
import type { FeedHead } from './relay-state.js';
import { followsBy } from './rules.js';
import type { RowRecord } from './told-rows.js';
import type { Transaction } from './transaction.js';

/** One row about to be written. */
export interface Telling {
  readonly line: string;
  /** The person through whom the event reaches this family; empty where it names the family. */
  readonly personId: string;
  readonly via: string | null;
  readonly grade: Grade;
  readonly fields: readonly string[];
  /** On the wire: `uk.common-thread.referral.raised.v1`. */
  readonly publicType: string;
  /** Why it is told: `author`, `referrer`, `relation`, `directory`, `told`, a duty, an agreement. */
  readonly grounds: readonly string[];
  readonly own: boolean;
  readonly agreement?: RestsOnAgreement;
  /** Told once more, as the event being handled says: its public id is another than that of the first time. */
  readonly anew?: true;
  /** The row it corrects or withdraws. */
  readonly follows?: RowRecord;
  /** Existence rows: the service they are about. */
  readonly service?: string;
  readonly entitlement?: 'begins' | 'ends' | null;
  /** What the row is about, where that is not the event's own stream. */
  readonly subject?: string;
}

/** Appends one row to a recipient's feed. */
export function writeRow(tx: Transaction, recipient: string, fact: Fact, asked: Telling): void {
  const { state, rules, trigger, changes } = tx;
  const telling = { ...asked, fields: rules.fieldsToTell(state.policy, recipient, asked) };
  const { line, personId, via, grade, fields, follows, own } = telling;
  const restsOn = [follows?.id ?? via, ...(telling.anew ? [trigger.eventId] : [])];
  const id = rowId(recipient, fact.eventId, telling, ...restsOn);
  const head = nextHead(tx, recipient);
  const body: FeedBody = { ...bodyOf(state.policy, fact, telling), salt: tx.saltOf(id) };
  const envelope = envelopeOf(tx, recipient, fact, telling, { id, ...head }, hashOf(body));
  const record: RowRecord = {
    recipient,
    sequence: head.sequence,
    id,
    event: refOf(fact),
    toldAt: trigger.ordinal,
    line,
    personId,
    via,
    grade,
    fields,
    follows: follows?.id ?? null,
    own,
    agreement: telling.agreement ?? null,
    withdrawnBy: null,
  };
  const withdrawal = state.policy.withdrawnBy.get(fact.eventId);
  const redacted = !follows && grade !== 'existence' && withdrawal !== undefined;
  const born = redacted && rules.isBornRedacted(state.policy, fact.eventId);
  // Its withdrawal comes after it, and its public id is known beforehand.
  if (born) record.withdrawnBy = rules.markOf(rowId(recipient, withdrawal, telling, id));
  const row: FeedRow = {
    envelope,
    hash: hashOf(envelope),
    body: born ? null : body,
    withdrawnBy: record.withdrawnBy,
  };
  if (line !== DIRECTORY) state.told.add(record);
  state.feeds.set(recipient, head);
  changes.feeds.set(recipient, head);
  changes.rows.set(record, row);
  if (follows && how(fact) === 'withdraws') redact(tx, follows, id);
  tx.countRow();
}

function rowId(
  recipient: string,
  eventId: string,
  { line, personId, service }: Telling,
  ...restsOn: readonly (string | null)[]
): string {
  return derivedId('row', eventId, recipient, line, service ?? personId, ...restsOn);
}

function nextHead({ state, rules, trigger }: Transaction, recipient: string): FeedHead {
  const told = state.feeds.get(recipient)?.disclosedTime;
  const now = trigger.event.metadata.recordedAt;
  // Clocks may disagree; what a recipient reads never runs backwards.
  const disclosedTime = told !== undefined && Date.parse(told) > Date.parse(now) ? told : now;
  return { sequence: rules.nextSequence(state.feeds, recipient), disclosedTime };
}

function redact({ changes, rules }: Transaction, row: RowRecord, withdrawalId: string): void {
  // The store may have been asked for the row twice: whichever copy went first has its mark.
  const redacted = changes.redactions.find(({ id }) => id === row.id);
  row.withdrawnBy ??= redacted?.withdrawnBy ?? rules.markOf(withdrawalId);
  const unwritten = changes.rows.get(row);
  if (unwritten) {
    changes.rows.set(row, { ...unwritten, body: null, withdrawnBy: row.withdrawnBy });
  } else if (!redacted) {
    changes.redactions.push(row);
  }
}

function envelopeOf(
  { trigger, state }: Transaction,
  recipient: string,
  fact: Fact,
  telling: Telling,
  { id, sequence, disclosedTime }: FeedHead & { readonly id: string },
  bodyhash: string,
): FeedEnvelope {
  const { metadata } = fact.event;
  const type = telling.publicType;
  const follows = telling.follows && telling.grade !== 'existence' ? how(fact) : null;
  // Of existence only that it began or ended, of a withdrawal only that it was made.
  const plain = telling.grade !== 'existence' && follows !== 'withdraws';
  const learned = plain && metadata.learnedAt !== metadata.recordedAt && metadata.learnedAt;
  return {
    specversion: '1.0',
    id,
    source: '/common-thread',
    type,
    subject: aboutWhat(fact, telling),
    datacontenttype: 'application/json',
    dataschema: schemaUri(type),
    feed: recipient,
    sequence,
    partitionkey: telling.line,
    time: metadata.occurredAt,
    ...(metadata.occurredPrecision ? { timeprecision: metadata.occurredPrecision } : {}),
    ...(learned ? { learnedtime: learned } : {}),
    recordedtime: metadata.recordedAt,
    disclosedtime: disclosedTime,
    occurrenceid: occurrenceIdOf(fact.eventId, recipient),
    tableversion: versionInForce(state.policy.table),
    ground: telling.grounds.join('+'),
    ...(fact.ordinal === trigger.ordinal ? {} : { joined: true }),
    ...(metadata.imported ? { imported: true } : {}),
    ...(telling.entitlement ? { entitlement: telling.entitlement } : {}),
    ...(telling.follows && follows ? { [follows]: telling.follows.id } : {}),
    bodyhash,
  };
}

/** How a row follows another: what neither corrects nor withdraws by itself takes a row back. */
function how({ type }: Fact): 'corrects' | 'withdraws' {
  return followsBy(type) ?? 'withdraws';
}

/** A neutral withdrawal is about what it takes back, as that was said to be about. */
function aboutWhat({ type, streamId }: Fact, { grade, line, subject, follows }: Telling): string {
  if (grade === 'existence') return line;
  if (subject !== undefined) return subject;
  if (!follows || followsBy(type) !== null) return subjectOf(streamId);
  return isRestriction(follows.event.streamId) ? line : subjectOf(follows.event.streamId);
}

/** The fields told, naming only people of the row's own family. Sealed ones stay sealed. */
function bodyOf(policy: Policy, fact: Fact, telling: Telling): Record<string, unknown> {
  if (telling.service !== undefined) return { service: telling.service };
  const people = peopleFieldsOf(fact.type);
  const body: Record<string, unknown> = {};
  for (const field of telling.fields) {
    const value = isEnvelopeField(field)
      ? fact.event.metadata[field]
      : valueOf(fact.event.data, field);
    const told = people.includes(field) ? nameable(policy, telling, value) : value;
    if (told !== undefined) body[field] = told;
  }
  return body;
}

function isEnvelopeField(field: string): field is EnvelopeField {
  return envelopeFields.some((known) => known === field);
}

function nameable(policy: Policy, { line, personId }: Telling, value: unknown): unknown {
  const familyId = familyOfLine(line);
  const belongs = (id: unknown): boolean => {
    if (personId !== '') return id === personId; // a row for each person names that one
    return typeof id === 'string' && familyId !== null && everMember(policy, id, familyId);
  };
  if (Array.isArray(value)) return value.filter(belongs);
  return belongs(value) ? value : undefined;
}
