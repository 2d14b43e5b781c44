import { stringify } from 'csv-stringify/sync';
import type { AuditedCall } from '@common-thread/platform/auditing';

const columns = [
  'entry',
  'at',
  'kind',
  'viewer',
  'organisation',
  'role',
  'purpose',
  'page',
  'about',
  'asked',
  'granted',
  'fields',
  'delivered',
] as const;

/**
 * The calls as CSV (RFC 4180), the latest first. A cell that a spreadsheet would take for a formula is
 * preceded by an apostrophe.
 */
export function auditCsv(calls: readonly AuditedCall[]): string {
  return stringify(
    calls.map((call) => [
      call.entryId,
      call.at,
      call.kind,
      call.viewer,
      call.organisation,
      call.role,
      call.purpose,
      call.page,
      call.about.join(' '),
      call.asked,
      call.granted,
      call.items
        .map(({ field = 'unnamed', outcome, ground }) =>
          [field, outcome, ...(ground === undefined ? [] : [ground])].join(':'),
        )
        .join(' '),
      call.deliveredAt ?? 'delivery unknown',
    ]),
    { header: true, columns: [...columns], escape_formulas: true, record_delimiter: 'windows' },
  );
}
