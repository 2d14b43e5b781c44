import { readFileSync } from 'node:fs';
import type { Table } from '@common-thread/catalogue/disclosure-changes';
import {
  cellChangeInWords,
  changesBetween,
  tableNow,
} from '@common-thread/catalogue/disclosure-changes';
import { meaningOfEvent } from '@common-thread/catalogue/event-words';
import { releasedTable } from '@common-thread/catalogue/released';
import { codec } from '@common-thread/domain/event-catalogue';

/**
 * `npm run disclosure -- diff`: in words, what the disclosure table as it stands would tell whom otherwise than
 * the released one; against another table where its file is named.
 */
const [verb, file, ...more] = process.argv.slice(2);
if (verb !== 'diff' || more.length > 0) {
  process.stderr.write('Run `npm run disclosure -- diff`, or `… diff <table.json>`.\n');
  process.exit(2);
}

const before = file === undefined ? releasedTable : tableIn(file);
const { added, cells, lines } = changesBetween(before, tableNow);
const say = (text: string) => process.stdout.write(`${text}\n`);

say(
  `Version ${before.version} of the disclosure table against version ${tableNow.version}, of now.`,
);
if (added.length + cells.length + lines.length === 0) say('Nobody would be told anything else.');
for (const { eventType, what } of lines) say(`\n${eventType}: ${what}.`);
for (const eventType of new Set(cells.map((cell) => cell.eventType))) {
  const sealed = codec.personalFieldsOf(eventType).map(({ field }) => field);
  const isNew = added.includes(eventType) ? ' Nobody has been told of one yet.' : '';
  say(`\n${eventType}: ${meaningOfEvent(eventType)}${isNew}`);
  for (const cell of cells.filter((each) => each.eventType === eventType)) {
    say(`- ${cellChangeInWords(cell, sealed)}`);
  }
}

function tableIn(path: string): Table {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Table;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `${path} is no disclosure table: ${reason}\n` +
        'Take one from libs/catalogue/released/disclosure.json of an earlier state.\n',
    );
    process.exit(2);
  }
}
