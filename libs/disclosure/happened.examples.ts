import type {
  CommonThreadEvent,
  RecordedCommonThreadEvent,
} from '@common-thread/domain/event-catalogue';
import { derivedId } from '@common-thread/eventing/identifiers';

let nth = 0;

/** An event as the log hands it out, each with an id of its own; of its metadata nothing matters here. */
export function happened(streamId: string, event: CommonThreadEvent): RecordedCommonThreadEvent {
  nth += 1;
  const at = '2026-01-05T09:00:00.000Z';
  return {
    ...event,
    streamId,
    id: derivedId('happened', `event ${nth}`),
    version: 1,
    revision: 0,
    cursor: String(nth),
    metadata: {
      commandId: derivedId('happened', `command ${nth}`),
      fingerprint: '',
      correlationId: derivedId('happened', 'correlation'),
      organisation: 'x',
      recordedBy: 'x',
      role: 'x',
      occurredAt: at,
      recordedAt: at,
    },
  };
}
