import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { columnsOfList } from '../../apps/standalone/loading/annex-a/columns.js';
import { openInput } from '../../apps/standalone/loading/annex-a/input-lists.js';
import names from '../../apps/standalone/loading/annex-a/specification.json' with { type: 'json' };
import type { Heading } from './schema-file.js';
import { headingsOf, linesOf } from './schema-file.js';

// Compares what was carried over with its origin, in the folder that the environment names.
const folder = process.env.COMMON_THREAD_OUTSIDE_DATA ?? '';
const yaml = await readFile(join(folder, 'annex-a', 'Annex_A_schema.yml'), 'utf8');

/** Each spelling under the first of our words whose heading has it. */
function carriedOver(headings: readonly Heading[], wordOf: (code: string) => string) {
  const lists: Record<string, string[]> = {};
  const seen = new Set<string>();
  for (const { code, names: spellings } of headings) {
    for (const spelling of spellings) {
      if (seen.has(spelling.toLowerCase())) continue;
      seen.add(spelling.toLowerCase());
      (lists[wordOf(code)] ??= []).push(spelling);
    }
  }
  return Object.fromEntries(Object.entries(lists).map(([word, of]) => [word, of.sort()]));
}
function sorted(lists: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(Object.entries(lists).map(([word, of]) => [word, [...of].sort()]));
}

const groups: Readonly<Record<string, string>> = {
  a: 'individual',
  b: 'schools',
  c: 'education',
  d: 'health',
  e: 'housing',
  f: 'local-authority',
  g: 'police',
  h: 'other-legal',
  i: 'other',
  j: 'anonymous',
  k: 'unknown',
};

describe('the specification carried over', () => {
  it('has the sexes of its origin', () => {
    const word = (code: string) => (code === 'a) Male' ? 'M' : code === 'b) Female' ? 'F' : 'U');
    expect(sorted(names.sexes)).toEqual(carriedOver(headingsOf(yaml, 'list_1', 'Gender'), word));
  });

  it('has the sources of its origin but for the one that was filed wrongly', () => {
    const headings = headingsOf(yaml, 'list_1', 'Contact Source');
    const moved = '1B Individual - Acquaintance (including neighbours and child minders)';
    const expected = carriedOver(headings, (code) => groups[code[0] ?? ''] ?? code);
    expect(expected['housing']).toContain(moved);
    expected['housing'] = (expected['housing'] ?? []).filter((name) => name !== moved);
    expected['individual'] = [...(expected['individual'] ?? []), moved].sort();
    expect(sorted(names.contactSources)).toEqual(expected);
  });

  it('has the decisions of its origin', () => {
    const headings = headingsOf(yaml, 'list_3', 'Referral NFA?');
    const expected = carriedOver(headings, (code) => (code === 'Yes' ? 'yes' : 'no'));
    expect(sorted(names.noFurtherAction)).toEqual(expected);
  });

  it.each([
    ['list_1', 'Child Unique ID', '/\\bchild\\b.*\\b(id|identifier)\\b'],
    ['list_1', 'Date of Birth', '/.*date.*birth.*/i'],
    ['list_1', 'Date of Contact', '/.*date.*contact.*/i'],
    ['list_1', 'Contact Source', '/.*contact.*source.*/i'],
    ['list_3', 'Date of referral', '/.*date of.*referral.*/i'],
    ['list_3', 'Referral Source', '/.*referral.*source.*/i'],
  ])('knows the header pattern of %s, %s', (list, column, pattern) => {
    expect(linesOf(yaml, list, column).join('\n')).toContain(pattern);
    const ours = columnsOfList[list === 'list_1' ? 1 : 3].find(({ title }) => title === column);
    expect(ours?.header.test(column)).toBe(true);
  });

  it('reads the workbook it came with', async () => {
    const { lists } = await openInput(join(folder, 'annex-a', 'Annex_A_2024_Jan.xlsx'));
    expect(lists.map(({ list }) => list)).toEqual([1, 3]);
  });
});
