import { content, notice } from './disclosure-table.js';
import { disclosure, gradeOfHistory } from './disclosure.js';
import type { TableVersion, Tables } from './tables.js';
import { tablesOf } from './tables.js';

/** The table of now as version 1. */
export const firstTable: TableVersion = { version: 1, lines: disclosure, gradeOfHistory };

/**
 * A second version for specs: some are told more of what came to a session and of what was decided, and some
 * less; a health visitor's past is told in full.
 */
export const secondTable: TableVersion = {
  version: 2,
  lines: {
    ...disclosure,
    SessionAttended: {
      ...disclosure.SessionAttended,
      'safeguarding-hub': content('personIds', 'organisation'),
      'childrens-centre': notice,
      'health-visiting': content('personIds', 'activity', 'organisation'),
    },
    ContactDecided: {
      ...disclosure.ContactDecided,
      referrer: content('outcomes', 'rationale', 'returnReason'),
      'health-visiting': notice,
    },
  },
  gradeOfHistory: { ...gradeOfHistory, 'health-visiting': 'content' },
};

export const twoTables: Tables = tablesOf([firstTable, secondTable]);
