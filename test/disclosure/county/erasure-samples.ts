import type { Step } from './sample-steps.js';
import { id, P } from './sample-steps.js';

const stream = `erasure-${P}`;
const proposalId = id('proposal');
const held: Step = ['LegalHoldPlaced', stream, { data: { ground: 'litigation' } }];
const proposed: Step = [
  'ShreddingProposed',
  stream,
  {
    data: { holder: 'council', recordClasses: ['contact'], ground: 'retention-ended' },
  },
];

/** What leads to each event of an erasure, ending with it. */
export const ofErasure: Readonly<Record<string, readonly Step[]>> = {
  LegalHoldPlaced: [held],
  LegalHoldLifted: [
    held,
    ['LegalHoldLifted', stream, { data: { ground: 'litigation', reason: 'concluded' } }],
  ],
  ShreddingProposed: [proposed],
  ShreddingConfirmed: [proposed, ['ShreddingConfirmed', stream, { data: { proposalId } }]],
  ShreddingDeclined: [
    proposed,
    ['ShreddingDeclined', stream, { data: { proposalId, reason: 'not-due' } }],
  ],
};
