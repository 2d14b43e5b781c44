import { declaredBeforehand, declaredBy } from '../county/declared-versions.js';
import { kindOfType } from '../county/declared-kinds.js';
import type { DeclaredCell } from '../county/declared.js';
import type { Placed } from '../county/happening.js';
import { stored } from '../county/happening.js';
import type { Attachment } from '../truth/truth.js';
import { must, nameRow } from './broken.js';
import { checkGround } from './rows.js';
import type { Subject, Told } from './subject.js';
import { fieldsOf, isOwnContact, isPlain, isToldAnew } from './subject.js';

/** A row that is due because an officer said so. */
interface Due {
  readonly attachment: Attachment;
  readonly at: number;
  readonly fields: readonly string[];
}

interface PastDue {
  readonly rows: readonly Due[];
  /** By row: what takes it back. */
  readonly taken: ReadonlyMap<string, Placed>;
}

const known = new WeakMap<Subject, PastDue>();

/** What is told of the past is what may be told of it then, and what goes is what may be told no longer. */
export function checkPast(subject: Subject): void {
  const { rows } = pastDue(subject);
  const open = new Map(rows.map((due) => [keyOf(due.attachment, due.at), due]));
  must(open.size === rows.length, 'the past is told once', subject.recipient.id);
  for (const each of subject.told) {
    if (!isToldAnew(each, subject.truth)) continue;
    const { personId, toldAt, via } = each.record;
    const place = { event: each.event, family: each.family ?? '', person: personId };
    const due = open.get(keyOf(place, toldAt));
    must(due !== undefined && due.attachment.via === via, 'the past is told where due', () =>
      nameRow(each),
    );
    open.delete(keyOf(place, toldAt));
    const fields = fieldsOf(each);
    must(
      each.row.body === null || fields.sort().join() === [...due.fields].sort().join(),
      'of the past is told what may be told by now',
      () => `${nameRow(each)} carries ${fields.join(' ')}, due ${due.fields.join(' ')}`,
    );
    must(each.row.envelope.joined === true, 'the past is marked as told late', () =>
      nameRow(each),
    );
    checkGround(subject, each);
  }
  for (const { attachment, at } of open.values()) {
    must(
      false,
      'everyone meant is told of the past',
      () =>
        `${subject.recipient.id}: e${attachment.event.serial} ${attachment.event.type} at ${at}`,
    );
  }
}

function keyOf({ event, family, person }: Omit<Attachment, 'via' | 'at'>, at: number): string {
  return [event.id, family, person, at].join(' ');
}

/** What is due of the past, beside what the rows told before each event of it. */
export function pastDue(subject: Subject): PastDue {
  let due = known.get(subject);
  if (!due) {
    const rows: Due[] = [];
    const taken = new Map<string, Placed>();
    for (const event of subject.truth.events) {
      const meant = event.data['recipients'] as readonly string[] | undefined;
      if (!event.type.startsWith('Past') || !meant?.includes(subject.recipient.id)) continue;
      if (event.type === 'PastWithdrawn') withdrawnAt(subject, event, rows, taken);
      else redisclosedAt(subject, event, rows, taken);
    }
    due = { rows, taken };
    known.set(subject, due);
  }
  return due;
}

function redisclosedAt(
  subject: Subject,
  past: Placed,
  rows: Due[],
  taken: Map<string, Placed>,
): void {
  for (const attachment of placesOf(subject, past)) {
    const cell = cellNow(subject, attachment, past.position);
    if (!isTold(cell)) continue;
    const fields = carried(attachment.event, cell.fields);
    const held = heldAt(subject, attachment, past.position);
    const told = new Set(held.flatMap((row) => carried(row.event, row.record.fields)));
    const isMore = fields.length > told.size && [...told].every((field) => fields.includes(field));
    if (held.length > 0 && !isMore) continue;
    for (const row of held) take(subject, row, past, taken);
    rows.push({ attachment, at: past.position, fields });
  }
}

