import {
  APPEND_BYTES_MAX,
  APPEND_EVENTS_MAX,
  UnacceptableEvent,
  type ExpectedRevision,
  type NewEvent,
} from './event-log.js';

/** An event with its JSON, made once: measured here, stored as it is. */
export interface EncodedEvent {
  readonly event: NewEvent;
  readonly data: string;
  readonly metadata: string;
}

const NAME_CHARACTERS_MAX = 200;
/** Far beyond any stream, and room for one more append in 32 bits. */
const REVISION_MAX = 2_000_000_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/**
 * In JSON text: a NUL, or half of a surrogate pair. Some engines take them and cannot give them
 * back.
 */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/**
 * Checks an append before any engine sees it, the same for every adapter, and encodes its events.
 *
 * @throws UnacceptableEvent, naming the event and never its content
 */
export function acceptableAppend(
  streamId: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): EncodedEvent[] {
  assertName('stream id', streamId);
  if (
    expected !== 'no-stream' &&
    !(Number.isInteger(expected) && expected >= 0 && expected <= REVISION_MAX)
  ) {
    throw new UnacceptableEvent(`${expected} is no revision of ${streamId}: they count from 0`);
  }
  if (events.length === 0 || events.length > APPEND_EVENTS_MAX) {
    throw new UnacceptableEvent(
      `an append to ${streamId} has 1 to ${APPEND_EVENTS_MAX} events, not ${events.length}`,
    );
  }
  const encoded = events.map(encode);
  if (new Set(events.map(({ id }) => id)).size < events.length) {
    throw new UnacceptableEvent(`an append to ${streamId} holds one event id twice`);
  }
  const bytes = bytesOf(encoded);
  if (bytes > APPEND_BYTES_MAX) {
    throw new UnacceptableEvent(
      `an append to ${streamId} has ${bytes} bytes, more than ${APPEND_BYTES_MAX}: split it`,
    );
  }
  return encoded;
}

/** UTF-8 bytes of the events' JSON. */
export function bytesOf(encoded: readonly EncodedEvent[]): number {
  return encoded.reduce(
    (sum, { data, metadata }) => sum + Buffer.byteLength(data) + Buffer.byteLength(metadata),
    0,
  );
}

function encode(event: NewEvent): EncodedEvent {
  if (!UUID.test(event.id)) {
    throw new UnacceptableEvent(`an event id is a lower-case UUID, not ${quoted(event.id)}`);
  }
  assertName(`type of event ${event.id}`, event.type);
  if (!(Number.isSafeInteger(event.version) && event.version >= 0)) {
    throw new UnacceptableEvent(`${event.type} ${event.id} has no version number`);
  }
  return {
    event,
    data: jsonOf(event, 'data'),
    metadata: jsonOf(event, 'metadata'),
  };
}

function assertName(what: string, name: string): void {
  if (name.length === 0 || name.length > NAME_CHARACTERS_MAX || !/^[\x21-\x7e]+$/.test(name)) {
    throw new UnacceptableEvent(
      `the ${what} is 1 to ${NAME_CHARACTERS_MAX} printable ASCII characters, not ${quoted(name)}`,
    );
  }
}

function jsonOf(event: NewEvent, part: 'data' | 'metadata'): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(event[part]);
  } catch {
    json = undefined; // a BigInt or a circle
  }
  if (!json?.startsWith('{')) {
    throw new UnacceptableEvent(`${event.type} ${event.id}: its ${part} is no JSON object`);
  }
  // Looked for the quick way first: few texts hold an escape at all.
  if (json.includes('\\u') && UNSTORABLE.test(json)) {
    throw new UnacceptableEvent(
      `${event.type} ${event.id}: its ${part} has a NUL or half of a surrogate pair`,
    );
  }
  return json;
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
