import { createHash, type Hash } from 'node:crypto';
import type { EventLog, NewEvent, StoredEvent } from '@common-thread/eventing/event-log';

/** A log that events can be moved into. */
export interface TargetLog extends EventLog {
  openEpoch(reason: string): Promise<number>;
}

export interface Importing {
  readonly signal: AbortSignal;
  /** Events that the target holds by now. */
  readonly onProgress: (held: number) => void;
}

/** The target holds something that the source does not, or holds it otherwise: nothing is moved on top. */
export class ForeignEvents extends Error {
  override readonly name = 'ForeignEvents';
}

/** Events of one stream that follow each other, appended together at most. */
const APPEND_EVENTS_MAX = 100;
/** Far below what one append may hold, so that the last event added does not matter. */
const APPEND_CHARACTERS_MAX = 128 * 1024;

/**
 * Appends everything the source holds to the target, in the order of the source, with the ids and metadata it
 * has. What the target holds already must be how the source begins: so a move that was killed goes on.
 *
 * @throws ForeignEvents, LogUnavailable, UnacceptableEvent
 */
export async function importEvents(
  source: EventLog,
  target: TargetLog,
  { signal, onProgress }: Importing,
): Promise<void> {
  const held = pastOf(target, signal);
  let next = await held.next();
  if (next.done) await target.openEpoch('moved here from an embedded log');
  let count = 0;
  let run: StoredEvent[] = [];
  const append = async () => {
    const [first] = run;
    if (!first) return;
    const expected = first.revision === 0 ? 'no-stream' : first.revision - 1;
    await target.append(first.streamId, expected, run.map(newEvent));
    count += run.length;
    run = [];
    onProgress(count);
  };
  for await (const event of pastOf(source, signal)) {
    if (!next.done) {
      assertSame(event, next.value);
      count += 1;
      onProgress(count);
      next = await held.next();
      continue;
    }
    if (isFull(run, event)) await append();
    run.push(event);
  }
  if (!next.done) {
    throw new ForeignEvents(
      `the log to move to holds ${next.value.type} ${next.value.id}, which the log to move does not`,
    );
  }
  signal.throwIfAborted();
  await append();
}

/** What a log holds, to be compared with another's. */
export interface Contents {
  readonly events: number;
  /** By stream id. */
  readonly streams: ReadonlyMap<string, number>;
  /** SHA-256 over all envelopes in log order: everything but the cursors. */
  readonly hash: string;
}

export async function contentsOf(
  log: EventLog,
  signal: AbortSignal,
  onEvent: (event: StoredEvent) => Promise<void> | void = () => undefined,
): Promise<Contents> {
  const streams = new Map<string, number>();
  const hash: Hash = createHash('sha256');
  let events = 0;
  for await (const event of pastOf(log, signal)) {
    events += 1;
    streams.set(event.streamId, (streams.get(event.streamId) ?? 0) + 1);
    hash.update(envelopeOf(event)).update('\n');
    await onEvent(event);
  }
  signal.throwIfAborted();
  return { events, streams, hash: hash.digest('hex') };
}

/** Everything a log holds now. */
async function* pastOf(log: EventLog, signal: AbortSignal): AsyncGenerator<StoredEvent> {
  for await (const followed of log.follow({ signal })) {
    if (followed.kind === 'caughtUp') return;
    yield* followed.events;
  }
}

function assertSame(event: StoredEvent, held: StoredEvent): void {
  if (envelopeOf(event) === envelopeOf(held)) return;
  throw new ForeignEvents(
    `the log to move to holds ${held.type} ${held.id} where ${event.type} ${event.id} belongs`,
  );
}

function isFull(run: readonly StoredEvent[], next: StoredEvent): boolean {
  const [first] = run;
  if (!first) return false;
  if (first.streamId !== next.streamId || run.length >= APPEND_EVENTS_MAX) return true;
  return run.reduce((sum, event) => sum + envelopeOf(event).length, 0) > APPEND_CHARACTERS_MAX;
}

function newEvent({ id, type, version, data, metadata }: StoredEvent): NewEvent {
  return { id, type, version, data, metadata };
}

function envelopeOf({
  id,
  streamId,
  revision,
  type,
  version,
  data,
  metadata,
}: StoredEvent): string {
  return JSON.stringify([id, streamId, revision, type, version, data, metadata]);
}
