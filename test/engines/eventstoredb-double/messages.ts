import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected, Proposed, Recorded } from './double-log.js';

/** Between the client's generated messages and the double's own records. */

const TICKS_PER_MS = 10_000n;

export function idMessage(id: string): sharedPb.UUID {
  return new sharedPb.UUID().setString(id);
}

export function streamMessage(name: string): sharedPb.StreamIdentifier {
  return new sharedPb.StreamIdentifier().setStreamName(Buffer.from(name).toString('base64'));
}

export function streamNameOf(message: sharedPb.StreamIdentifier | undefined): string {
  return Buffer.from(message?.getStreamName_asU8() ?? []).toString('utf8');
}

export function proposedIn(
  message: streamsPb.AppendReq.ProposedMessage | streamsPb.BatchAppendReq.ProposedMessage,
): Proposed {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: Buffer.from(message.getData_asU8()),
    metadata: Buffer.from(message.getCustomMetadata_asU8()),
  };
}

export function expectedIn(
  options: streamsPb.AppendReq.Options | streamsPb.BatchAppendReq.Options,
): Expected {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  if (options.hasAny()) return 'any';
  const isBatch = options instanceof streamsPb.BatchAppendReq.Options;
  return BigInt(isBatch ? options.getStreamPosition() : options.getRevision());
}

const messages = new WeakMap<Recorded, streamsPb.ReadResp>();

/** Made once: a record is read many times. */
export function eventMessage(record: Recorded): streamsPb.ReadResp {
  const message = messages.get(record) ?? newEventMessage(record);
  messages.set(record, message);
  return message;
}

function newEventMessage(record: Recorded): streamsPb.ReadResp {
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent()
    .setId(idMessage(record.id))
    .setStreamIdentifier(streamMessage(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(String(record.position))
    .setPreparePosition(String(record.position))
    .setData(record.data.toString('base64'))
    .setCustomMetadata(record.metadata.toString('base64'));
  recorded
    .getMetadataMap()
    .set('type', record.type)
    .set('content-type', record.contentType)
    .set('created', String(BigInt(record.createdMs) * TICKS_PER_MS));
  const read = new streamsPb.ReadResp.ReadEvent()
    .setEvent(recorded)
    .setCommitPosition(String(record.position));
  return new streamsPb.ReadResp().setEvent(read);
}

export function checkpointMessage({ position }: Recorded): streamsPb.ReadResp {
  const checkpoint = new streamsPb.ReadResp.Checkpoint()
    .setCommitPosition(String(position))
    .setPreparePosition(String(position));
  return new streamsPb.ReadResp().setCheckpoint(checkpoint);
}

export function conflictMessage(
  expected: Expected,
  current: bigint | 'no_stream',
): sharedPb.WrongExpectedVersion {
  const message = new sharedPb.WrongExpectedVersion();
  const empty = new emptyPb.Empty();
  if (current === 'no_stream') message.setCurrentNoStream(empty);
  else message.setCurrentStreamRevision(String(current));
  if (expected === 'no_stream') return message.setExpectedNoStream(empty);
  if (expected === 'stream_exists') return message.setExpectedStreamExists(empty);
  if (expected === 'any') return message.setExpectedAny(empty);
  return message.setExpectedStreamPosition(String(expected));
}
