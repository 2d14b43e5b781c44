import { randomUUID } from 'node:crypto';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { Recorded } from './double-log.js';
import { checkpointMessage, eventMessage, streamNameOf } from './messages.js';
import { drained, type ReadCall } from './reading.js';
import type { DoubleState } from './state.js';

/** Events looked at between two checkpoints of a filtered subscription, times its interval. */
const CHECKPOINT_EVERY = 32;

/** A catch-up subscription: what there is, then what comes, until the client leaves or the server dies. */
export function subscribe(
  state: DoubleState,
  call: ReadCall,
  options: streamsPb.ReadReq.Options,
  first: number,
): void {
  const { log } = state;
  const isWanted = filterOf(options);
  const checkpointEvery = options.hasFilter()
    ? CHECKPOINT_EVERY * (options.getFilter()?.getCheckpointintervalmultiplier() ?? 1)
    : Infinity;
  let next = first;
  let sinceCheckpoint = 0;
  let isCaughtUp = false;
  let isPumping = false;

  const records = () =>
    options.hasAll()
      ? log.all
      : log.stream(streamNameOf(options.getStream()?.getStreamIdentifier()));

  const write = async (message: streamsPb.ReadResp) => {
    if (!call.write(message)) await drained(call);
  };

  const pump = async () => {
    if (isPumping || state.isSilent) return;
    isPumping = true;
    for (let record = records()[next]; record && !call.cancelled; record = records()[next]) {
      next += 1;
      if (isWanted(record)) await write(eventMessage(record));
      sinceCheckpoint += 1;
      if (sinceCheckpoint < checkpointEvery) continue;
      sinceCheckpoint = 0;
      await write(checkpointMessage(record));
    }
    if (!isCaughtUp && !call.cancelled) {
      isCaughtUp = true;
      await write(new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp()));
    }
    isPumping = false;
  };

  const onAppended = () => void pump();
  const confirmation = new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(
    randomUUID(),
  );
  call.write(new streamsPb.ReadResp().setConfirmation(confirmation));
  log.changes.on('appended', onAppended);
  call.on('cancelled', () => {
    log.changes.off('appended', onAppended);
    call.end();
  });
  onAppended();
}

function filterOf(options: streamsPb.ReadReq.Options): (record: Recorded) => boolean {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const prefixes = expression?.getPrefixList() ?? [];
  const pattern = expression?.getRegex() ? new RegExp(expression.getRegex()) : undefined;
  return (record) => {
    const value = filter.hasStreamIdentifier() ? record.stream : record.type;
    return pattern ? pattern.test(value) : prefixes.some((prefix) => value.startsWith(prefix));
  };
}
