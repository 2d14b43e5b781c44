import type { CommandContext } from '@common-thread/eventing/decider';
import { contextAt } from '@common-thread/eventing/given-when-then';
import { afterItEnded, beforeItBegan, endsBefore, occurrenceRefusal } from './occurrence.js';

const now = '2026-03-02T10:00:00.000Z';
const at = (occurredAt: string, change: Partial<CommandContext> = {}) =>
  contextAt(now, { occurredAt, ...change });
const codeOf = (context: CommandContext) => occurrenceRefusal(context)?.code;

describe('when something happened', () => {
  it('may be long ago, just now, or within what two clocks differ by', () => {
    for (const instant of ['2019-05-01T12:00:00.000Z', now, '2026-03-02T10:05:00.000Z']) {
      expect(codeOf(at(instant))).toBeUndefined();
    }
  });

  it('is never the future, from an extract neither', () => {
    const ahead = '2026-03-02T10:05:00.001Z';
    expect(codeOf(at(ahead))).toBe('occurrence/in-the-future');
    expect(codeOf(at(ahead, { imported: true }))).toBe('occurrence/in-the-future');
  });

  it('may be today at noon while it is morning, where only the day is known', () => {
    const day = { occurredPrecision: 'day' } as const;
    expect(codeOf(at('2026-03-02T12:00:00.000Z', day))).toBeUndefined();
    expect(codeOf(at('2026-03-03T12:00:00.000Z', day))).toBe('occurrence/in-the-future');
  });

  it.each(['yesterday', '2026-03-01', '2026-13-01T10:00:00Z', '2026-03-01T10:00:00+01:00'])(
    'is no time as "%s"',
    (text) => {
      expect(codeOf(at(text))).toBe('occurrence/no-time');
    },
  );

  it('is learned no earlier than it happened and no later than today', () => {
    const happened = '2026-02-20T15:00:00.000Z';
    const learned = (learnedAt: string) => codeOf(at(happened, { learnedAt }));
    expect(learned('2026-02-20T09:00:00.000Z')).toBeUndefined();
    expect(learned('2026-03-02T12:00:00.000Z')).toBeUndefined();
    expect(learned('2026-02-19T12:00:00.000Z')).toBe('occurrence/learned-before-it-happened');
    expect(learned('2026-03-03T12:00:00.000Z')).toBe('occurrence/learned-in-the-future');
    expect(learned('soon')).toBe('occurrence/learned-in-the-future');
  });
});

describe('beginnings and ends', () => {
  it('go by the day in London, also in summer time', () => {
    // 23:30 UTC on 30 June is half past midnight on 1 July in London.
    const began = '2025-06-30T23:30:00.000Z';
    expect(beforeItBegan(at('2025-06-30T12:00:00.000Z'), began)?.code).toBe(
      'occurrence/before-it-began',
    );
    expect(beforeItBegan(at('2025-07-01T08:00:00.000Z'), began)).toBeUndefined();
    expect(afterItEnded(at('2025-07-01T20:00:00.000Z'), began)).toBeUndefined();
    expect(afterItEnded(at('2025-07-02T08:00:00.000Z'), began)?.code).toBe(
      'occurrence/after-it-ended',
    );
    expect(afterItEnded(at(now), undefined)).toBeUndefined();
    expect(endsBefore(at('2025-06-30T12:00:00.000Z'), [{ at: began }])?.code).toBe(
      'occurrence/ends-too-early',
    );
    expect(endsBefore(at('2025-07-01T12:00:00.000Z'), [{ at: began }])).toBeUndefined();
  });
});
