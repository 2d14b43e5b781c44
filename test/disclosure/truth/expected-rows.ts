import type { DeclaredCell } from '../county/declared.js';
import { forEverybody, reachesPeople } from '../county/declared.js';
import { declaredBy } from '../county/declared-versions.js';
import type { Placed } from '../county/happening.js';
import type { TestRecipient } from '../county/places.js';
import type { Truth } from './truth.js';

/** A row that is due: of which event, at which position, telling what. */
export interface ExpectedRow {
  readonly event: Placed;
  readonly at: number;
  readonly cell: DeclaredCell;
}

/** A contact's rows told to its author or referrer count once, whatever line they came on. */
export function ownKey(eventId: string): string {
  return `${eventId} own`;
}

export function rowKey(eventId: string, family: string, person: string, via: string | null) {
  return [eventId, family, person, via ?? ''].join(' ');
}

/** Every row a recipient must be told and no other, corrections, withdrawals and existence apart. */
export function expectedRows(truth: Truth, recipient: TestRecipient): Map<string, ExpectedRow> {
  const expected = new Map<string, ExpectedRow>();
  const expect = (key: string, row: ExpectedRow) => {
    const told = row.cell.grade === 'content' || row.cell.grade === 'notice';
    if (told && !expected.has(key)) expected.set(key, row);
  };
  for (const event of truth.events) {
    const row = toldAsOwn(truth, recipient, event);
    if (row) expect(row.key, row);
  }
  for (const { event, family, person, via, at } of truth.attachments) {
    const due = firstDue(truth, recipient, family, at);
    if (due === undefined || (via !== null && !truth.stands(via, due))) continue;
    const parts = truth.partsOf(recipient, event);
    const declared = truth.agreements.cellFor(recipient, event, parts, due, family);
    const cell = truth.withoutConfidential(recipient, family, due, declared);
    const own = isContactEvent(event) && parts.length > 0;
    const key = own ? ownKey(event.id) : rowKey(event.id, family, person, via);
    expect(key, { event, at: due, cell });
  }
  return expected;
}

/** As author or referrer, at the event's own position. */
function toldAsOwn(truth: Truth, recipient: TestRecipient, event: Placed) {
  const parts = truth.partsOf(recipient, event);
  const alone =
    parts.length > 0 &&
    event.target === undefined &&
    !reachesPeople.includes(event.type) &&
    !forEverybody.includes(event.type);
  if (!alone) return undefined;
  if (event.type === 'ContactLinked' && !parts.includes('author')) return undefined;
  const at = event.position;
  const family = truth.attachments.find((each) => each.event === event && each.at === at)?.family;
  const both = family !== undefined && truth.entitledAround(recipient, family, at);
  const cell = both
    ? truth.agreements.cellFor(recipient, event, parts, at, family)
    : declaredBy(truth.agreements.tableAt(at), event.type, parts);
  const key = isContactEvent(event) ? ownKey(event.id) : rowKey(event.id, family ?? '', '', null);
  return { key, event, at, cell };
}

/** The first position from `at` on at which the recipient is entitled to the family. */
function firstDue(
  truth: Truth,
  recipient: TestRecipient,
  family: string,
  at: number,
): number | undefined {
  if (truth.entitledAround(recipient, family, at)) return at;
  for (let t = at + 1; t <= truth.length; t += 1) {
    if (truth.entitled(recipient, family, t)) return t;
  }
  return undefined;
}

export function isContactEvent({ streamId }: { readonly streamId: string }): boolean {
  return streamId.startsWith('contact-');
}
