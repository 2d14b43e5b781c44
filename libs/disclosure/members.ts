import type { Policy } from './policy.js';
import { isOpen, membershipsOf } from './policy.js';

/** People who belong to a family now. */
export function peopleOfFamily(policy: Policy, familyId: string): string[] {
  const people = [...(policy.streamsOfFamily.get(familyId) ?? [])].flatMap((streamId) => {
    const stream = policy.streams.get(streamId);
    const member = stream?.category === 'membership' && isOpen(policy, stream);
    return member && stream.personId !== undefined ? [stream.personId] : [];
  });
  return [...new Set(people)];
}

/** Whether a person has ever, validly, belonged to a family: only then may a row of its line name them. */
export function everMember(policy: Policy, personId: string, familyId: string): boolean {
  return membershipsOf(policy, personId).some((m) => m.familyId === familyId);
}
