import type { Step } from './sample-steps.js';
import { TRUST } from './sample-steps.js';

const signedBy = 'elm-centres/caldicott-guardian';
const switched: Step = [
  'TableSwitched',
  'table-county',
  { data: { tableVersion: 2, insteadOf: 1, signedBy } },
];
const past = {
  tableVersion: 2,
  recordedUnder: [1],
  kinds: ['attendance'],
  recipients: [TRUST],
  signedBy,
};

/** What leads to each event of the disclosure table in force, ending with it. */
export const ofTheTable: Readonly<Record<string, readonly Step[]>> = {
  TableSwitched: [switched],
  PastRedisclosed: [
    switched,
    [
      'PastRedisclosed',
      'table-county',
      { data: { ...past, from: '2026-01-05', until: '2026-01-05', reason: 'table-changed' } },
    ],
  ],
  PastWithdrawn: [
    switched,
    ['PastWithdrawn', 'table-county', { data: { ...past, reason: 'told-in-error' } }],
  ],
};
