import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { categoryOf } from '@common-thread/eventing/identifiers';
import type { Policy, StreamPolicy } from './policy.js';

type Facts = Pick<
  StreamPolicy,
  'familyId' | 'author' | 'referrer' | 'placeId' | 'personId' | 'answersReferral'
>;

/** Notes what a stream's first event says of it, and the family that any of its events names. */
export function begin(policy: Policy, event: RecordedCommonThreadEvent, facts: Facts): void {
  const stream = streamOf(policy, event.streamId);
  // Each relationship recorded in a family stream comes here; the stream's beginning is the first.
  if (stream.begun === undefined) {
    const { organisation } = event.metadata;
    Object.assign(stream, facts, { begun: event.id, organisation });
  }
  if (facts.familyId !== undefined) addTo(policy.streamsOfFamily, facts.familyId, event.streamId);
}

/** Notes that a contact has been linked to a family. */
export function link(policy: Policy, event: RecordedCommonThreadEvent, familyId: string): void {
  streamOf(policy, event.streamId).links.push({ eventId: event.id, familyId });
  addTo(policy.streamsOfFamily, familyId, event.streamId);
}

/** Notes where an agreement was signed, narrowed and ended; what it lets be told is kept apart. */
export function noteAgreement(policy: Policy, event: RecordedCommonThreadEvent): void {
  if (event.type === 'AgreementSigned') begin(policy, event, {});
  else if (event.type !== 'AgreementTookEffect') {
    streamOf(policy, event.streamId).ends.push(event.id);
  }
}

/**
 * The same of a stream that holds every restriction of its family, or every time its address was confidential,
 * one after the other.
 */
export function beginAgain(policy: Policy, event: RecordedCommonThreadEvent, facts: Facts): void {
  begin(policy, event, facts);
  Object.assign(streamOf(policy, event.streamId), { begun: event.id, ends: [] });
}

/** What is known of a stream, from its first event on. */
export function streamOf(policy: Policy, streamId: string): StreamPolicy {
  let stream = policy.streams.get(streamId);
  if (!stream) {
    stream = { streamId, category: categoryOf(streamId), ends: [], links: [] };
    policy.streams.set(streamId, stream);
  }
  return stream;
}

export function addTo(index: Map<string, Set<string>>, key: string, value: string): void {
  const values = index.get(key);
  if (values) values.add(value);
  else index.set(key, new Set([value]));
}

/** An event of the log that the policy has no rule for. */
export class UnforeseenEvent extends Error {
  override readonly name = 'UnforeseenEvent';
  constructor(event: { type: string }) {
    super(`the policy has no rule for ${event.type}`);
  }
}
