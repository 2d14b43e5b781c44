import type { CommandContext } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import { isInstant, londonDay } from './london-day.js';

/** Clocks of two machines may differ by so much before "just now" counts as the future. */
export const clockToleranceMs = 5 * 60_000;

/**
 * Nothing is recorded that has not happened or that was known before it happened. Holds for
 * imported history too: a row dated tomorrow is a fault of its source.
 */
export function occurrenceRefusal(context: CommandContext): Refusal | undefined {
  const { now, occurredAt, occurredPrecision, learnedAt } = context;
  if (!isInstant(occurredAt)) {
    return new Refusal('occurrence/no-time', 'Give the day or time it happened.', '/occurredAt');
  }
  // A fact known to the day is noted at noon, which may still lie ahead of a morning's work.
  const ahead =
    occurredPrecision === 'day'
      ? londonDay(occurredAt) > londonDay(now)
      : Date.parse(occurredAt) > Date.parse(now) + clockToleranceMs;
  if (ahead) {
    return new Refusal(
      'occurrence/in-the-future',
      'This has not happened yet. Check the date, or record it once it has happened.',
      '/occurredAt',
    );
  }
  if (learnedAt === undefined) return undefined;
  if (!isInstant(learnedAt) || londonDay(learnedAt) > londonDay(now)) {
    return new Refusal(
      'occurrence/learned-in-the-future',
      'Give the day you learned of it, today at the latest.',
      '/learnedAt',
    );
  }
  if (londonDay(learnedAt) < londonDay(occurredAt)) {
    return new Refusal(
      'occurrence/learned-before-it-happened',
      'It cannot have been known before the day it happened. Check both dates.',
      '/learnedAt',
    );
  }
  return undefined;
}

/**
 * Whether an instant falls on an earlier day (London) than another. Days, because many sources
 * know no more.
 */
export function onEarlierDay(instant: string, than: string): boolean {
  return londonDay(instant) < londonDay(than);
}

export function onSameDay(instant: string, other: string): boolean {
  return londonDay(instant) === londonDay(other);
}

/** Refuses what happened on a day before that on which the thing it is recorded under began. */
export function beforeItBegan(context: CommandContext, beganAt: string): Refusal | undefined {
  if (!onEarlierDay(context.occurredAt, beganAt)) return undefined;
  return new Refusal(
    'occurrence/before-it-began',
    'This is dated before the record it belongs to began. Check the date, or withdraw the ' +
      'record and begin it anew on its true date.',
    '/occurredAt',
  );
}

/** Refuses what happened on a day after that on which it ended; recording it late is fine. */
export function afterItEnded(
  context: CommandContext,
  endedAt: string | undefined,
): Refusal | undefined {
  if (endedAt === undefined || !onEarlierDay(endedAt, context.occurredAt)) return undefined;
  return new Refusal(
    'occurrence/after-it-ended',
    'This is dated after the record it belongs to ended. Check the date, or begin a new record.',
    '/occurredAt',
  );
}

/** Refuses an end dated before a day on which something recorded under it happened. */
export function endsBefore(
  context: CommandContext,
  facts: readonly { readonly at: string }[],
): Refusal | undefined {
  if (!facts.some((fact) => onEarlierDay(context.occurredAt, fact.at))) return undefined;
  return new Refusal(
    'occurrence/ends-too-early',
    'Something is recorded after that day. Give a later end, or withdraw what was recorded in ' +
      'error first.',
    '/occurredAt',
  );
}
