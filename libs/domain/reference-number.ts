/**
 * Crockford's base 32: no I, L, O or U, so that no two characters are mistaken for each other on
 * the telephone and fewer words form by accident (crockford.com/base32.html).
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 8;
const BITS_EACH = 5n;

/**
 * What people quote on the telephone for a referral or a contact: `CT-4F7K-29QD`, from the first
 * 40 bits of its id. Short on purpose and so not unique for ever (that any two of 200,000 share
 * one has a chance of one in fifty): it finds a record among those somebody may see; it is never a
 * key.
 */
export function referenceOf(id: string): string {
  const bits = BigInt(`0x${id.replaceAll('-', '').slice(0, 10)}`);
  let characters = '';
  for (let place = CHARACTERS - 1; place >= 0; place -= 1) {
    characters += ALPHABET[Number((bits >> (BigInt(place) * BITS_EACH)) & 31n)];
  }
  return `CT-${characters.slice(0, 4)}-${characters.slice(4)}`;
}

/**
 * A reference as somebody typed or heard it, in whatever case, O for 0, I or L for 1, hyphens or
 * not; undefined if it is none.
 */
export function readReference(typed: string): string | undefined {
  const run = typed.toUpperCase().replace(/[\s-]/g, '');
  const bare = run.length > CHARACTERS ? run.replace(/^CT/, '') : run;
  const characters = bare.replaceAll('O', '0').replace(/[IL]/g, '1');
  if (characters.length !== CHARACTERS) return undefined;
  if (![...characters].every((character) => ALPHABET.includes(character))) return undefined;
  return `CT-${characters.slice(0, 4)}-${characters.slice(4)}`;
}
