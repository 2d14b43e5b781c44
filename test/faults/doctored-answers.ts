import type { Doctored } from './doctored-audits.js';
import { raising, referralId } from './honest-history.js';

const saidOf = (status: number, isInForce: boolean) => ({
  ...raising,
  answer: { ...raising.answer, status, body: { id: referralId, inForce: isInForce } },
});
/** Said to be recorded, and not to be in force yet. */
export const recorded = saidOf(202, false);
export const inForce = saidOf(201, true);

/** Histories in which the same key had another answer in the end. */
export const answers: readonly Doctored[] = [
  [
    'another answer to the same key',
    { repeated: [{ first: raising, again: { ...raising.answer, tag: '"other"' } }] },
    /\(key-1\) answered .*tag.*, then .*other/,
    'divergent',
  ],
  [
    'an answer that lost its tag',
    { repeated: [{ first: raising, again: { ...raising.answer, tag: undefined } }] },
    /\(key-1\) answered/,
    'divergent',
  ],
  [
    'an answer that is in force no more',
    { repeated: [{ first: inForce, again: recorded.answer }] },
    /\(key-1\) answered .*"inForce":true.*, then .*"inForce":false/,
    'divergent',
  ],
  [
    'another answer than the one that is in force since',
    {
      repeated: [
        {
          first: recorded,
          again: { ...inForce.answer, body: { ...inForce.answer.body, id: 'other' } },
        },
      ],
    },
    /\(key-1\) answered .*"inForce":false.*, then .*"id":"other"/,
    'divergent',
  ],
];
