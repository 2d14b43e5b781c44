import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { codec } from '@common-thread/domain/event-catalogue';
import { lineOf } from '@common-thread/disclosure/cells';
import { envelopeFields, isFollowing } from '@common-thread/disclosure/disclosure-table';
import { peopleFields } from '@common-thread/eventing/event-shapes';

/** One event by reference: what the index and the relay's record of its own rows know of it. */
export interface EventRef {
  readonly eventId: string;
  /** The relay's own number for it, from 1 in log order: log cursors are opaque. */
  readonly ordinal: number;
  readonly type: string;
  readonly streamId: string;
  /** The event this one corrects or withdraws. */
  readonly targetId: string | null;
}

/** An event with its place in the relay's order. */
export interface Fact extends EventRef {
  readonly event: RecordedCommonThreadEvent;
}

export function factOf(event: RecordedCommonThreadEvent, ordinal: number): Fact {
  const { id: eventId, type, streamId } = event;
  return { eventId, ordinal, type, streamId, targetId: targetOf(event), event };
}

function targetOf({ type, data }: RecordedCommonThreadEvent): string | null {
  const { targets } = codec.shapeOf(type);
  const target: unknown = targets === undefined ? undefined : Reflect.get(data, targets);
  return typeof target === 'string' ? target : null;
}

export function refOf({ eventId, ordinal, type, streamId, targetId }: EventRef): EventRef {
  return { eventId, ordinal, type, streamId, targetId };
}

export type Reach = 'family' | 'people' | 'directory' | 'followed';

/** Whom an event of a type may reach: its own family, those of its people, everybody, whoever was told. */
export function reachOf(type: string): Reach {
  const line = lineOf(type);
  return isFollowing(line) ? 'followed' : (line.reaches ?? 'family');
}

const fieldsNamingPeople = new Map<string, readonly string[]>();

/** The data fields of an event type that name people. */
export function peopleFieldsOf(type: string): readonly string[] {
  let fields = fieldsNamingPeople.get(type);
  if (!fields) {
    fields = peopleFields(codec.shapeOf(type));
    fieldsNamingPeople.set(type, fields);
  }
  return fields;
}

/** Everybody an event names, once each, as its fields list them. */
export function peopleOf({ type, event }: Fact): string[] {
  const named = peopleFieldsOf(type).flatMap((field) => valueOf(event.data, field) ?? []);
  return [...new Set(named)].filter((id) => typeof id === 'string');
}

/** Of some fields, of its data or of the envelope, those that an event has. */
export function carriedBy({ event }: Fact, fields: readonly string[]): string[] {
  return fields.filter((field) => {
    const isOfEnvelope = envelopeFields.some((known) => known === field);
    return valueOf(isOfEnvelope ? event.metadata : event.data, field) !== undefined;
  });
}

export function valueOf(data: object, field: string): unknown {
  return Reflect.get(data, field);
}
