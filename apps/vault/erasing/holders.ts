import { lineOf } from '@common-thread/disclosure/cells';
import type { Column } from '@common-thread/disclosure/disclosure-table';
import { isFollowing } from '@common-thread/disclosure/disclosure-table';
import type { Policy } from '@common-thread/disclosure/policy';
import { membershipsOf, relates } from '@common-thread/disclosure/policy';
import { recordClasses } from '@common-thread/domain/erasure/code-lists';
import { contexts } from '@common-thread/domain/event-catalogue';
import type { Audience } from '@common-thread/domain/identifiers';
import { audiences, partsOfRecipient } from '@common-thread/domain/identifiers';

/** The audiences that the disclosure table lets be told fields of a class of record. */
const toldOfClass: ReadonlyMap<string, ReadonlySet<Audience>> = new Map(
  recordClasses.map((recordClass) => {
    const types = Object.values(contexts)
      .filter((context) => context.recordClass === recordClass)
      .flatMap(({ shapes }) => Object.keys(shapes));
    const told = audiences.filter((audience) =>
      types.some((type) => isToldContent(type, audience)),
    );
    return [recordClass, new Set(told)];
  }),
);

/**
 * By class of record, the organisations that hold copies of what was recorded of somebody, or may:
 * those that have, or ever had, the family registered, on caseload or in hand, and are told such fields.
 * Whoever recorded it holds it besides.
 */
export function holdersOf(
  policy: Policy,
  personId: string,
): ReadonlyMap<string, readonly string[]> {
  const families = membershipsOf(policy, personId).flatMap(({ familyId }) => familyId ?? []);
  const involved = families.flatMap((familyId) => involvedWith(policy, familyId));
  return new Map(
    recordClasses.map((recordClass) => {
      const told = involved.filter(({ audience }) => toldOfClass.get(recordClass)?.has(audience));
      return [recordClass, [...new Set(told.map(({ organisation }) => organisation))]];
    }),
  );
}

function involvedWith(policy: Policy, familyId: string) {
  return [...(policy.streamsOfFamily.get(familyId) ?? [])].flatMap((streamId) => {
    const stream = policy.streams.get(streamId);
    if (stream?.author === undefined || !relates(stream.category)) return [];
    return [partsOfRecipient(stream.author)];
  });
}

function isToldContent(eventType: string, column: Column): boolean {
  const line = lineOf(eventType);
  return !isFollowing(line) && line[column].grade === 'content';
}
