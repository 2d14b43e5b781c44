import type { CommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { StoredEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import { nameOf, organisationOf } from './places.js';

/**
 * One thing that happened, as the tests see it: what the event is called and says, and the facts about
 * it that decide who may hear of it, worked out by the generator and not by the product.
 */
export interface Happening {
  /** Event id, a UUID. */
  readonly id: string;
  /** From 1, for readers: it stays when others are taken away. */
  readonly serial: number;
  readonly type: CommonThreadEvent['type'];
  readonly streamId: string;
  /** The family it names, or its stream names. */
  readonly family?: string;
  /** Everybody it names. */
  readonly people: readonly string[];
  /** Whose stream it is. */
  readonly owner?: string;
  /** Who asked. */
  readonly referrer?: string;
  /** A contact that answers a referral: whoever raised it knows the family. */
  readonly answersReferral?: boolean;
  /** The event it corrects or withdraws. */
  readonly target?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly imported?: boolean;
  /** Minutes since the beginning. */
  readonly occurred: number;
  readonly recorded: number;
}

/** A happening with its place in the log. */
export interface Placed extends Happening {
  readonly position: number;
}

export interface CountyLog {
  readonly events: readonly Placed[];
  byId(id: string): Placed;
}

export function logOf(happenings: readonly Happening[]): CountyLog {
  const events = happenings.map((happening, nth) => ({ ...happening, position: nth + 1 }));
  const ids = new Map(events.map((event) => [event.id, event]));
  return {
    events,
    byId: (id) => {
      const event = ids.get(id);
      if (!event) throw new Error(`no event ${id} in this history`);
      return event;
    },
  };
}

const START = Date.parse('2026-01-05T09:00:00.000Z');

/** As the log would hand it to the relay. Cursors are opaque: these cannot be compared as numbers. */
export function stored(event: Placed): StoredEvent {
  const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();
  return {
    id: event.id,
    type: event.type,
    version: 1,
    data: event.data,
    streamId: event.streamId,
    revision: event.position,
    cursor: `c${String(event.position).split('').reverse().join('')}`,
    metadata: {
      commandId: derivedId('command of', event.id),
      fingerprint: 'fingerprint',
      correlationId: derivedId('correlation of', event.id),
      organisation: organisationOf(event.owner ?? 'council.safeguarding-hub'),
      recordedBy: `worker-${event.serial}`,
      role: 'worker',
      occurredAt: at(event.occurred),
      recordedAt: at(event.recorded),
      ...(event.imported ? { imported: true } : {}),
    },
  };
}

/** One line for whoever reads a failure. */
export function describeHappening(event: Happening, log: readonly Happening[]): string {
  const target = log.find(({ id }) => id === event.target);
  return [
    `e${event.serial} ${event.type}`,
    `${event.streamId.split('-')[0]}-${event.streamId.slice(-4)}`,
    event.owner && `owner ${event.owner}`,
    event.referrer && `referrer ${event.referrer}`,
    event.family && nameOf(event.family),
    event.people.map(nameOf).join('+'),
    target && `of e${target.serial}`,
  ]
    .filter(Boolean)
    .join(', ');
}
