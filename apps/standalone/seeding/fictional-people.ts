import { checkDigitOf } from '@common-thread/domain/nhs-number';
import type { District } from './directory.js';
import type { Random } from './random.js';

/*
 * Invented names, addresses and numbers: none can be taken for a living person's. Family names
 * are compounds nobody bears, postcodes begin with a letter none begins with, telephone numbers
 * are those Ofcom keeps for drama, NHS numbers are of the range that is never issued.
 */

const familyNameBeginnings = [
  'Amber', 'Bramble', 'Cobble', 'Dapple', 'Elder', 'Fennel', 'Gorse', 'Hazel', 'Ivory', 'Juniper',
  'Kestrel', 'Larch', 'Maple', 'Nettle', 'Osier', 'Pebble', 'Quill', 'Rowan', 'Sedge', 'Thistle',
  'Umber', 'Velvet', 'Wicker', 'Yarrow', 'Zephyr', 'Marigold', 'Pewter', 'Saffron',
]; // prettier-ignore
const familyNameEndings = [
  'shaw', 'mere', 'wick', 'thorne', 'combe', 'garth', 'holt', 'ridge', 'stoke', 'well', 'croft',
  'borne', 'dale', 'spire', 'brook', 'march', 'hythe', 'low', 'vane', 'quist',
]; // prettier-ignore
const girls = [
  'Aster', 'Briony', 'Calla', 'Dahlia', 'Elowen', 'Fern', 'Ginevra', 'Hesper', 'Ianthe', 'Jessamy',
  'Kerensa', 'Linnet', 'Merle', 'Nerys', 'Ottoline', 'Primrose', 'Quilla', 'Rosalba', 'Sorrel',
  'Tamsin', 'Undine', 'Verity', 'Wren', 'Xanthe', 'Yolanda', 'Zinnia', 'Amadia', 'Beshlie',
]; // prettier-ignore
const boys = [
  'Ambrose', 'Basil', 'Caspian', 'Dorian', 'Evander', 'Florian', 'Gawain', 'Heron', 'Indigo',
  'Jasper', 'Kit', 'Leander', 'Malachy', 'Ned', 'Orlando', 'Peregrine', 'Quillon', 'Rufus',
  'Silvan', 'Tarquin', 'Ulric', 'Valentine', 'Wystan', 'Xavi', 'Yorick', 'Zephan', 'Alaric', 'Bram',
]; // prettier-ignore
const streets = [
  'Bellows Lane', 'Candlemas Row', 'Dovecote Close', 'Eel Street', 'Fiddlers Green',
  'Gatehouse Road', 'Hopyard Terrace', 'Inkhorn Street', 'Jackdaw Rise', 'Kitestring Walk',
  'Lamplighter Street', 'Millstone Avenue', 'Needle Court', 'Orchard Steps', 'Pattern Street',
  'Quarter Mile', 'Ribbon Street', 'Samphire Way', 'Tinder Close', 'Umbrella Yard',
]; // prettier-ignore
/** The letters an inward code may end in. */
const inwardLetters = 'ABDEFGHJLNPQRSTUWXYZ';

export type Sex = 'M' | 'F';

export function familyName(random: Random): string {
  return random.pick(familyNameBeginnings) + random.pick(familyNameEndings);
}

/** Unlike the given names already taken in the family. */
export function givenName(random: Random, sex: Sex, taken: readonly string[] = []): string {
  const free = (sex === 'F' ? girls : boys).filter((name) => !taken.includes(name));
  return random.pick(free);
}

export interface Address {
  readonly address: string;
  readonly postcode: string;
}

export function addressIn(random: Random, { name, outwardCode }: District): Address {
  const inward =
    String(random.integer(1, 9)) +
    inwardLetters[random.integer(0, 19)] +
    inwardLetters[random.integer(0, 19)];
  return {
    address: `${random.integer(1, 180)} ${random.pick(streets)}, ${name}`,
    postcode: `${outwardCode} ${inward}`,
  };
}

/** Ofcom: 07700 900000 to 900999 are never given to a subscriber. */
export function mobileNumber(random: Random): string {
  return `07700 900${String(random.integer(0, 999)).padStart(3, '0')}`;
}

/** Families of one county that can each have NHS numbers of their own. */
export const FAMILIES_MAX = 25_000;
const NUMBERS_EACH = 40;

/**
 * The nth NHS number of a family, from the 999 range that is kept for tests: every family has forty
 * consecutive candidates, of which about one in eleven has no check digit.
 */
export function nhsNumber(family: number, nth: number): string {
  let left = nth;
  for (let candidate = 0; candidate < NUMBERS_EACH; candidate += 1) {
    const digits = `999${String(family * NUMBERS_EACH + candidate).padStart(6, '0')}`;
    const check = checkDigitOf(digits);
    if (check === undefined) continue;
    if (left === 0) return `${digits}${check}`;
    left -= 1;
  }
  throw new Error(`family ${family} has no NHS number left`);
}
