import { parse } from 'csv-parse/sync';
import type { AuditedCall } from '@common-thread/platform/auditing';
import { auditCsv } from './audit-csv.js';

const call: AuditedCall = {
  entryId: '7',
  at: '2026-03-02T10:00:00.000Z',
  kind: 'reveal',
  viewer: 'hub-triage-1',
  organisation: 'fairholme-hub',
  role: 'hub-triage',
  purpose: 'triage',
  page: 'hub/contact',
  about: ['family/1', 'family/2'],
  asked: 2,
  granted: 1,
  deliveredAt: null,
  items: [
    { field: 'address', outcome: 'granted', ground: 'break-glass:1' },
    { field: 'concern', outcome: 'restricted' },
  ],
};

const read = (csv: string) => parse<Record<string, string>>(csv, { columns: true });

describe('the audit as CSV', () => {
  it('has a row for each call', () => {
    expect(read(auditCsv([call, { ...call, entryId: '6' }]))).toMatchObject([
      {
        entry: '7',
        viewer: 'hub-triage-1',
        about: 'family/1 family/2',
        fields: 'address:granted:break-glass:1 concern:restricted',
        delivered: 'delivery unknown',
      },
      { entry: '6' },
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("x","y")'])(
    'has no cell that a spreadsheet would run: %j',
    (viewer) => {
      const [row] = read(auditCsv([{ ...call, viewer, page: viewer, about: [viewer] }]));
      for (const cell of [row?.['viewer'], row?.['page'], row?.['about']]) {
        expect(cell).toMatch(/^'/);
        expect(cell?.slice(1)).toBe(viewer);
      }
    },
  );

  it('says its columns where there is nothing', () => {
    expect(auditCsv([])).toMatch(/^entry,at,kind,viewer/);
  });
});
