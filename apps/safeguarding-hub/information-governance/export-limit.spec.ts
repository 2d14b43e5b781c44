import { Problem } from '@common-thread/platform/problem';
import { EXPORTS_AN_HOUR, ExportLimit } from './export-limit.js';

const MINUTE = 60_000;

describe('files of the audit', () => {
  let now = 0;
  const limit = new ExportLimit(() => now);

  it('are given so many times in any hour to one officer, and then again as the first grow old', () => {
    for (let nth = 0; nth < EXPORTS_AN_HOUR; nth += 1) {
      now = nth * MINUTE;
      limit.count('officer-1');
    }
    expect(() => limit.count('officer-1')).toThrow(Problem);
    expect(() => limit.count('officer-2')).not.toThrow();
    now = 60 * MINUTE;
    limit.count('officer-1');
    expect(() => limit.count('officer-1')).toThrow('exports/too-many');
  });
});
