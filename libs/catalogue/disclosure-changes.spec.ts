import { content, notice, withheld } from '@common-thread/disclosure/disclosure-table';
import type { Table } from './disclosure-changes.js';
import {
  cellChangeInWords,
  changesBetween,
  tableNow,
  underTheSameVersion,
} from './disclosure-changes.js';
import { releasedTable } from './released.js';

const session = 'SessionAttended';
const line = tableNow.lines[session]!;

/** The table of now with something else on the line of a session that was attended. */
function having(change: object, version = tableNow.version): Table {
  return { ...tableNow, version, lines: { ...tableNow.lines, [session]: { ...line, ...change } } };
}

describe('the disclosure table', () => {
  it('tells under its version what was released under it', () => {
    expect(underTheSameVersion(releasedTable, tableNow)).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['more', { 'partnership-board': notice }, 'SessionAttended, Partnership board'],
    [
      'a field more',
      { 'health-visiting': content('personIds', 'note') },
      'SessionAttended, Health visiting',
    ],
    ['less', { 'safeguarding-hub': withheld }, 'SessionAttended, Safeguarding hub'],
    [
      'other families',
      { reaches: 'directory' },
      'SessionAttended: reaches was people and would be directory',
    ],
  ])('is found to tell somebody %s', (_what, change, found) => {
    expect(underTheSameVersion(tableNow, having(change))).toEqual([found]);
    expect(underTheSameVersion(tableNow, having(change, tableNow.version + 1))).toEqual([]);
  });

  it('is found to tell more of the past, or nothing of an event any longer', () => {
    const { [session]: _, ...others } = tableNow.lines;
    const gradeOfHistory = { ...tableNow.gradeOfHistory, 'health-visiting': 'content' };
    expect(underTheSameVersion(tableNow, { ...tableNow, gradeOfHistory })).toEqual([
      'the past: health-visiting was told notice and would be told content',
    ]);
    expect(underTheSameVersion(tableNow, { ...tableNow, lines: others })).toContain(
      'SessionAttended: nobody would be told of it any more',
    );
  });

  it('may have a line for an event that nobody has been told of', () => {
    const { [session]: _, ...others } = tableNow.lines;
    const before = { ...tableNow, lines: others };
    expect(underTheSameVersion(before, tableNow)).toEqual([]);
    expect(changesBetween(before, tableNow).added).toEqual([session]);
  });

  it('says a change in words, and what of it is sealed', () => {
    const after = having({ 'safeguarding-hub': content('note'), 'health-visiting': notice });
    const { cells } = changesBetween(tableNow, after);
    expect(cells.map((cell) => cellChangeInWords(cell, ['note']))).toEqual([
      expect.stringMatching(
        /^Safeguarding hub\n {2}was: That it happened and when, with: .*\n {2}is: {2}.*\(sealed\)\.$/,
      ),
      expect.stringMatching(
        /^Health visiting\n {2}was: .*\n {2}is: {2}That it happened and when; nothing of what it says\.$/,
      ),
    ]);
  });
});
