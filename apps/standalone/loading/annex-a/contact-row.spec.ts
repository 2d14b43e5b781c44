import type { Cell } from './cells.js';
import { CELL_CHARACTERS_MAX } from './cells.js';
import { readContactRow } from './contact-row.js';

const places = { child: 0, sex: 1, dateOfBirth: 2, date: 3, source: 4, noFurtherAction: 5 };
const today = '2026-03-02';

function read(list: 1 | 3, ...cells: Cell[]) {
  return readContactRow(list, places, { row: 2, cells }, today);
}
function faultsOf(...cells: Cell[]) {
  const result = read(1, ...cells);
  return 'faults' in result
    ? result.faults.map(({ column, reason }) => `${column} ${reason}`)
    : [];
}

describe('a row of list 1', () => {
  it('is read', () => {
    expect(read(1, '9212044', 'b) Female', '25/01/2015', '16/09/2020', 'q) 6: Police')).toEqual({
      contact: {
        list: 1,
        childId: '9212044',
        sex: 'F',
        birth: { kind: 'born', day: '2015-01-25' },
        day: '2020-09-16',
        source: '6',
      },
    });
  });

  it('needs neither sex nor date of birth', () => {
    expect(read(1, 'A-17/b', 'Purple', null, '16/09/2020', '1A')).toEqual({
      contact: { list: 1, childId: 'A-17/b', day: '2020-09-16', source: '1A' },
    });
  });

  it('holds a child expected after today, or born since the contact', () => {
    expect(read(1, '1', 'Unborn', '01/07/2026', '01/03/2026', '3D')).toMatchObject({
      contact: { sex: 'U', birth: { kind: 'expected', day: '2026-07-01' } },
    });
    expect(read(1, '1', 'Unborn', '01/02/2026', '01/12/2025', '3D')).toMatchObject({
      contact: { birth: { kind: 'born', day: '2026-02-01' } },
    });
  });

  it('takes a whole number written with a decimal point for an id', () => {
    expect(read(1, '9212044.0', null, null, '44090', '6')).toMatchObject({
      contact: { childId: '9212044', day: '2020-09-16' },
    });
  });

  it.each<[string, Cell[], string]>([
    ['no id', [null, 'M', null, '16/09/2020', '6'], 'Child Unique ID is empty'],
    [
      'an id whose digits are lost',
      ['1.23457E+15', 'M', null, '16/09/2020', '6'],
      'Child Unique ID is a number shortened to a power of ten; save the column as text',
    ],
    [
      'a name for an id',
      ['Mary Smith', 'M', null, '16/09/2020', '6'],
      'Child Unique ID is not an id of at most 40 letters and digits',
    ],
    ['no date', ['1', 'M', null, null, '6'], 'Date of Contact is empty'],
    [
      'a date of no calendar',
      ['1', 'M', null, '31/02/2020', '6'],
      'Date of Contact is no date that can be read; write it as DD/MM/YYYY',
    ],
    ['tomorrow', ['1', 'M', null, '03/03/2026', '6'], 'Date of Contact is in the future'],
    ['a date long ago', ['1', 'M', null, '16/09/1920', '6'], 'Date of Contact is before 1990'],
    [
      'an unknown source',
      ['1', 'M', null, '16/09/2020', 'Mrs Smith'],
      'Contact Source is not among the spellings of the specification',
    ],
    [
      'a birth that cannot be read',
      ['1', 'M', 'soon', '16/09/2020', '6'],
      'Date of Birth is no date that can be read; write it as DD/MM/YYYY',
    ],
    [
      'a birth years after the contact',
      ['1', 'M', '16/09/2022', '16/09/2020', '6'],
      'Date of Birth is further after the contact than a pregnancy lasts',
    ],
    [
      'a grown-up',
      ['1', 'M', '16/09/1980', '16/09/2020', '6'],
      'Date of Birth makes the child older than 26 on that day',
    ],
    ['a NUL', ['1', 'M', null, '16/09/2020', '6\u0000'], 'any a cell holds a NUL character'],
    [
      'an over-long cell, in whatever column',
      ['1', 'M', null, '16/09/2020', '6', null, 'x'.repeat(CELL_CHARACTERS_MAX + 1)],
      'any a cell is longer than 1000 characters',
    ],
  ])('with %s is refused', (_, cells, fault) => {
    expect(faultsOf(...cells)).toEqual([fault]);
  });

  it('is told every fault at once, none of which repeats what the row says', () => {
    const faults = faultsOf('Mary Smith', 'M', 'a while ago', 'Tuesday', 'her aunt');
    expect(faults).toHaveLength(4);
    expect(faults.join()).not.toMatch(/Mary|while|Tuesday|aunt/);
  });
});

describe('a row of list 3', () => {
  it('says whether the referral ended in no further action', () => {
    expect(read(3, '1', 'M', null, '16/09/2020', '2A', 'b) No')).toMatchObject({
      contact: { list: 3, noFurtherAction: false },
    });
    expect(read(3, '1', 'M', null, '16/09/2020', '2A', true)).toMatchObject({
      contact: { noFurtherAction: true },
    });
  });

  it.each([
    [null, 'is empty'],
    ['perhaps', 'is neither yes nor no'],
  ])('must say so (%s)', (answer, reason) => {
    expect(read(3, '1', 'M', null, '16/09/2020', '2A', answer)).toEqual({
      faults: [{ column: 'Referral NFA?', reason }],
    });
  });
});
