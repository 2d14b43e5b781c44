import { contextAt, given } from '@common-thread/eventing/given-when-then';
import type { SwitchTable } from './table.js';
import { COUNTY_TABLE, table } from './table.js';

const context = contextAt('2026-03-02T10:00:00.000Z', { subjectId: COUNTY_TABLE });
const signedBy = 'hub-council/information-governance-lead';
const to = (tableVersion: number, insteadOf: number): SwitchTable => ({
  type: 'SwitchTable',
  data: { tableVersion, insteadOf, signedBy },
  context,
});
const second = {
  type: 'TableSwitched',
  data: { tableVersion: 2, insteadOf: 1, signedBy },
} as const;

describe('switching the disclosure table', () => {
  it('records which version takes the place of which, and who signed', () => {
    expect(given(table, []).when(to(2, 1)).events).toEqual([second]);
  });

  it('goes back to an earlier version like to any other', () => {
    expect(given(table, [second]).when(to(1, 2)).events).toEqual([
      { type: 'TableSwitched', data: { tableVersion: 1, insteadOf: 2, signedBy } },
    ]);
  });

  it('records nothing where that version is in force', () => {
    expect(given(table, []).when(to(1, 1)).events).toEqual([]);
    expect(given(table, [second]).when(to(2, 1)).events).toEqual([]);
  });

  it('is refused where another is in force than whoever signed was shown', () => {
    expect(given(table, [second]).when(to(3, 1)).refused).toBe('table/another-in-force');
  });
});
