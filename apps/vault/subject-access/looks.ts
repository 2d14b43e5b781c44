import type { HeldLook, Withholding } from '@common-thread/platform/subject-access';
import type { Audit, KeptEntry } from '../audit/audit.js';
import type { Gathering } from './gathering.js';
import type { WithholdingRules } from './withholding.js';
import { lineOfMatter } from './withholding.js';

const ENTRIES_AT_ONCE = 500;
const KINDS = ['reveal', 'look-up'] as const;
/** Whoever asks for feedback asked for the referral. */
const SOURCE_PURPOSE = 'referral-feedback';

/**
 * Who opened a page about a person, or looked them up, oldest first. What somebody saw of a fact that is
 * withheld is withheld; members of staff are named to nobody here, by organisation and role alone.
 */
export async function looksAt(
  audit: Audit,
  gathered: Gathering,
  rules: WithholdingRules,
  personId: string,
): Promise<{ readonly looks: readonly HeldLook[]; readonly withheld: readonly Withholding[] }> {
  const given = gathered.facts.filter((event) => rules.ofFact(event) === undefined);
  const events = new Set(given.map(({ id }) => id));
  const lines = new Set(linesOf(gathered, rules));
  const entries = new Map<string, KeptEntry>();
  for (const subject of [personId, ...lines]) {
    for (const entry of await entriesAbout(audit, subject)) entries.set(entry.entryId, entry);
  }
  const [looks, withheld]: [HeldLook[], Withholding[]] = [[], []];
  const sorted = [...entries.values()].sort((a, b) => Number(a.entryId) - Number(b.entryId));
  for (const entry of sorted) {
    if (isAbout(entry, personId, events, lines)) {
      looks.push(lookOf(entry));
      if (entry.purpose === SOURCE_PURPOSE) {
        withheld.push({ reason: 'source', of: entry.entryId, name: 'viewing', field: 'who' });
      }
    } else {
      withheld.push({ reason: 'restricted', of: entry.entryId, name: 'viewing' });
    }
  }
  return { looks, withheld };
}

/** Families and contacts of theirs of which something may be said, as lines. */
export function linesOf(gathered: Gathering, rules: WithholdingRules): readonly string[] {
  const given = gathered.facts.filter((event) => rules.ofFact(event) === undefined);
  const matters = given.flatMap((event) => lineOfMatter(event) ?? []);
  return [...new Set([...gathered.openFamilies.map((id) => `family/${id}`), ...matters])];
}

async function entriesAbout(audit: Audit, subject: string): Promise<readonly KeptEntry[]> {
  const entries: KeptEntry[] = [];
  for (let before: string | undefined; ;) {
    const some = await audit.read({
      subject,
      kinds: KINDS,
      limit: ENTRIES_AT_ONCE,
      ...(before === undefined ? {} : { before }),
    });
    entries.push(...some.filter(({ purpose }) => purpose !== 'subject-access'));
    before = some.at(-1)?.entryId;
    if (before === undefined || some.length < ENTRIES_AT_ONCE) return entries;
  }
}

function isAbout(
  { about, items, kind }: KeptEntry,
  personId: string,
  events: ReadonlySet<string>,
  lines: ReadonlySet<string>,
): boolean {
  if (about.some((line) => lines.has(line))) return true;
  if (kind === 'look-up') return true;
  return items.some(
    ({ eventId, subjects }) =>
      subjects.includes(personId) && eventId !== undefined && events.has(eventId),
  );
}

function lookOf({ asker, at, kind, purpose }: KeptEntry): HeldLook {
  const who = purpose === SOURCE_PURPOSE ? {} : { organisation: asker.organisation };
  const role = purpose === SOURCE_PURPOSE ? {} : { role: asker.role };
  return { at: at.toISOString(), kind, purpose, ...who, ...role };
}
