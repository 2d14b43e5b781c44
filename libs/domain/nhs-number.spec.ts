import fc from 'fast-check';
import { checkDigitOf, printNhsNumber, readNhsNumber } from './nhs-number.js';

const nineDigits = fc
  .integer({ min: 0, max: 999_999_999 })
  .map((number) => String(number).padStart(9, '0'));
/** Valid numbers of the whole range. */
const numbers = nineDigits.chain((digits) => {
  const check = checkDigitOf(digits);
  const number = `${digits}${check}`;
  return check === undefined || /^(.)\1{9}$/.test(number)
    ? fc.constant('9434765919')
    : fc.constant(number);
});

describe('an NHS number', () => {
  it('is read however it is spaced, and printed 3-3-4', () => {
    for (const typed of [
      '9434765919',
      ' 943 476 5919 ',
      '943-476-5919',
      '943\u00a0476\u00a05919',
    ]) {
      expect(readNhsNumber(typed)).toBe('9434765919');
    }
    expect(printNhsNumber('9434765919')).toBe('943 476 5919');
  });

  it.each([
    ['another check digit', '9434765918'],
    ['a check digit of ten, which is never issued', '9990000000'],
    ['too few digits', '943476591'],
    ['too many', '94347659190'],
    ['letters', '943476591O'],
    ['other digits than ours', '٩434765919'],
    ['ten equal digits', '1111111111'],
    ['ten noughts', '0000000000'],
    ['nothing', ''],
  ])('is none with %s', (_, typed) => {
    expect(readNhsNumber(typed)).toBeUndefined();
  });

  it('counts a check digit of eleven as nought', () => {
    expect(checkDigitOf('999000005')).toBe(0);
    expect(readNhsNumber('9990000050')).toBe('9990000050');
  });

  it('shows every wrong digit and every swap of neighbours', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (number, place, change) => {
          const digits = [...number].map(Number);
          const wrong = digits.map((digit, nth) =>
            nth === place ? (digit + change) % 10 : digit,
          );
          expect(readNhsNumber(wrong.join(''))).toBeUndefined();
          const next = (place + 1) % 10;
          const swapped = digits.map((digit, nth) =>
            nth === place ? digits[next]! : nth === next ? digits[place]! : digit,
          );
          // The first and last digit are no neighbours.
          if (next > 0 && digits[place] !== digits[next]) {
            expect(readNhsNumber(swapped.join(''))).toBeUndefined();
          }
        },
      ),
    );
  });
});