function withdrawnAt(
  subject: Subject,
  past: Placed,
  rows: Due[],
  taken: Map<string, Placed>,
): void {
  const { position } = past;
  const gone = subject.told.filter(
    (row) =>
      isItself(row) && isMeant(subject, past, row.event) && isHeld(subject, row, position) &&
      isBeyondTable(subject, row, position),
  ); // prettier-ignore
  for (const row of gone) take(subject, row, past, taken);
  for (const attachment of placesOf(subject, past)) {
    const was = gone.find((row) => isThere(row, attachment));
    const cell = cellNow(subject, attachment, position);
    if (!was || !isTold(cell)) continue;
    const fields = cell.fields.filter((field) => was.record.fields.includes(field));
    rows.push({ attachment, at: position, fields: carried(attachment.event, fields) });
  }
}

/** Judged by the columns by which it was told, whoever is related to whom now. */
function isBeyondTable({ truth, recipient }: Subject, row: Told, t: number): boolean {
  const version = truth.agreements.tableAt(t);
  const parts = truth.partsOf(recipient, row.event);
  const isRelated = row.row.envelope.ground.split('+').includes('relation');
  const late = row.record.toldAt !== row.event.position && parts.length === 0;
  const cell = late
    ? declaredBeforehand(version, row.event.type, recipient)
    : declaredBy(version, row.event.type, isRelated ? [...parts, recipient.audience] : parts);
  const fields = carried(row.event, row.record.fields);
  return !isTold(cell) || !fields.every((field) => cell.fields.includes(field));
}

function take(subject: Subject, row: Told, past: Placed, taken: Map<string, Placed>): void {
  const corrections = subject.told.filter(
    ({ row: { envelope } }) => envelope.corrects === row.record.id,
  );
  for (const each of [row, ...corrections]) {
    if (isHeld(subject, each, past.position)) taken.set(each.record.id, past);
  }
}

/** Where what is meant is part of the history of a family that the recipient is related to. */
function placesOf(subject: Subject, past: Placed): readonly Attachment[] {
  const { truth, recipient } = subject;
  const { position } = past;
  return truth.attachments.filter(
    ({ event, family, via, at }) =>
      at < position &&
      truth.entitled(recipient, family, position) &&
      truth.stands(event.id, position) &&
      (via === null || truth.stands(via, position)) &&
      isMeant(subject, past, event),
  );
}

/** Of the kinds, versions and days that are meant, and not the recipient's own record. */
function isMeant({ truth, recipient }: Subject, past: Placed, event: Placed): boolean {
  const of = (name: string) => past.data[name] as readonly unknown[];
  const { from, until } = past.data as Readonly<Record<string, string | undefined>>;
  const day = stored(event).metadata.recordedAt.slice(0, 10);
  return (
    event.position < past.position &&
    of('kinds').includes(kindOfType(event.type)) &&
    of('recordedUnder').includes(truth.agreements.tableAt(event.position)) &&
    (from === undefined || until === undefined || (from <= day && day <= until)) &&
    !truth.partsOf(recipient, event).includes('author')
  );
}

function cellNow({ truth, recipient }: Subject, { event, family }: Attachment, t: number) {
  const parts = truth.partsOf(recipient, event);
  const cell = truth.agreements.cellFor(recipient, event, parts, t, family);
  return truth.withoutConfidential(recipient, family, t, cell);
}

function isTold({ grade }: DeclaredCell): boolean {
  return grade === 'content' || grade === 'notice';
}

function carried(event: Placed, fields: readonly string[]): string[] {
  const always = ['organisation', 'recordedBy'];
  return fields.filter((field) => field in event.data || always.includes(field));
}

function heldAt(subject: Subject, attachment: Attachment, t: number): readonly Told[] {
  return subject.told.filter(
    (row) => isItself(row) && isThere(row, attachment) && isHeld(subject, row, t),
  );
}

/** Tells an event itself, and not what was put right of it. */
function isItself(row: Told): boolean {
  return isPlain(row) && row.event.target === undefined;
}

function isThere(row: Told, { event, family, person }: Attachment): boolean {
  const isHere = row.family === family && row.record.personId === person;
  return row.event === event && (isOwnContact(row) || isHere);
}

/** Told before `t` and not withdrawn by then. */
function isHeld({ told }: Subject, { record }: Told, t: number): boolean {
  const withdrawn = told.find(({ row }) => row.envelope.withdraws === record.id);
  return record.toldAt < t && (withdrawn?.record.toldAt ?? t) >= t;
}
