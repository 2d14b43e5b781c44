import { dueAt, fairholmeTriagePolicy as policy } from './triage-policy.js';

const due = (start: string, limit: Parameters<typeof dueAt>[1]) =>
  dueAt(new Date(start), limit, policy).toISOString();

const elapsed = (limit: number) =>
  ({ limit, unit: 'elapsed-hours', startsAt: 'received' }) as const;
const hub = (limit: number) => ({ limit, unit: 'hub-hours', startsAt: 'received' }) as const;
const days = (limit: number) => ({ limit, unit: 'working-days', startsAt: 'received' }) as const;

describe('when a task is due', () => {
  it('counts elapsed hours through the night and through a clock change', () => {
    // The clocks go forward on 29 March 2026: an hour is an hour.
    expect(due('2026-03-28T23:30:00Z', elapsed(2))).toBe('2026-03-29T01:30:00.000Z');
  });

  it.each([
    ['within a day', '2026-01-05T09:00:00Z', 2, '2026-01-05T11:00:00.000Z'],
    ['to closing time itself', '2026-01-05T11:00:00Z', 6, '2026-01-05T17:00:00.000Z'],
    ['over night', '2026-01-05T16:00:00Z', 2, '2026-01-06T09:30:00.000Z'],
    ['into a late opening on Wednesday', '2026-01-06T16:30:00Z', 1, '2026-01-07T11:00:00.000Z'],
    ['over a weekend', '2026-01-09T16:00:00Z', 1, '2026-01-12T09:00:00.000Z'],
    ['received before opening', '2026-01-05T05:00:00Z', 1, '2026-01-05T09:30:00.000Z'],
    ['received on a Sunday', '2026-01-11T12:00:00Z', 1, '2026-01-12T09:30:00.000Z'],
    ['over Christmas', '2025-12-24T16:00:00Z', 2, '2025-12-29T09:30:00.000Z'],
    ['in summer time', '2026-07-06T07:00:00Z', 1, '2026-07-06T08:30:00.000Z'],
  ])('counts hub hours only while the hub is open: %s', (_, start, hours, expected) =>
    expect(due(start, hub(hours))).toBe(expected),
  );

  it.each([
    ['the next day, at closing time', '2026-01-05T09:00:00Z', 1, '2026-01-06T17:00:00.000Z'],
    ['from Thursday to Friday', '2026-01-08T23:00:00Z', 1, '2026-01-09T16:30:00.000Z'],
    ['from Friday to Monday', '2026-01-09T09:00:00Z', 1, '2026-01-12T17:00:00.000Z'],
    ['over Easter', '2026-04-02T09:00:00Z', 1, '2026-04-07T16:00:00.000Z'],
    ['three of them', '2026-01-08T09:00:00Z', 3, '2026-01-13T17:00:00.000Z'],
  ])('counts working days: %s', (_, start, limit, expected) =>
    expect(due(start, days(limit))).toBe(expected),
  );

  it('says so when a policy never opens', () => {
    const closed = { ...policy, hours: policy.hours.map(() => null) };
    const start = new Date('2026-01-05T09:00:00Z');
    expect(() => dueAt(start, hub(1), closed)).toThrow(/opens too rarely/);
    expect(() => dueAt(start, days(1), closed)).toThrow(/opens too rarely/);
  });

  it('lists bank holidays for as long as its version is in use', () => {
    expect(policy.closedOn.filter((day) => day.startsWith('2027'))).toHaveLength(8);
    expect(new Set(policy.closedOn.map((day) => day.slice(0, 4)))).toEqual(
      new Set(['2025', '2026', '2027']),
    );
  });
});
