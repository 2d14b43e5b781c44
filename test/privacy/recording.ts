import { codec } from '@common-thread/domain/event-catalogue';
import type { CommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { EventLog, NewEvent } from '@common-thread/eventing/event-log';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { SealRequest, Sealing } from '@common-thread/eventing/sealing';
import { isBox } from '@common-thread/eventing/sealing';

/** Times and causes of an event a test records, where they matter. */
export interface Recording {
  readonly controller?: string;
  readonly causationId?: string;
}

/** Records events as command-api does: seals what is personal, then appends. */
export class Recorder {
  #recorded = 0;

  constructor(
    private readonly log: EventLog,
    private readonly sealing: Sealing,
    private readonly seed = 'recorder',
  ) {}

  /** Seals an event without appending it. */
  async sealed(
    streamId: string,
    event: CommonThreadEvent,
    recording: Recording = {},
  ): Promise<NewEvent> {
    this.#recorded += 1;
    const id = derivedId(this.seed, this.#recorded);
    const controller = recording.controller ?? 'fairholme-hub';
    const requests = requestsOf(streamId, id, event, controller);
    const { boxes, fingerprint } = await this.sealing.seal(requests, { nth: this.#recorded });
    const data: Record<string, unknown> = { ...event.data };
    for (const [nth, { field }] of requests.entries()) data[field] = boxes[nth];
    const at = '2026-01-05T09:00:00.000Z';
    const metadata = {
      commandId: derivedId(this.seed, 'command', this.#recorded),
      fingerprint,
      correlationId: derivedId(this.seed, 'correlation'),
      organisation: controller,
      recordedBy: 'worker-1',
      role: 'hub-triage',
      occurredAt: at,
      recordedAt: at,
      ...(recording.causationId === undefined ? {} : { causationId: recording.causationId }),
    };
    return codec.encode({ id, type: event.type, version: 0, data, metadata });
  }

  /** Gives the event as it was appended. */
  async record(
    streamId: string,
    event: CommonThreadEvent,
    recording: Recording = {},
  ): Promise<NewEvent> {
    const sealed = await this.sealed(streamId, event, recording);
    const { length } = await this.log.readStream(streamId);
    await this.log.append(streamId, length === 0 ? 'no-stream' : length - 1, [sealed]);
    return sealed;
  }
}

function requestsOf(
  streamId: string,
  eventId: string,
  event: CommonThreadEvent,
  controller: string,
): SealRequest[] {
  const data: Readonly<Record<string, unknown>> = event.data;
  return codec.personalFieldsOf(event.type).flatMap(({ field, subject }) => {
    const plaintext = data[field];
    if (typeof plaintext !== 'string' || isBox(plaintext)) return [];
    const named = [data[subject]].flat().filter((id) => typeof id === 'string');
    return {
      plaintext,
      subjects: named.length > 0 ? named : [streamId.slice(streamId.indexOf('-') + 1)],
      recordClass: codec.recordClassOf(event.type),
      controller,
      streamId,
      eventId,
      eventType: event.type,
      field,
      version: codec.shapeOf(event.type).version,
    };
  });
}
