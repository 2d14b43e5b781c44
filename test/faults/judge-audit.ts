import type { Finding } from './finding.js';
import { finding } from './finding.js';
import type { AuditedCall, ObservedHistory, Shown } from './observed.js';

type AuditHistory = Pick<ObservedHistory, 'shown' | 'notShown' | 'audit' | 'ended'>;

/**
 * What is wrong between what people were shown and what the audit says of it. Each was shown nothing
 * without its one entry; an entry of what nobody was shown is left by a call that something cut off, by
 * each thing that ended one at most, and says that its delivery is not known.
 */
export function judgeAudit({ shown, notShown, audit, ended }: AuditHistory): Finding[] {
  const entries = new Map<string, AuditedCall[]>();
  for (const call of audit) entries.set(call.page, [...(entries.get(call.page) ?? []), call]);
  return [
    ...shown.flatMap((each) => wrongAbout(each, entries.get(each.page) ?? [])),
    ...notShown.flatMap(({ page }) => twice(page, entries.get(page) ?? [])),
    ...ofNobody({ shown, notShown }, entries),
    ...surplus(surplusIn({ notShown, audit }), ended),
  ];
}

/** Entries of what nobody was shown. */
export function surplusIn({
  notShown,
  audit,
}: Pick<AuditHistory, 'notShown' | 'audit'>): AuditedCall[] {
  const pages = new Set(notShown.map(({ page }) => page));
  return audit.filter(({ page }) => pages.has(page));
}

function wrongAbout(shown: Shown, entries: readonly AuditedCall[]): Finding[] {
  const { page, user, outcomes } = shown;
  const [entry] = entries;
  if (!entry) {
    const words = `${user} was shown ${page}, of which the audit has nothing`;
    return [finding('unaudited', words)];
  }
  const isTrue = entry.user === user && entry.outcomes.join() === outcomes.join();
  const words =
    `${page}: ${user} was shown ${outcomes.join()}; the audit says ` +
    `${entry.outcomes.join()} to ${entry.user}`;
  return [...(isTrue ? [] : [finding('unaudited', words)]), ...twice(page, entries)];
}

function twice(page: string, { length }: readonly AuditedCall[]): Finding[] {
  if (length < 2) return [];
  return [finding('duplicated', `the audit has ${page} ${length} times`)];
}

function ofNobody(
  { shown, notShown }: Pick<AuditHistory, 'shown' | 'notShown'>,
  entries: ReadonlyMap<string, unknown>,
): Finding[] {
  const asked = new Set([...shown, ...notShown].map(({ page }) => page));
  return [...entries.keys()]
    .filter((page) => !asked.has(page))
    .map((page) => finding('phantom', `the audit has ${page}, for which nobody asked`));
}

/** `ended` is undefined where calls were also cut off by what ended nothing. */
function surplus(entries: readonly AuditedCall[], ended: number | undefined): Finding[] {
  if (ended === undefined) return [];
  const tooMany =
    `the audit has ${entries.length} entries of what nobody was shown, ` +
    `and ${ended} times something was ended`;
  return [
    ...(entries.length > ended ? [finding('phantom', tooMany)] : []),
    ...entries
      .filter(({ isDelivered }) => isDelivered)
      .map(({ page }) =>
        finding('phantom', `the audit says that ${page} was delivered, which nobody was shown`),
      ),
  ];
}
