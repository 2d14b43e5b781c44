import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { dayNumber, dayText } from '../../apps/standalone/seeding/calendar.js';
import { Random } from '../../apps/standalone/seeding/random.js';
import names from '../../apps/standalone/loading/annex-a/specification.json' with { type: 'json' };
import type { MadeCell } from './workbook-maker.js';
import { workbook } from './workbook-maker.js';

/*
 * Makes an Annex A extract of any size from the specification: every spelling it knows, dates in
 * several, ids that come again, and one row in a hundred that no loader can take.
 *
 *   node dist/test/annex-a/make-large.js <file.xlsx or folder> [rows, 50000 by default]
 */

const headers = {
  1: [
    'Child Unique ID', 'Gender', 'Ethnicity', 'Date of Birth', 'Age of Child (Years)',
    'Date of Contact', 'Contact Source',
  ],
  3: [
    'Child Unique ID', 'Gender', 'Ethnicity', 'Date of Birth', 'Age of Child (Years)',
    'Date of Referral', 'Referral Source', 'Referral NFA?', 'Number of Referrals in Last 12 Months',
    'Allocated Team', 'Allocated Worker',
  ],
} as const; // prettier-ignore

const LAST_DAY = dayNumber('2026-02-28');
const sources = Object.values(names.contactSources).flat();
const sexes = Object.values(names.sexes).flat();
const decisions = Object.values(names.noFurtherAction).flat();

/** Rows of a list, the header first; four contacts to a referral, three rows to a child. */
export function* largeList(list: 1 | 3, rows: number): Generator<MadeCell[]> {
  yield [...headers[list]];
  const random = new Random('annex-a', list);
  for (let nth = 0; nth < rows; nth += 1) {
    const day = random.integer(LAST_DAY - 1_800, LAST_DAY);
    const birth = day - random.integer(30, 6_400);
    const spoiled = random.chance(0.01);
    const row: MadeCell[] = [
      spoiled && random.chance(0.5)
        ? null
        : random.integer(100_000, 100_000 + Math.ceil(rows / 3)),
      random.pick(sexes),
      'a) WBRI',
      random.chance(0.05) ? null : { day: dayText(birth) },
      (day - birth) / 365.25,
      spoiled ? 'not known' : dateCell(random, day),
      random.pick(sources),
    ];
    if (list === 3)
      row.push(random.pick(decisions), random.integer(0, 4), 'Duty Team', 'A Worker');
    yield row;
  }
}

function dateCell(random: Random, day: number): MadeCell {
  const text = dayText(day);
  const [year, month, dayOfMonth] = text.split('-');
  return random.pick<MadeCell>([{ day: text }, `${dayOfMonth}/${month}/${year}`, text]);
}

export function largeWorkbook(rows: number): Buffer {
  const referrals = Math.floor(rows / 5);
  return workbook(
    { name: 'List 1', rows: largeList(1, rows - referrals) },
    { name: 'List 2', rows: [['Child Unique ID']] },
    { name: 'List 3', rows: largeList(3, referrals) },
  );
}

export async function largeFolder(folder: string, rows: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const referrals = Math.floor(rows / 5);
  for (const [list, count] of [
    [1, rows - referrals],
    [3, referrals],
  ] as const) {
    const file = createWriteStream(join(folder, `list_${list}.csv`));
    for (const cells of largeList(list, count)) file.write(`${cells.map(csvCell).join(',')}\n`);
    file.end();
    await finished(file);
  }
}

function csvCell(cell: MadeCell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return 'day' in cell ? cell.day : '';
  return typeof cell === 'number' ? String(cell) : `"${cell.replaceAll('"', '""')}"`;
}

const [, script, output, rows = '50000'] = process.argv;
if (script?.endsWith('make-large.js') && output !== undefined) {
  if (extname(output) === '.xlsx') await writeFile(output, largeWorkbook(Number(rows)));
  else await largeFolder(output, Number(rows));
  process.stdout.write(`${Number(rows).toLocaleString('en-GB')} rows in ${output}\n`);
}
