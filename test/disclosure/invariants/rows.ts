import { namesMembers, reachesPeople } from '../county/declared.js';
import { nameOf, people } from '../county/places.js';
import type { ExpectedRow } from '../truth/expected-rows.js';
import { expectedRows, isContactEvent, ownKey, rowKey } from '../truth/expected-rows.js';
import { must, nameRow } from './broken.js';
import type { Subject, Told } from './subject.js';
import { fieldsOf, isPlain, isToldAgain, isToldAnew } from './subject.js';

/** Envelope fields a cell may name, beside those of the event. */
const alwaysThere = ['organisation', 'recordedBy'];

/**
 * How a membership comes to be withdrawn: never while something names its person in that family, or
 * whenever somebody does, who cannot know what is being recorded elsewhere.
 */
export type Withdrawing = 'with care' | 'at any time';

/** Exactly what is due is told, when it is due, and nothing that no cell declares. */
export function checkRows(subject: Subject, withdrawing: Withdrawing = 'with care'): void {
  const { truth, recipient, told } = subject;
  const expected = expectedRows(truth, recipient);
  const found = new Set<string>();
  for (const each of told) {
    checkPeople(subject, each, withdrawing);
    checkTable(subject, each);
    if (each.event.target !== undefined || !isPlain(each)) continue;
    if (isToldAgain(each, truth)) continue; // see restriction.ts
    if (isToldAnew(each, truth)) continue; // see past.ts
    const key = keyOf(each);
    must(!found.has(key), 'nothing told twice', () => nameRow(each));
    found.add(key);
    const due = expected.get(key);
    must(due !== undefined, 'nobody is told without ground', () => nameRow(each));
    checkRow(each, due);
    checkGround(subject, each);
  }
  for (const [key, { event, at }] of expected) {
    // A contact's referrer has it wherever its line has moved since.
    const isHad = (row: Told) =>
      row.event === event && row.record.toldAt < at && isToldAnew(row, truth);
    must(
      found.has(key) || (key === ownKey(event.id) && told.some(isHad)),
      'everyone entitled is told',
      () => `${recipient.id} not told of e${event.serial} ${event.type} due at ${at}`,
    );
  }
}

function checkRow(each: Told, due: ExpectedRow): void {
  const { row, record, event } = each;
  must(
    due.at === record.toldAt,
    'told at the first position at which it is due',
    () => `${nameRow(each)} at ${record.toldAt}, due at ${due.at}`,
  );
  must(
    (row.envelope.joined ?? false) === (record.toldAt !== event.position) &&
      (row.envelope.imported ?? false) === (event.imported ?? false),
    'joined and imported are marked',
    () => nameRow(each),
  );
  const fields = fieldsOf(each);
  must(
    fields.every((field) => due.cell.fields.includes(field)),
    'no undeclared field leaves',
    () => `${nameRow(each)} carries ${fields.join(' ')}`,
  );
  const there = due.cell.fields.filter(
    (field) => field in event.data || alwaysThere.includes(field),
  );
  must(
    row.body === null || fields.length === there.length,
    'every declared field is told',
    () => `${nameRow(each)} carries ${fields.join(' ')} of ${there.join(' ')}`,
  );
}

/** Each row names the version of the table that was in force where it was told. */
function checkTable({ truth }: Subject, { row, record }: Told): void {
  const version = truth.agreements.tableAt(record.toldAt);
  must(
    row.envelope.tableversion === version,
    'told by the table in force at its place in the log',
    () => `${nameRow({ row, record })} by ${row.envelope.tableversion}, not ${version}`,
  );
}

/** Each row says on what it rests, and nothing rests on an agreement or a consent that was not in force. */
export function checkGround(
  { truth, recipient }: Subject,
  { row, record, event, family }: Told,
): void {
  const families = family === null ? [] : [family];
  const granted = truth.agreements.between(recipient, event, record.toldAt, families);
  const named = row.envelope.ground
    .split('+')
    .filter((part) => /^(agreement|consent):/.test(part));
  const word = granted?.family
    ? `consent:${granted.id}`
    : `agreement:${granted?.id}@${granted?.version}`;
  const rests = record.agreement !== null;
  must(
    rests
      ? record.agreement?.id === granted?.id && named.length === 1
      : named.length === 0 || record.own,
    'what rests on an agreement rests on one in force',
    () => nameRow({ row, record }),
  );
  must(
    named.every((part) => part === word),
    'a row names its agreement and version, or its consent',
    () => nameRow({ row, record }),
  );
}

function keyOf({ record, event, family }: Told): string {
  if (record.own && isContactEvent(event)) return ownKey(event.id);
  const person = reachesPeople.includes(event.type) ? record.personId : '';
  return rowKey(event.id, family ?? '', person, record.via);
}

/**
 * Each row holds only its own family's people, and nobody who turned out never to be one. What names them
 * itself rests on no membership and stays what was said: a hub keeps a contact about a child whose
 * membership was recorded in error. What is told of it later names nobody.
 */
function checkPeople({ truth }: Subject, each: Told, withdrawing: Withdrawing): void {
  const stays = withdrawing === 'at any time' && namesMembers.includes(each.event.type);
  const text = JSON.stringify(each.row.body ?? {});
  for (const person of people.filter((id) => text.includes(id))) {
    const memberships = truth.events.filter(
      (event) =>
        event.type === 'MembershipBegan' &&
        event.family === each.family &&
        event.people[0] === person,
    );
    const { toldAt } = each.record;
    must(
      memberships.some(({ id, position }) => position <= toldAt && truth.stands(id, toldAt)),
      "only its own family's people",
      () => `${nameRow(each)} names ${nameOf(person)}`,
    );
    must(
      stays || memberships.some(({ id }) => truth.stands(id, truth.length)),
      'nobody stays on the page of a family they never belonged to',
      () => `${nameRow(each)} still names ${nameOf(person)}`,
    );
  }
}
