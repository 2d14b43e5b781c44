/*
 * The closed list of rules by which two spellings count as one. An index row holds a keyed hash of
 * the result, so changing a rule means a new version of the index key and rows written afresh.
 */

/** Letters that decomposing does not turn into plain ones. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n', ŧ: 't', ə: 'e',
}; // prettier-ignore
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/**
 * A name without case, accents, spaces, hyphens, apostrophes or other marks: `O'Brien`, `O’BRIEN`
 * and `O Brien` are one, and so are `Smith-Jones` and `Smith  Jones`. Letters of other scripts
 * stay with their vowel signs. Undefined where nothing is left.
 */
export function normaliseName(name: string): string | undefined {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    // Lower case takes some letters apart again.
    .normalize('NFKD')
    // Accents, and the letters that stand for an apostrophe.
    .replace(/[\u0300-\u036f\u02b0-\u02ff]/g, '')
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
    // Marks that something stood between have come together, and have an order among themselves.
    .normalize('NFKD');
  return plain === '' ? undefined : plain;
}

/** A day as `YYYY-MM-DD`; undefined where it is written otherwise. */
export function normaliseDay(day: string): string | undefined {
  const trimmed = day.trim();
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(trimmed) ? trimmed : undefined;
}

/**
 * The ten digits; undefined where there are not ten. Whether the check digit is right is not
 * asked.
 */
export function normaliseNhsNumber(number: string): string | undefined {
  const digits = number.replace(/[\s\u00ad\p{Pd}]/gu, '');
  return /^[0-9]{10}$/.test(digits) ? digits : undefined;
}

/** A system's own id without spaces and case; leading noughts count. */
export function normaliseChildId(id: string): string | undefined {
  const plain = id.replace(/\s/gu, '').toUpperCase();
  return plain === '' ? undefined : plain;
}
