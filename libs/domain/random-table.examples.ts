import fc from 'fast-check';
import { steps } from './random-commands.examples.js';
import { ask, hub } from './random-steps.examples.js';
import type { TableCommand } from './sharing/table.js';

const switchTable = ask<TableCommand>('SwitchTable', {
  tableVersion: fc.constantFrom(1, 2, 3),
  insteadOf: fc.constantFrom(1, 2, 3),
  signedBy: fc.constant('elm/caldicott-guardian'),
});
const past = {
  tableVersion: fc.constantFrom(1, 2, 3),
  recordedUnder: fc.constantFrom([1], [1, 2], [2, 2]),
  kinds: fc.constantFrom(['attendance'], ['household', 'decision']),
  recipients: fc.constantFrom([hub], [hub, hub]),
  signedBy: fc.constant('elm/caldicott-guardian'),
};
// Switched, never withdrawn.
export const tables = steps<TableCommand>(
  [
    switchTable,
    ask('RedisclosePast', {
      ...past,
      from: fc.constantFrom('2026-01-05', '2026-02-30'),
      until: fc.constantFrom('2026-03-01', '2025-12-31'),
      reason: fc.constant('table-changed'),
    }),
    ask('WithdrawPast', { ...past, reason: fc.constant('told-in-error') }),
  ],
  switchTable,
);
