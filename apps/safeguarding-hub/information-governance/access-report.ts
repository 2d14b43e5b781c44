import type { AuditedCall } from '@common-thread/platform/auditing';
import type { AccessPolicy } from './access-policy.js';

/** One person's looking, of a kind that somebody should ask about. Not yet a fault: a question. */
export interface AccessFinding {
  readonly kind: 'volume' | 'out-of-hours';
  readonly viewer: string;
  readonly role: string;
  readonly organisation: string;
  /** Different records looked at, or calls out of hours. */
  readonly count: number;
  /** What the policy takes for ordinary. */
  readonly limit: number;
  /** UTC instants. */
  readonly firstAt: string;
  readonly lastAt: string;
}

/**
 * What a day's calls give to ask about, the furthest over its limit first. Pure: calls and policy in,
 * findings out, whatever the order of the calls.
 */
export function accessReport(
  calls: readonly AuditedCall[],
  policy: AccessPolicy,
): readonly AccessFinding[] {
  const findings = [...byViewer(calls.filter(isLooking))].flatMap(([, own]) => [
    ...volumeOf(own, policy),
    ...outOfHoursOf(own, policy),
  ]);
  return findings.sort(
    (a, b) => b.count / (b.limit + 1) - a.count / (a.limit + 1) || (keyOf(a) < keyOf(b) ? -1 : 1),
  );
}

/** Opening pages and looking people up; a system that reads its feed and a form of one's own are neither. */
function isLooking({ kind, role }: AuditedCall): boolean {
  return (kind === 'reveal' || kind === 'look-up') && role !== 'subscriber-system';
}

function byViewer(calls: readonly AuditedCall[]): Map<string, AuditedCall[]> {
  const viewers = new Map<string, AuditedCall[]>();
  for (const call of calls) {
    const key = JSON.stringify([call.organisation, call.viewer, call.role]);
    viewers.set(key, [...(viewers.get(key) ?? []), call]);
  }
  return viewers;
}

/** A page that lists many, such as a queue, is ordinary work: only pages about one record count. */
function volumeOf(calls: readonly AuditedCall[], { recordsADay }: AccessPolicy): AccessFinding[] {
  const single = calls.filter(({ about }) => about.length === 1);
  const records = new Set(single.flatMap(({ about }) => about));
  const limit = recordsADay[calls[0]!.role] ?? recordsADay['anybody else'] ?? 0;
  return records.size > limit ? [findingOf('volume', single, records.size, limit)] : [];
}

function outOfHoursOf(
  calls: readonly AuditedCall[],
  { callsOutOfHours, isInHours }: AccessPolicy,
): AccessFinding[] {
  const late = calls.filter(({ at, role }) => !isInHours(new Date(at), role));
  return late.length > callsOutOfHours
    ? [findingOf('out-of-hours', late, late.length, callsOutOfHours)]
    : [];
}

function findingOf(
  kind: AccessFinding['kind'],
  calls: readonly AuditedCall[],
  count: number,
  limit: number,
): AccessFinding {
  const times = calls.map(({ at }) => at).sort();
  const { viewer, role, organisation } = calls[0]!;
  return {
    kind,
    viewer,
    role,
    organisation,
    count,
    limit,
    firstAt: times[0]!,
    lastAt: times.at(-1)!,
  };
}

function keyOf({ kind, organisation, viewer, role }: AccessFinding): string {
  return JSON.stringify([kind, organisation, viewer, role]);
}
