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
  return lines.flatMap((line) => {
    const said = lineInWords(line);
    return said ? [entryOf(line, said, context)] : [];
  });
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
    facts: withdrawn ? [] : factsOf(fields, said, context.names),
    texts: withdrawn ? [] : textsIn(fields, said, context),
    tags: tagsOf(line),
    before: line.firstTold ? textsIn(line.firstTold, said, context, fields) : [],
    withdrawn,
  };
}

function sourceOf(line: HistoryLine, said: LineInWords, names: DirectoryNames): string {
  const service = textOf(line.fields, 'service') ?? textOf(line.fields, 'provider');
  if (said.by === 'service' && service) {
    return `${names.organisation(service)} (${names.service(service)})`;
  }
  if (line.organisation) return names.organisation(line.organisation);
  if (said.by === 'hub')
    return line.author ? names.organisation(names.ourselves) : 'Safeguarding hub';
  return line.author ? names.organisation(names.ourselves) : 'Another service';
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

function factsOf(fields: Fields, said: LineInWords, names: DirectoryNames) {
  const place = textOf(fields, 'placeId');
  return [
    ...(said.facts ?? []).map(([label, text]) => ({ label, text })),
    ...(place === null ? [] : [{ label: 'Where', text: names.place(place) }]),
  ];
}

function textsIn(
  fields: Fields,
  said: LineInWords,
  { line, opened }: HistoryContext,
  unless: Fields = {},
) {
  return (said.texts ?? []).flatMap(([field, label]) => {
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
