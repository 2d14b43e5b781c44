import { readStaff, UnreadableStaff } from './staff-file.js';

const heading = 'id,organisation,familyName,dateOfBirth,nhsNumber,address,postcode';

describe('a file of staff', () => {
  it('gives what is known of each, and nothing for an empty cell', () => {
    expect(
      readStaff(
        `\ufeff${heading}\r\nw-1,larkfield-centres,Nettle,,,"4 Sorrel Court, Larkfield",ZZ99 3VZ\r\n`,
      ),
    ).toEqual([
      {
        id: 'w-1',
        organisation: 'larkfield-centres',
        familyName: 'Nettle',
        address: '4 Sorrel Court, Larkfield',
        postcode: 'ZZ99 3VZ',
      },
    ]);
  });

  it.each([
    ['a column that is missing', 'id,organisation\nw-1,oak', 'Add the columns familyName.'],
    ['a column nobody knows', 'id,organisation,familyName,salary\nw,oak,Ox,1', 'Leave out'],
    ['an id with a space', `${heading}\nw 1,oak,Ox,,,,`, 'Line 2: id is'],
    ['no surname', `${heading}\nw-1,oak,Ox,,,,\nw-2,oak,,,,,`, 'Line 3: familyName is'],
    ['a day that is none', `${heading}\nw-1,oak,Ox,1985-02-30,,,`, 'Line 2: dateOfBirth is'],
    ['a number too short', `${heading}\nw-1,oak,Ox,,12345,,`, 'Line 2: nhsNumber is'],
    ['a line too long', `${heading}\nw-1,oak,Ox,,,,,,,`, 'This is no CSV'],
  ])('is refused for %s, without repeating it', (_what, text, said) => {
    expect(() => readStaff(text)).toThrow(UnreadableStaff);
    expect(() => readStaff(text)).toThrow(said);
    expect(() => readStaff(text)).not.toThrow(/12345|w 1|1985-02-30/);
  });
});
