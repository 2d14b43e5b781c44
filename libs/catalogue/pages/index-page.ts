import { lineOf } from '@common-thread/disclosure/cells';
import { disclosureVersion, gradeOfHistory } from '@common-thread/disclosure/disclosure';
import { columns } from '@common-thread/disclosure/disclosure-table';
import { audiences } from '@common-thread/domain/identifiers';
import type { JsonSchema } from '../json-schema.js';
import { textsOf } from '../json-schema.js';
import type { ContextPage } from './context-pages.js';
import { contextPages, pageOf } from './context-pages.js';
import { anchor, page, spaced, table } from './markdown.js';
import { columnWords, gradeInWord } from './telling-words.js';

const pastInWords = {
  content: 'the same as of what happens from now on',
  notice: 'that it happened and when',
  withheld: 'nothing',
} as const;

/** The first page: how to read the catalogue, and every cell of the disclosure table at a glance. */
export function indexPage(events: readonly JsonSchema[]): string {
  return page(
    '# What is recorded, and who is told',
    words.about,
    '## At a glance',
    `Version ${disclosureVersion} of the disclosure table. Columns are told of a family while they are entitled to it.`,
    overview(events),
    words.grades,
    words.columns,
    '## What an agency learns of the past',
    words.past,
    table(
      ['Audience', 'Is told of the past'],
      audiences.map((audience) => [columnWords[audience], pastInWords[gradeOfHistory[audience]]]),
    ),
    '## Pages',
    [
      ...contextPages.map(({ file, title, about }) => `- [${title}](${file}): ${about}`),
      '- [Codes](codes.md): Every code list with its words.',
    ],
    '## For systems',
    words.systems,
  );
}

const words = {
  about: [
    'Every fact that Common Thread records, what it holds, and what each agency is told of it. These pages are',
    'made from the declarations of the events and from the disclosure table, so they say what the service does; a',
    'test compares them. To change them change those, then run `npm run catalogue`.',
  ],
  grades: [
    '- **content**: the fields named on the event’s page. Personal ones are *sealed*: the agency holds a locked',
    '  box, and the vault opens it for one person at a time, for a stated purpose, leaving a trace.',
    '- notice: that it happened and when.',
    '- existence: only that another service is involved: when that begins and ends, never an event apiece. In feeds',
    '  these are `uk.common-thread.involvement.began.v1` and `uk.common-thread.involvement.ended.v1`.',
    '- as told: goes to everyone who was told of the record it corrects or withdraws, and to nobody else.',
    '- –: nothing. Whoever is told nothing cannot tell that there is anything.',
  ],
  columns: [
    'An agency is entitled to a family that is registered at its centre or on its caseload, or about which it has a',
    'matter in hand at the hub; it is told by the column of its kind. *Whose record it is* and *whoever referred*',
    'are told whatever becomes of that. Where several columns hold, the agency is told what any of them allows.',
  ],
  past: [
    'When an agency becomes entitled to a family it is first told who is in it, in full. Of what else happened before',
    'it is told no more than this:',
  ],
  systems: [
    '- `schemas/events`: JSON Schema (2020-12) of each event as it is stored.',
    '- `schemas/feeds`: JSON Schema of each public type, for each audience; of the envelope in `feed-row.json`. The',
    '  relay serves them at `/v1/schemas/<type>`, to each reader its own.',
    '- `asyncapi.json`: the feeds as AsyncAPI 3; the relay serves it at `/asyncapi.json`.',
    '- [Changing an event](../how-to/change-an-event.md): what may change under the same name, and what may not.',
  ],
} as const;

function overview(events: readonly JsonSchema[]): readonly string[] {
  return table(
    ['Event', ...columns.map((column) => columnWords[column])],
    contextPages.flatMap((context) =>
      eventsOn(context, events).map((event) => rowOf(context, event)),
    ),
  );
}

function rowOf({ file }: ContextPage, event: JsonSchema): readonly string[] {
  const type = String(event.title);
  const line = lineOf(type);
  return [
    `[${spaced(type)}](${file}${anchor(spaced(type))})`,
    ...columns.map((column) => gradeInWord(line, column)),
  ];
}

/** The events of a page, in the order in which they are declared. */
export function eventsOn(context: ContextPage, events: readonly JsonSchema[]): JsonSchema[] {
  return events.filter((event) => pageOf(textsOf(event, 'x-streams')) === context);
}
