import { streamIdOf } from '@common-thread/eventing/identifiers';
import type { Policy } from './policy.js';

/** A fold of the log that decides who may know what: the relay's, and the vault's. */
export abstract class NarrowingFold {
  /** As `narrowingMark` of its policy; undefined too while it cannot be asked. */
  abstract markOf(streamId: string): Promise<string | undefined>;
}

/**
 * The last event that narrowed what a stream lets be known, as this fold has it: the end of a relationship, an
 * agreement's narrowing or end, a restriction or its lifting; else its beginning; undefined where the
 * fold has none of it. Two folds with the same mark think the same of it.
 */
export function narrowingMark(policy: Policy, streamId: string): string | undefined {
  const stream = policy.streams.get(streamId);
  return stream?.ends.at(-1) ?? stream?.begun;
}

export function restrictionMark(policy: Policy, familyId: string): string | undefined {
  return narrowingMark(policy, streamIdOf('restriction', familyId));
}
