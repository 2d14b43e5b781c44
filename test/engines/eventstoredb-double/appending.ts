import type { sendUnaryData, ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected, Outcome, Proposed } from './double-log.js';
import {
  conflictMessage,
  expectedIn,
  idMessage,
  proposedIn,
  streamMessage,
  streamNameOf,
} from './messages.js';
import { accessDenied, appendTooLarge, streamDeleted } from './refusals.js';
import type { DoubleState } from './state.js';

const APPEND_BYTES_MAX = 1024 * 1024;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type BatchCall = ServerDuplexStream<streamsPb.BatchAppendReq, streamsPb.BatchAppendResp>;
type AppendCall = ServerReadableStream<streamsPb.AppendReq, streamsPb.AppendResp>;

interface Batch {
  readonly options: streamsPb.BatchAppendReq.Options;
  readonly events: Proposed[];
}

/** One call carries all appends of a client; what spoils it spoils them all. */
export function batchAppend(state: DoubleState, call: BatchCall): void {
  const begun = new Map<string, Batch>();
  let isDeaf = false;
  call.on('end', () => call.end());
  call.on('error', () => undefined);
  call.on('data', (request: streamsPb.BatchAppendReq) => {
    const id = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    if (options) begun.set(id, { options, events: [] });
    const batch = begun.get(id);
    if (!batch || isDeaf) return;
    batch.events.push(...request.getProposedMessagesList().map(proposedIn));
    if (!request.getIsFinal()) return;
    begun.delete(id);
    if (batch.events.some(isUnreadable)) {
      // As measured: neither this append nor any later one on the same call is ever answered.
      isDeaf = true;
    } else if (state.denies) {
      call.emit('error', accessDenied());
    } else if (bytesOf(batch.events) > APPEND_BYTES_MAX) {
      call.emit('error', appendTooLarge(APPEND_BYTES_MAX));
    } else {
      // Not in the turn in which it came, so that several can be under way at once.
      setImmediate(() => answer(state, call, id, batch));
    }
  });
}

function answer(state: DoubleState, call: BatchCall, id: string, batch: Batch): void {
  if (call.cancelled || call.destroyed) return;
  const stream = streamNameOf(batch.options.getStreamIdentifier());
  const expected = expectedIn(batch.options);
  const outcome = state.log.append(stream, expected, batch.events);
  const response = new streamsPb.BatchAppendResp()
    .setCorrelationId(idMessage(id))
    .setStreamIdentifier(streamMessage(stream));
  if (outcome.kind === 'written') response.setSuccess(successOf(outcome));
  else response.setError(errorOf(stream, expected, outcome));
  call.write(response);
}

function successOf(outcome: Extract<Outcome, { kind: 'written' }>) {
  const position = new sharedPb.AllStreamPosition()
    .setCommitPosition(String(outcome.position))
    .setPreparePosition(String(outcome.position));
  return new streamsPb.BatchAppendResp.Success()
    .setCurrentRevision(String(outcome.revision))
    .setPosition(position);
}

function errorOf(
  stream: string,
  expected: Expected,
  outcome: Exclude<Outcome, { kind: 'written' }>,
): statusPb.Status {
  const details = new anyPb.Any();
  if (outcome.kind === 'deleted') {
    const deleted = new sharedPb.StreamDeleted().setStreamIdentifier(streamMessage(stream));
    details.pack(deleted.serializeBinary(), 'event_store.client.StreamDeleted');
  } else {
    const conflict = conflictMessage(expected, outcome.current);
    details.pack(conflict.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  }
  return new statusPb.Status().setDetails(details);
}

/** The call of its own that the client makes where an append has credentials of its own. */
export function append(
  state: DoubleState,
  call: AppendCall,
  callback: sendUnaryData<streamsPb.AppendResp>,
): void {
  let options: streamsPb.AppendReq.Options | undefined;
  const events: Proposed[] = [];
  call.on('data', (request: streamsPb.AppendReq) => {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message) events.push(proposedIn(message));
  });
  call.on('end', () => {
    if (state.denies) return callback(accessDenied());
    if (bytesOf(events) > APPEND_BYTES_MAX) return callback(appendTooLarge(APPEND_BYTES_MAX));
    const stream = streamNameOf(options?.getStreamIdentifier());
    const expected = options ? expectedIn(options) : 'any';
    const outcome = state.log.append(stream, expected, events);
    if (outcome.kind === 'deleted') return callback(streamDeleted(stream));
    callback(null, appendResponse(expected, outcome));
  });
}

function appendResponse(
  expected: Expected,
  outcome: Exclude<Outcome, { kind: 'deleted' }>,
): streamsPb.AppendResp {
  if (outcome.kind === 'written') {
    const position = new streamsPb.AppendResp.Position()
      .setCommitPosition(String(outcome.position))
      .setPreparePosition(String(outcome.position));
    const success = new streamsPb.AppendResp.Success()
      .setCurrentRevision(String(outcome.revision))
      .setPosition(position);
    return new streamsPb.AppendResp().setSuccess(success);
  }
  const conflict = new streamsPb.AppendResp.WrongExpectedVersion();
  if (outcome.current === 'no_stream') conflict.setCurrentNoStream(new sharedPb.Empty());
  else conflict.setCurrentRevision(String(outcome.current));
  if (typeof expected === 'bigint') conflict.setExpectedRevision(String(expected));
  else if (expected === 'no_stream') conflict.setExpectedNoStream(new sharedPb.Empty());
  return new streamsPb.AppendResp().setWrongExpectedVersion(conflict);
}

function isUnreadable({ id, type }: Proposed): boolean {
  return !UUID.test(id) || type === '';
}

function bytesOf(events: readonly Proposed[]): number {
  return events.reduce(
    (sum, { data, metadata, type }) => sum + data.length + metadata.length + type.length,
    0,
  );
}
