import type { EventMetadata, StoredEvent } from '@common-thread/eventing/event-log';
import { cursorOf } from './event-log-cursor.js';

/**
 * A row of `log.events`. The transaction id is not called `tx`: `order by tx` would then sort
 * text.
 */
export interface EventRow {
  readonly tx_text: string;
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly data: StoredEvent['data'];
  readonly metadata: EventMetadata;
}

export function storedEvent(epoch: number, row: EventRow): StoredEvent {
  return {
    id: row.id,
    type: row.type,
    version: row.version,
    data: row.data,
    metadata: row.metadata,
    streamId: row.stream,
    revision: row.revision,
    cursor: cursorOf({ epoch, tx: row.tx_text, position: row.position }),
  };
}
