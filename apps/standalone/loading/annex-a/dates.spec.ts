import { readDay } from './dates.js';

describe('a date', () => {
  it.each([
    ['16/09/2020'],
    ['16-09-2020'],
    ['16.9.2020'],
    ['16/9/20'],
    ['2020-09-16'],
    ['2020/09/16'],
    ['2020-09-16T00:00:00.000Z'],
    ['2020-09-16 14:05:00'],
    ['16/09/2020 00:00'],
    ['16/09/2020 2:05 pm'],
    ['16-Sep-20'],
    ['16 September 2020'],
    ['16th Sept 2020'],
    ['44090'],
    ['44090.75'],
    [new Date('2020-09-16T00:00:00Z')],
    [new Date('2020-09-16T23:59:59Z')],
  ])('%s is 16 September 2020', (cell) => {
    expect(readDay(cell)).toBe('2020-09-16');
  });

  it.each([
    [''],
    [null],
    [undefined],
    [true],
    ['yesterday'],
    ['31/02/2021'],
    ['09/16/2020'],
    ['00/01/2020'],
    ['1234'],
    ['99999'],
    ['2020'],
    ['16/09'],
    ['#N/A'],
    [new Date(Number.NaN)],
  ])('%s is none', (cell) => {
    expect(readDay(cell)).toBeUndefined();
  });

  it('of two digits turns its century at 70', () => {
    expect([readDay('1/2/69'), readDay('1/2/70')]).toEqual(['2069-02-01', '1970-02-01']);
  });

  it('keeps 29 February where there is one', () => {
    expect([readDay('29/02/2024'), readDay('29/02/2023')]).toEqual(['2024-02-29', undefined]);
  });
});
