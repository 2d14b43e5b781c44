/**
 * NHS numbers of England, Wales and the Isle of Man: ten digits, usually written 3-3-4, of which
 * the last is a check digit by modulus 11 (NHS Data Dictionary, attribute "NHS NUMBER"; domain
 * reference §11). Numbers from 999 000 0000 up are kept for tests and never issued.
 */

const DIGITS = 10;

/**
 * The ten digits of a number as it may be typed, with spaces or hyphens between; undefined if it
 * is none.
 */
export function readNhsNumber(typed: string): string | undefined {
  const digits = typed.trim().replace(/[ \u00a0-]/g, '');
  if (!/^[0-9]{10}$/.test(digits)) return undefined;
  // Ten equal digits pass the check and are what people type when they have no number.
  if (/^(.)\1{9}$/.test(digits)) return undefined;
  return checkDigitOf(digits) === Number(digits[DIGITS - 1]) ? digits : undefined;
}

/**
 * The check digit of the first nine digits: each times its weight, 10 down to 2; 11 minus what is
 * left over by 11; 11 counts as 0. Undefined where it would be 10: no such number is issued.
 */
export function checkDigitOf(digits: string): number | undefined {
  let sum = 0;
  for (let place = 0; place < DIGITS - 1; place += 1)
    sum += Number(digits[place]) * (DIGITS - place);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? undefined : check;
}

/** As it is printed: `943 476 5919`. */
export function printNhsNumber(digits: string): string {
  return `${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`;
}
