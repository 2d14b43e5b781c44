/**
 * Shape of a postcode of the United Kingdom: area and district, a space, a digit and two letters.
 * The shape only, so that the NHS's own `ZZ99` codes (no fixed abode, not known) pass.
 */
const POSTCODE = /^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$/;

/**
 * A postcode as it may be typed, in capitals with its one space; undefined if it has not the
 * shape.
 */
export function readPostcode(typed: string): string | undefined {
  const run = typed.toUpperCase().replace(/\s/g, '');
  const spaced = `${run.slice(0, -3)} ${run.slice(-3)}`;
  return POSTCODE.test(spaced) ? spaced : undefined;
}
