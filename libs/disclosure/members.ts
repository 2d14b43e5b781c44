import type { Policy, StreamPolicy } from './policy.js';
import { isOpen, membershipsOf, stands } from './policy.js';

/** People who belong to a family now. */
export function peopleOfFamily(policy: Policy, familyId: string): string[] {
  return membersWhere(policy, familyId, (stream) => isOpen(policy, stream));
}

/** People who belong to a family, or validly did. */
export function everyoneOf(policy: Policy, familyId: string): string[] {
  return membersWhere(
    policy,
    familyId,
    ({ begun }) => begun !== undefined && stands(policy, begun),
  );
}

function membersWhere(
  policy: Policy,
  familyId: string,
  isMember: (membership: StreamPolicy) => boolean,
): string[] {
  const people = [...(policy.streamsOfFamily.get(familyId) ?? [])].flatMap((streamId) => {
    const stream = policy.streams.get(streamId);
    const member = stream?.category === 'membership' && isMember(stream);
    return member && stream.personId !== undefined ? [stream.personId] : [];
  });
  return [...new Set(people)];
}

/** Whether a person has ever, validly, belonged to a family: only then may a row of its line name them. */
export function everMember(policy: Policy, personId: string, familyId: string): boolean {
  return membershipsOf(policy, personId).some((m) => m.familyId === familyId);
}
