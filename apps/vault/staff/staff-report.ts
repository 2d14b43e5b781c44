import type { StaffFinding, StaffFindingKind, StaffKeyKind } from '@common-thread/platform/staff';
import type { KeptEntry } from '../audit/audit.js';
import type { StaffKey } from './staff-key.js';
import type { KeptStaff } from './staff-store.js';
import { nameOf } from './staff-store.js';

/**
 * A day's looking by people of the register, compared with whom they looked at: nearest first. Pure: keyed
 * hashes in, findings out, whatever the order of the calls.
 */
export function staffFindings(
  calls: readonly KeptEntry[],
  staff: readonly KeptStaff[],
  keysOf: ReadonlyMap<string, readonly StaffKey[]>,
): readonly StaffFinding[] {
  const members = new Map(staff.map((member) => [nameOf(member), member]));
  const seen = new Map<string, Seen>();
  for (const call of calls) {
    const member = members.get(nameOf(call.asker));
    if (!member) continue;
    for (const personId of peopleIn(call)) {
      const kind = nearness(member.keys, keysOf.get(personId) ?? []);
      if (kind === undefined) continue;
      const key = JSON.stringify([order[kind], nameOf(member), call.asker.role]);
      const found = seen.get(key) ?? { kind, calls: [], people: new Set<string>() };
      seen.set(key, found);
      found.people.add(personId);
      if (found.calls.at(-1) !== call) found.calls.push(call);
    }
  }
  return [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => findingOf(found));
}

/** People whose fields were shown in a call, or who were found by a look-up. */
export function peopleIn({ items }: KeptEntry): readonly string[] {
  const granted = items.filter(({ outcome }) => outcome === 'granted');
  return [...new Set(granted.flatMap(({ subjects }) => subjects))];
}

interface Seen {
  readonly kind: StaffFindingKind;
  readonly calls: KeptEntry[];
  readonly people: Set<string>;
}

const order: Readonly<Record<StaffFindingKind, number>> = {
  'own-record': 0,
  'same-address': 1,
  'same-surname': 2,
};

/** The nearest that two people are by their keys. */
function nearness(
  own: readonly StaffKey[],
  others: readonly StaffKey[],
): StaffFindingKind | undefined {
  const agree = (kind: StaffKeyKind) =>
    own.some(
      (key) => key.kind === kind && others.some((o) => o.kind === kind && o.mac.equals(key.mac)),
    );
  if (agree('nhs-number') || agree('name-and-birth')) return 'own-record';
  if (agree('home')) return 'same-address';
  return agree('surname') ? 'same-surname' : undefined;
}

function findingOf({ calls, kind, people }: Seen): StaffFinding {
  const times = calls.map(({ at }) => at.toISOString()).sort();
  const { id: viewer, organisation, role } = calls[0]!.asker;
  const span = { firstAt: times[0]!, lastAt: times.at(-1)! };
  return { kind, viewer, organisation, role, people: people.size, calls: calls.length, ...span };
}
