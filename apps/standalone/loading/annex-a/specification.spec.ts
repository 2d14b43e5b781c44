import { columnsOfList, readHeader } from './columns.js';
import { readContactSource, readNoFurtherAction, readSex } from './specification.js';
import names from './specification.json' with { type: 'json' };

describe('the spellings of Annex A', () => {
  it.each([
    ['1A', '1A'],
    ['a) 1A: Individual', '1A'],
    ['‘INDIVIDUAL’ – self.', '1C'],
    ["'INDIVIDUAL' - SELF.", '1C'],
    ['Individual', '1D'],
    ['1B Individual - Acquaintance (including neighbours and child minders)', '1B'],
    ['2A: Schools', '2A'],
    ['  police  ', '6'],
    ['q) 6: Police', '6'],
    ['7 - Police', '6'],
    ['10) Housing (e.g. Housing Dept, Hounslow Homes Or Housing Association)', '4'],
    ['Health Visitor [3B]', '3B'],
    ['3E - Health services – A&E (Emergency Department)', '3E'],
    ['5D - LA Services – early help', '5D'],
    ['8 - Other', '8'],
    ['u) 10: Unknown', '10'],
    ['3C something no specification foresaw', '3C'],
  ])('read the source %s as %s', (spelling, code) => {
    expect(readContactSource(spelling)).toBe(code);
  });

  it.each(['', 'Aunt Sally at number 4', 'Nobody in particular', '99', '0'])(
    'refuse the source "%s"',
    (spelling) => {
      expect(readContactSource(spelling)).toBeUndefined();
    },
  );

  it('give every spelling of the specification a code of its own group', () => {
    const unread = Object.values(names.contactSources)
      .flat()
      .filter((spelling) => readContactSource(spelling) === undefined);
    expect(unread).toEqual([]);
    expect(names.contactSources.police.map(readContactSource)).toEqual(
      names.contactSources.police.map(() => '6'),
    );
  });

  it('say the sex where they do', () => {
    expect(['a) Male', 'F', '2 - Female', 'Unborn', 'Non-Binary', 'Purple'].map(readSex)).toEqual([
      'M',
      'F',
      'F',
      'U',
      'U',
      undefined,
    ]);
  });

  it('say whether a referral ended in no further action', () => {
    expect(['a) Yes', 'NFA', '0', 'No', 'perhaps'].map(readNoFurtherAction)).toEqual([
      true,
      true,
      false,
      false,
      undefined,
    ]);
  });
});

describe('a header', () => {
  it('is read however it is spelled', () => {
    const header = readHeader(1, [
      'Unique ID of the child',
      'GENDER',
      'Ethnicity',
      'date of birth (DD/MM/YYYY)',
      'Age',
      'Contact date',
      'Date of the contact',
      'Source',
      'Contact  Source ',
    ]);
    expect(header).toEqual({
      places: { child: 0, sex: 1, dateOfBirth: 3, date: 6, source: 8 },
    });
  });

  it('names the columns that are missing', () => {
    expect(readHeader(3, ['Child Unique ID', 'Referral Source'])).toEqual({
      missing: ['Date of referral', 'Referral NFA?'],
      best: 2,
    });
  });

  it('does without those that may be left out', () => {
    const required = columnsOfList[3].filter((c) => c.required).map((c) => c.title);
    expect(readHeader(3, required)).toHaveProperty('places');
  });
});
