import type { Placed } from '../county/happening.js';
import type { TestRecipient } from '../county/places.js';
import type { RanRow } from '../running/plain-run.js';
import type { Truth } from '../truth/truth.js';

/** What one recipient was told, beside the truth. */
export interface Subject {
  readonly truth: Truth;
  readonly recipient: TestRecipient;
  readonly feed: readonly RanRow[];
  /** The rows the relay remembers, each with the event it tells: all but the directory's. */
  readonly told: readonly Told[];
}

export interface Told extends RanRow {
  readonly record: NonNullable<RanRow['record']>;
  readonly event: Placed;
  readonly family: string | null;
}

export function subjectOf(
  truth: Truth,
  recipient: TestRecipient,
  feed: readonly RanRow[],
): Subject {
  const told = feed.flatMap(({ row, record }) => {
    if (!record) return [];
    const event = truth.log.byId(record.event.eventId);
    const family = record.line.startsWith('family/') ? record.line.slice('family/'.length) : null;
    return [{ row, record, event, family }];
  });
  return { truth, recipient, feed, told };
}

export function isExistence({ record }: Told): boolean {
  return record.grade === 'existence';
}

/** Tells somebody who may not know of a restriction that a family is shared again. */
export function isNeutralBeginning({ record, event }: Told): boolean {
  return event.type === 'RestrictionLifted' && !record.recipient.endsWith('.safeguarding-hub');
}

/** Told again because a restriction that had taken it back was lifted. */
export function isToldAgain({ record }: Told, { log }: Truth): boolean {
  const { via } = record;
  return log.events.some(({ id, type }) => id === via && type === 'RestrictionLifted');
}

/** Told because an officer said that the past is told, or what is left of it when it is withdrawn. */
export function isToldAnew(told: Told, { events }: Truth): boolean {
  const because = events[told.record.toldAt - 1];
  return because!.type.startsWith('Past') && isPlain(told) && told.event.target === undefined;
}

/** Tells an event itself, or corrects one: neither existence nor a withdrawal. */
export function isPlain(told: Told): boolean {
  const stands = told.row.envelope.withdraws === undefined;
  return stands && !isExistence(told) && !isNeutralBeginning(told);
}

/** Told to a contact's author or referrer: stays whatever becomes of the contact's links. */
export function isOwnContact({ record, event }: Told): boolean {
  return record.own && event.streamId.startsWith('contact-');
}

/** The fields a row tells; none once it is withdrawn. */
export function fieldsOf({ row }: RanRow): string[] {
  return Object.keys(row.body ?? {}).filter((field) => field !== 'salt');
}
