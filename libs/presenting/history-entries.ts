import type { HistoryLine } from '@common-thread/adapters/postgres/history-reader';
import { BOX_PREFIX } from '@common-thread/eventing/sealing';
import { dayInWords, instantInWords } from '@common-thread/platform/pages/london-time';
import { textOf, textsOf } from '@common-thread/projecting/fields';
import type { DirectoryNames } from './directory-names.js';
import { lineInWords } from './history-words.js';
import type { LineInWords } from './history-words.js';
import type { OpenedBoxes, PageReveal } from './page-reveal.js';
import { shown } from './page-reveal.js';

/** One line of a history as the page shows it: plain text throughout, the template escapes it. */
export interface HistoryEntry {
  /** Unique on the page; an address can point at it. */
  readonly id: string;
  readonly heading: string;
  /** Who recorded it. */
  readonly source: string;
  readonly happened: string;
  /** When it was recorded, where that is another day. */
  readonly recorded: string | undefined;
  readonly people: string | undefined;
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly texts: readonly { readonly label: string; readonly text: string }[];
  readonly tags: readonly { readonly text: string; readonly classes: string }[];
  /** How it read before it was corrected. */
  readonly before: readonly { readonly label: string; readonly text: string }[];
  readonly withdrawn: boolean;
}

type Fields = NonNullable<HistoryLine['fields']>;

/** Asks for every box of a history, also as it was first told where that was corrected. */
export function askForHistory(
  reveal: PageReveal,
  line: string,
  lines: readonly HistoryLine[],
): void {
  reveal.about(line);
  for (const { fields, firstTold } of lines) {
    for (const told of [fields, firstTold]) {
      for (const [field, value] of Object.entries(told ?? {})) {
        if (typeof value === 'string' && value.startsWith(BOX_PREFIX)) {
          reveal.ask(line, field, value);
        }
      }
    }
  }
}

export interface HistoryContext {
  /** The line on whose page it is shown. */
  readonly line: string;
  readonly opened: OpenedBoxes;
  readonly names: DirectoryNames;
  /** Names of the people of this family, by id. */
  readonly people: ReadonlyMap<string, string>;
}

/** A history in words, newest first as it came. */
export function historyEntries(
  lines: readonly HistoryLine[],
  context: HistoryContext,
): HistoryEntry[] {
  const entries = lines.flatMap((line) => {
    const said = lineInWords(line);
    return said ? [entryOf(line, said, context)] : [];
  });
  return entries.reduce<HistoryEntry[]>(joined, []);
}

/** Several people joining, leaving or moving alike on one day are one line, not one each. */
function joined(entries: HistoryEntry[], entry: HistoryEntry): HistoryEntry[] {
  const last = entries.at(-1);
  if (!last || last.people === undefined || !sayTheSame(last, entry)) return [...entries, entry];
  const people = [...last.people.split(', '), ...(entry.people?.split(', ') ?? [])];
  return entries.with(-1, { ...last, people: [...new Set(people)].join(', ') });
}

function sayTheSame(one: HistoryEntry, other: HistoryEntry): boolean {
  const said = ({ id: _, people: __, ...rest }: HistoryEntry) => JSON.stringify(rest);
  return said(one) === said(other);
}

function entryOf(line: HistoryLine, said: LineInWords, context: HistoryContext): HistoryEntry {
  const fields = line.fields ?? {};
  const withdrawn = line.withdrawnAt !== null;
  return {
    id: `line-${line.id}`,
    heading: withdrawn ? `${said.heading} (withdrawn)` : said.heading,
    source: sourceOf(line, said, context.names),
    happened:
      line.occurredPrecision === 'day'
        ? dayInWords(line.occurredAt)
        : instantInWords(line.occurredAt),
    recorded: recordedOf(line),
    people: withdrawn ? undefined : peopleOf(fields, context.people),
    facts: withdrawn ? [] : factsOf(fields, said, context),
    texts: withdrawn ? [] : textsIn(fields, said.texts, context),
    tags: tagsOf(line),
    before: line.firstTold
      ? textsIn(line.firstTold, [...(said.shorts ?? []), ...(said.texts ?? [])], context, fields)
      : [],
    withdrawn,
  };
}

function sourceOf(line: HistoryLine, said: LineInWords, names: DirectoryNames): string {
  const service = textOf(line.fields, 'service') ?? textOf(line.fields, 'provider');
  if (said.by === 'service' && service) {
    return `${names.organisation(service)} (${names.service(service)})`;
  }
  if (line.organisation) return names.organisation(line.organisation);
  if (said.by === 'hub') return hubOf(line, names);
  return line.author ? names.organisation(names.ourselves) : 'Another service';
}

/** A contact's author is the hub; what becomes of a referral is the hub's doing, whoever raised it. */
function hubOf(line: HistoryLine, names: DirectoryNames): string {
  if (line.author && line.name.startsWith('contact.')) return names.organisation(names.ourselves);
  const [only, ...others] = names.recipientsOf('safeguarding-hub');
  return only && others.length === 0 ? only.name : 'Safeguarding hub';
}

/** Told wherever the day of recording is not the day it happened. */
function recordedOf(line: HistoryLine): string | undefined {
  const known = line.learnedAt ?? (line.imported ? null : line.recordedAt);
  if (!known || dayInWords(known) === dayInWords(line.occurredAt)) return undefined;
  return dayInWords(known);
}

function peopleOf(fields: Fields, people: ReadonlyMap<string, string>): string | undefined {
  const ids = [
    ...textsOf(fields, 'childIds'),
    ...textsOf(fields, 'personIds'),
    ...['childId', 'personId', 'relatedPersonId'].flatMap((field) => textOf(fields, field) ?? []),
  ];
  const named = ids.map((id) => people.get(id) ?? 'somebody else');
  return named.length === 0 ? undefined : [...new Set(named)].join(', ');
}

function factsOf(fields: Fields, said: LineInWords, context: HistoryContext) {
  const { names } = context;
  const place = textOf(fields, 'placeId');
  return [
    ...(said.facts ?? []).map(([label, text]) => ({ label, text })),
    ...(place === null ? [] : [{ label: 'Where', text: names.place(place) }]),
    ...textsIn(fields, said.shorts, context),
  ];
}

function textsIn(
  fields: Fields,
  asked: LineInWords['texts'],
  { line, opened }: HistoryContext,
  unless: Fields = {},
) {
  return (asked ?? []).flatMap(([field, label]) => {
    const box = textOf(fields, field);
    const text = box === textOf(unless, field) ? undefined : shown(opened.of(line, field, box));
    return text === undefined ? [] : [{ label, text }];
  });
}

function tagsOf(line: HistoryLine): HistoryEntry['tags'] {
  return [
    ...(line.withdrawnAt ? [tag('Withdrawn', 'grey')] : []),
    ...(line.corrections.some(({ fields }) => fields !== null) ? [tag('Corrected', 'blue')] : []),
    ...(line.late ? [tag('Recorded late', 'orange')] : []),
    ...(line.imported ? [tag('From an earlier system', 'grey')] : []),
  ];
}

function tag(text: string, colour: string): { text: string; classes: string } {
  return { text, classes: `govuk-tag--${colour}` };
}
