import { jsonEvent, type AllStreamResolvedEvent, type EventData } from '@eventstore/db-client';
import type { EncodedEvent } from '@common-thread/eventing/acceptable-append';
import type { EventMetadata, StoredEvent } from '@common-thread/eventing/event-log';
import { EngineRefused } from '../engine-faults.js';
import { cursorOf, markOf, type Position } from './cursor.js';
import { NEEDED } from './faults.js';

/** The server's metadata of one of our events: what its own fields have no room for. */
interface StoredMetadata {
  readonly version: number;
  /** Of the log, when it was written: part of the cursor for ever. */
  readonly epoch: number;
  readonly metadata: EventMetadata;
}

/** What a read gives; links are not followed, so that only `event` is ever there. */
export type RecordedEvent = NonNullable<AllStreamResolvedEvent['event']>;

/** The client encodes once more: what it is given is made from our JSON, which cannot change any more. */
export function eventData({ event, data, metadata }: EncodedEvent, epoch: number): EventData {
  return jsonEvent({
    id: event.id,
    type: event.type,
    data: JSON.parse(data) as Record<string, unknown>,
    metadata: { version: event.version, epoch, metadata: JSON.parse(metadata) as EventMetadata },
  });
}

/** @throws EngineRefused where somebody else wrote it */
export function storedEvent(recorded: RecordedEvent, streamId: string): StoredEvent {
  const { id, type, data, metadata, revision } = recorded;
  if (!isStoredMetadata(metadata) || !isObject(data)) {
    throw new EngineRefused(
      `event ${id} in ${streamId} was not written by this service: give its log a server or a prefix of its own`,
    );
  }
  return {
    id,
    type,
    version: metadata.version,
    data,
    metadata: metadata.metadata,
    streamId,
    revision: Number(revision),
    cursor: cursorOf({ ...positionOf(recorded), epoch: metadata.epoch, mark: markOf(id) }),
  };
}

/** @throws EngineRefused where the server is too old to say */
export function positionOf({ position }: Pick<RecordedEvent, 'position'>): Position {
  if (!position) throw new EngineRefused(`The server does not say where events stand. ${NEEDED}`);
  return position;
}

/** The epoch an event was written in; nothing where it is none of ours. */
export function epochOf({ metadata }: RecordedEvent): number | undefined {
  return isStoredMetadata(metadata) ? metadata.epoch : undefined;
}

function isStoredMetadata(value: unknown): value is StoredMetadata {
  return (
    isObject(value) &&
    typeof value.version === 'number' &&
    typeof value.epoch === 'number' &&
    isObject(value.metadata)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
}
