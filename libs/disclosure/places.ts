import type { RecipientId } from '@common-thread/domain/identifiers';
import type { Policy, StreamPolicy } from './policy.js';
import { familiesOfStream, isEntitled, isOpen, stands } from './policy.js';
import { partsOf } from './parts.js';

/*
 * What an organisation knows is not what each of its workers sees: somebody who works at some of its
 * centres sees the families of those. A coordinator's places are a cluster's, a district manager's a
 * district's; whoever names none works everywhere.
 */

/** Somebody of a recipient. */
export interface Worker {
  readonly recipient: RecipientId;
  /** Places worked at, by slug; none means all of them. */
  readonly places: readonly string[];
}

/** Whether a worker's recipient is entitled to a family now, by a registration at one of their places. */
export function isInReach(policy: Policy, worker: Worker, familyId: string): boolean {
  if (!isEntitled(policy, worker.recipient, familyId)) return false;
  return isAtTheirs(policy, worker, familyId, (registration) => isOpen(policy, registration));
}

/**
 * The columns that name a worker's recipient by its part in a stream, where the stream is a family's that
 * is or was registered at one of their places: authorship stays when a registration ends.
 */
export function partsAtPlaces(
  policy: Policy,
  worker: Worker,
  streamId: string,
): ('author' | 'referrer')[] {
  const theirs = familiesOfStream(policy, streamId).some((familyId) =>
    hasBeenAtTheirs(policy, worker, familyId),
  );
  return theirs || worker.places.length === 0 ? partsOf(policy, worker.recipient, streamId) : [];
}

/** Whether a family is or was registered at a place of the worker's; one recorded in error never was. */
export function hasBeenAtTheirs(policy: Policy, worker: Worker, familyId: string): boolean {
  return isAtTheirs(policy, worker, familyId, ({ begun }) =>
    begun === undefined ? false : stands(policy, begun),
  );
}

function isAtTheirs(
  policy: Policy,
  { recipient, places }: Worker,
  familyId: string,
  holds: (registration: StreamPolicy) => boolean,
): boolean {
  if (places.length === 0) return true;
  return [...(policy.streamsOfFamily.get(familyId) ?? [])].some((streamId) => {
    const stream = policy.streams.get(streamId);
    return (
      stream?.placeId !== undefined &&
      stream.author === recipient &&
      places.includes(stream.placeId) &&
      holds(stream)
    );
  });
}
