import { content, existence, notice } from './disclosure-table.js';
import { disclosure, disclosureVersion, gradeOfHistory } from './disclosure.js';
import { acrossExistence, allTables, tableOf, UnknownTable } from './tables.js';
import type { TableVersion } from './tables.js';

const now = tableOf(allTables, disclosureVersion);
const changed = (lines: Partial<TableVersion['lines']>): TableVersion => ({
  version: 99,
  lines: { ...disclosure, ...(lines as TableVersion['lines']) },
  gradeOfHistory,
});

describe('the versions of the disclosure table', () => {
  it('can each follow the other: none moves the beginning or end of an involvement', () => {
    for (const one of allTables.values()) {
      for (const other of allTables.values()) expect(acrossExistence(one, other)).toEqual([]);
    }
  });

  it('would be found to tear an involvement told as existence in one and as an event in another', () => {
    const raised = { ...disclosure.ReferralRaised, 'childrens-centre': existence };
    expect(acrossExistence(now, changed({ ReferralRaised: raised }))).toEqual([
      'ReferralRaised, childrens-centre',
    ]);
    const attended = { ...disclosure.SessionAttended, 'childrens-centre': notice };
    expect(acrossExistence(now, changed({ SessionAttended: attended }))).toEqual([]);
    const told = { ...disclosure.ReferralRaised, 'childrens-centre': content('reference') };
    expect(acrossExistence(now, changed({ ReferralRaised: told }))).toEqual([]);
  });

  it('are asked for by number, and one that is not there is said to be missing', () => {
    expect(() => tableOf(allTables, 98)).toThrow(UnknownTable);
  });
});
