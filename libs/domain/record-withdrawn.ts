import Type from 'typebox';
import type { Command, RecordedFact } from '@common-thread/eventing/decider';
import { Refusal } from '@common-thread/eventing/decider';
import { APPEND_EVENTS_MAX } from '@common-thread/eventing/event-log';
import type { DomainEvent, EventIn, EventShape } from '@common-thread/eventing/event-shapes';
import { WithdrawalReason } from './code-lists.js';
import { Uuid } from './identifiers.js';

/**
 * Something recorded in error no longer counts. It stays in the log; everyone told of it is told
 * of its withdrawal.
 */
export const RecordWithdrawn = {
  version: 1,
  targets: 'withdraws',
  data: Type.Object(
    { withdraws: Uuid, reason: WithdrawalReason },
    { additionalProperties: false },
  ),
} as const satisfies EventShape;

export type RecordWithdrawnEvent = EventIn<{ RecordWithdrawn: typeof RecordWithdrawn }>;

export type WithdrawRecord = Command<'WithdrawRecord', RecordWithdrawnEvent['data']>;

/** An event that counts until it is withdrawn: its id and the instant it happened. */
export interface Standing {
  readonly id: string;
  readonly at: string;
}

export function standing<Event extends DomainEvent>(event: RecordedFact<Event>): Standing {
  return { id: event.id, at: event.metadata.occurredAt };
}

/** What of a stream may be withdrawn now. */
export interface Withdrawable {
  /** The event everything else in the stream rests on. */
  readonly beginning: Standing | undefined;
  /** Events recorded under the beginning that may be withdrawn by themselves. */
  readonly alone: readonly Standing[];
  /** Events, oldest first, that a withdrawal of the beginning withdraws as well. */
  readonly resting: readonly Standing[];
  /** Ids withdrawn already. */
  readonly withdrawn: readonly string[];
}

/**
 * Withdraws one event; with a beginning goes what rests on it, each by an event of its own, so
 * that everyone told of any of it hears. The beginning goes first: withdrawing an end first would
 * open again for a moment what is about to count as never begun.
 */
export function decideWithdrawal(
  { data }: WithdrawRecord,
  { beginning, alone, resting, withdrawn }: Withdrawable,
): readonly RecordWithdrawnEvent[] | Refusal {
  if (withdrawn.includes(data.withdraws)) return [];
  if (beginning && data.withdraws === beginning.id) {
    if (resting.length >= APPEND_EVENTS_MAX) {
      return new Refusal(
        'withdrawal/too-much-at-once',
        `More than ${APPEND_EVENTS_MAX - 1} records rest on this one. Withdraw some of them by ` +
          `themselves first.`,
        '/withdraws',
      );
    }
    return [beginning, ...resting].map(({ id }) => withdrawal(id, data.reason));
  }
  if (alone.some(({ id }) => id === data.withdraws)) {
    return [withdrawal(data.withdraws, data.reason)];
  }
  return new Refusal(
    'withdrawal/nothing-to-withdraw',
    'Nothing that can be withdrawn stands here under that id. Read the record again and choose ' +
      'one of its entries.',
    '/withdraws',
  );
}

function withdrawal(
  withdraws: string,
  reason: RecordWithdrawnEvent['data']['reason'],
): RecordWithdrawnEvent {
  return { type: 'RecordWithdrawn', data: { withdraws, reason } };
}

/** The same event, unless it is the one withdrawn. */
export function unlessWithdrawn<Event extends Standing>(
  event: Event | undefined,
  withdraws: string,
): Event | undefined {
  return event?.id === withdraws ? undefined : event;
}

/** The list without the event withdrawn. */
export function withoutWithdrawn<Event extends Standing>(
  events: readonly Event[],
  withdraws: string,
): readonly Event[] {
  return events.some(({ id }) => id === withdraws)
    ? events.filter(({ id }) => id !== withdraws)
    : events;
}
