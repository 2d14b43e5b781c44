import { streamIdOf } from '@common-thread/eventing/identifiers';
import type { Policy } from './policy.js';

/** A fold of the log that decides who may know of a family: the relay's, and the vault's. */
export abstract class RestrictionFold {
  /** As `restrictionMark` of its policy; undefined too while it cannot be asked. */
  abstract restrictionMark(familyId: string): Promise<string | undefined>;
}

/**
 * The event by which a family is restricted, or was last lifted, as this fold has it; undefined where it
 * never was. Two folds with the same mark think the same of the restriction.
 */
export function restrictionMark(policy: Policy, familyId: string): string | undefined {
  const stream = policy.streams.get(streamIdOf('restriction', familyId));
  return stream?.ends.at(-1) ?? stream?.begun;
}
