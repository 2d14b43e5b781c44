import type { AuditedCall } from '@common-thread/platform/auditing';
import { fairholmeAccessPolicy } from './access-policy.js';
import { accessReport } from './access-report.js';

function call(at: string, change: Partial<AuditedCall> = {}): AuditedCall {
  return {
    entryId: '1',
    at,
    kind: 'reveal',
    viewer: 'larkfield-worker-1',
    organisation: 'larkfield-centres',
    role: 'centre-worker',
    purpose: 'centre-support',
    page: 'centre/family',
    about: ['family/1'],
    asked: 1,
    granted: 1,
    deliveredAt: at,
    items: [],
    ...change,
  };
}

const noon = '2026-03-02T12:00:00.000Z';
const many = (count: number, change: Partial<AuditedCall> = {}) =>
  Array.from({ length: count }, (_, nth) => call(noon, { about: [`family/${nth}`], ...change }));
const report = (calls: readonly AuditedCall[]) => accessReport(calls, fairholmeAccessPolicy);

describe('what a day’s looking gives to ask about', () => {
  it('is nothing on an ordinary day', () => {
    expect(report(many(30))).toEqual([]);
    expect(report([])).toEqual([]);
  });

  it('is more records than a role looks at in a day, each counted once', () => {
    expect(report([...many(31), ...many(31)])).toEqual([
      expect.objectContaining({
        kind: 'volume',
        viewer: 'larkfield-worker-1',
        count: 31,
        limit: 30,
      }),
    ]);
    expect(report(many(31, { role: 'hub-triage' }))).toEqual([]);
  });

  it('counts no page that lists many', () => {
    const queue = Array.from({ length: 99 }, (_, nth) => `family/${nth}`);
    expect(report([call(noon, { about: queue })])).toEqual([]);
  });

  it.each([
    ['before seven', '2026-03-02T06:59:59.000Z', 1],
    ['at seven', '2026-03-02T07:00:00.000Z', 0],
    ['at eight in the evening', '2026-03-02T20:00:00.000Z', 1],
    ['on a Sunday', '2026-03-01T12:00:00.000Z', 1],
    ['at seven by summer time', '2026-07-06T06:00:00.000Z', 0],
    ['at eight by summer time', '2026-07-06T19:00:00.000Z', 1],
  ])('is looking %s', (_, at, count) => {
    expect(report([call(at)]).filter(({ kind }) => kind === 'out-of-hours')).toHaveLength(count);
  });

  it('is not the hub’s work at night, nor a system’s, nor a form of one’s own', () => {
    const night = '2026-03-02T03:00:00.000Z';
    const calls = [
      call(night, { role: 'hub-triage' }),
      call(night, { role: 'subscriber-system' }),
      call(night, { kind: 'draft' }),
    ];
    expect(report(calls)).toEqual([]);
  });

  it('names each person apart, the furthest over first, whatever the order of the calls', () => {
    const calls = [
      ...many(31),
      ...many(90, { viewer: 'larkfield-worker-2' }),
      ...many(45, { organisation: 'brook-and-vale' }),
    ];
    const found = report(calls);
    expect(found.map(({ count }) => count)).toEqual([90, 45, 31]);
    expect(report(calls.toReversed())).toEqual(found);
  });
});
