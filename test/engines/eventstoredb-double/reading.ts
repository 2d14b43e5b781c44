import type { ServerWritableStream } from '@grpc/grpc-js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { DoubleLog, Recorded } from './double-log.js';
import { eventMessage, streamMessage, streamNameOf } from './messages.js';
import {
  accessDenied,
  invalidCount,
  invalidPosition,
  streamDeleted,
  type Refusal,
} from './refusals.js';
import type { DoubleState } from './state.js';
import { subscribe } from './subscribing.js';

export type ReadCall = ServerWritableStream<streamsPb.ReadReq, streamsPb.ReadResp>;
type Options = streamsPb.ReadReq.Options;

/** Every read and every subscription is one method of the protocol. */
export function read(state: DoubleState, call: ReadCall): void {
  const options = call.request.getOptions() ?? new streamsPb.ReadReq.Options();
  const refusal = refusalOf(state, options);
  if (refusal) {
    call.emit('error', refusal);
  } else if (options.hasSubscription()) {
    subscribe(state, call, options, firstOfSubscription(state.log, options));
  } else if (isOfNothing(state.log, options)) {
    const stream = streamMessage(streamNameOf(options.getStream()?.getStreamIdentifier()));
    const missing = new streamsPb.ReadResp.StreamNotFound().setStreamIdentifier(stream);
    call.write(new streamsPb.ReadResp().setStreamNotFound(missing));
    call.end();
  } else {
    void send(call, recordsOf(state.log, options));
  }
}

function refusalOf({ denies, log }: DoubleState, options: Options): Refusal | undefined {
  if (denies) return accessDenied();
  const stream = streamNameOf(options.getStream()?.getStreamIdentifier());
  if (log.isTombstoned(stream)) return streamDeleted(stream);
  if (options.hasCount() && options.getCount() === '0') return invalidCount('0');
  const position = positionIn(options);
  if (position !== undefined && !log.isHandedOut(position)) return invalidPosition();
  return undefined;
}

function isOfNothing(log: DoubleLog, options: Options): boolean {
  const name = streamNameOf(options.getStream()?.getStreamIdentifier());
  return options.hasStream() && log.stream(name).length === 0;
}

function positionIn(options: Options): bigint | undefined {
  const position = options.getAll()?.getPosition();
  return position && BigInt(position.getCommitPosition());
}

/** A filter is not looked at: the client does not send one with a read. */
function recordsOf(log: DoubleLog, options: Options): readonly Recorded[] {
  const isBackwards =
    options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS;
  const count = Number(options.getCount());
  const found = options.hasStream() ? ofStream(log, options) : ofAll(log, options);
  return isBackwards
    ? found.upTo.slice(Math.max(0, found.upTo.length - count)).reverse()
    : found.from.slice(0, count);
}

interface Found {
  /** From where the read begins, that event included. */
  readonly from: readonly Recorded[];
  /** Up to where it begins, that event included. */
  readonly upTo: readonly Recorded[];
}

function ofStream(log: DoubleLog, options: Options): Found {
  const from = options.getStream();
  const records = log.stream(streamNameOf(from?.getStreamIdentifier()));
  if (!from?.hasRevision()) return { from: from?.hasEnd() ? [] : records, upTo: records };
  const revision = BigInt(from.getRevision());
  return {
    from: records.filter((record) => record.revision >= revision),
    upTo: records.filter((record) => record.revision <= revision),
  };
}

function ofAll(log: DoubleLog, options: Options): Found {
  const position = positionIn(options);
  const records = log.all;
  if (position === undefined) {
    return { from: options.getAll()?.hasEnd() ? [] : records, upTo: records };
  }
  const index = indexFrom(records, position);
  // Backwards a read excludes the position it begins at, forwards it includes it.
  return { from: records.slice(index), upTo: records.slice(0, index) };
}

/** Index in `$all`, or in the stream, of the first record that a subscription gives. */
function firstOfSubscription(log: DoubleLog, options: Options): number {
  const all = options.getAll();
  const stream = options.getStream();
  const records = all ? log.all : log.stream(streamNameOf(stream?.getStreamIdentifier()));
  if (all?.hasEnd() || stream?.hasEnd()) return records.length;
  const position = positionIn(options);
  // The server reads from the position and passes over one record, which is the wrong one where the
  // record at the position has been scavenged.
  if (position !== undefined) return indexFrom(records, position) + 1;
  return stream?.hasRevision() ? Number(stream.getRevision()) + 1 : 0;
}

function indexFrom(records: readonly Recorded[], position: bigint): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle]!.position < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function send(call: ReadCall, records: readonly Recorded[]): Promise<void> {
  for (const record of records) {
    if (call.cancelled) return;
    if (!call.write(eventMessage(record))) await drained(call);
  }
  call.end();
}

/** Until there is room, or nobody listens any more. */
export function drained(call: ReadCall): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      call.off('drain', go).off('cancelled', go);
      resolve();
    };
    call.on('drain', go).on('cancelled', go);
  });
}
