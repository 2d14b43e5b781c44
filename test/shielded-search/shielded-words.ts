import { findingsIn } from '../privacy/canary-search.js';

/** Begins every word that is to be found nowhere, in whatever it is found. */
export const STEM = 'Zyxqorvane';

/** What is typed that must be shielded, each by a word of its own. */
export const shieldedWords = {
  /** Recorded, told and read before the address was made confidential. */
  firstAddress: `${STEM}fell`,
  firstPostcode: 'ZE3 9ZZ',
  /** Where they moved to since. */
  newAddress: `${STEM}moor`,
  newPostcode: 'ZE2 9ZY',
  /** Whom to ask at the agency that referred. */
  referrer: `${STEM}wick`,
  /** Of a contact that is in hand, and of one whose caller has been told. */
  caller: `${STEM}beck`,
  earlierCaller: `${STEM}thwaite`,
  /** Of a contact in hand, by a neighbour who asked to stay anonymous. */
  anonymousCaller: `${STEM}garth`,
  /** Typed where it does not belong, and refused. */
  refused: `${STEM}ghyll`,
} as const;
export type Shielded = keyof typeof shieldedWords;

const entries = Object.entries(shieldedWords) as readonly (readonly [Shielded, string])[];

/** Which of them a text has to read. */
export function shieldedIn(text: string): readonly Shielded[] {
  return entries.filter(([, word]) => text.includes(word)).map(([name]) => name);
}

/** Where else the stem lies in a text: encoded, or in other letters, no word is meant to be read. */
export function hiddenIn(text: string): readonly string[] {
  const bytes = Buffer.from(text.replaceAll(STEM, ''));
  return findingsIn('text', bytes, [STEM, STEM.toUpperCase()]);
}
