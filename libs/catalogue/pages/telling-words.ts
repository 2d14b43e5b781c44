import type { AnyLine, Cell, CellsLine, Column } from '@common-thread/disclosure/disclosure-table';
import { columns, isFollowing } from '@common-thread/disclosure/disclosure-table';
import { meaningOfField } from '../event-words.js';
import { briefly, listed, withinSentence } from './markdown.js';

/** The columns of the disclosure table as people call them. */
export const columnWords: Readonly<Record<Column, string>> = {
  author: 'Whose record it is',
  referrer: 'Whoever referred',
  'safeguarding-hub': 'Safeguarding hub',
  'childrens-centre': 'Children’s centres',
  'health-visiting': 'Health visiting',
  'partnership-board': 'Partnership board',
};

/** Whose record a stream is, by its category; of the others nobody's. */
const authorWords: Readonly<Record<string, string>> = {
  registration: 'the centre',
  caseload: 'the health visiting team',
  referral: 'the agency that asks',
  contact: 'the hub',
};

/** Who is told what of an event: rows of a table, those told nothing together at the end. */
export function tellings(
  eventType: string,
  category: string,
  line: AnyLine,
  sealed: readonly string[],
): (readonly [who: string, what: string])[] {
  if (isFollowing(line)) {
    return [['Everyone who was told of that record', followsInWords[line.follows]]];
  }
  const name = (column: Column) =>
    column === 'author' && authorWords[category] !== undefined
      ? `${columnWords.author}: ${authorWords[category]}`
      : columnWords[column];
  const told = columns.filter((column) => line[column].grade !== 'withheld');
  const untold = columns.filter((column) => line[column].grade === 'withheld').map(name);
  const [first, ...others] = untold;
  return [
    ...told.map(
      (column) => [name(column), cellInWords(eventType, line, line[column], sealed)] as const,
    ),
    ...(first === undefined
      ? []
      : [[listed([first, ...others.map(withinSentence)]), 'Nothing.'] as const]),
  ];
}

const followsInWords = {
  corrects:
    'What has changed, of the fields they were told and no other, whatever their relation to the family is ' +
    'now. Who was told the type and dates alone is told that something was corrected.',
  withdraws:
    'That it no longer counts, whatever their relation to the family is now; what it said is removed from ' +
    'their feed. The wording is the same whatever the reason, which is not told.',
};

const existenceInWords = {
  begins:
    'Only that another service is involved, where it was not before: its name, and since when.',
  continues: 'Nothing of this: that the service is involved is known already.',
  ends: 'Only that the service is no longer involved, where nothing else keeps it so.',
};

/** What a cell tells of an event, as people call it. */
export function cellInWords(
  eventType: string,
  { involvement, reaches }: CellsLine<string>,
  cell: Cell,
  sealed: readonly string[],
): string {
  switch (cell.grade) {
    case 'withheld':
      return 'Nothing.';
    case 'existence':
      return existenceInWords[involvement ?? 'continues'];
    case 'notice':
      return 'That it happened and when; nothing of what it says.';
    case 'content': {
      const fields = cell.fields.map((field) => {
        const words = briefly(meaningOfField(eventType, field));
        return sealed.includes(field) ? `${words} (sealed)` : words;
      });
      const what = reaches === 'directory' ? 'In full' : 'That it happened and when';
      return `${what}, with: ${fields.join('; ')}.`;
    }
  }
}

/** One word for a cell of the overview. */
export function gradeInWord(line: AnyLine, column: Column): string {
  if (isFollowing(line)) return 'as told';
  const { grade } = line[column];
  return grade === 'withheld' ? '–' : grade === 'content' ? '**content**' : grade;
}
