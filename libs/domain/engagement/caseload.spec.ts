import type { CommandContext } from '@common-thread/eventing/decider';
import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { CaseloadCommand } from './caseload.js';
import { caseload } from './caseload.js';

const now = '2026-03-02T10:00:00.000Z';
const familyId = derivedId('spec', 'family');
const maya = derivedId('spec', 'maya');
const tom = derivedId('spec', 'tom');
const ids = {
  beginning: derivedId('spec', 'beginning'),
  due: derivedId('spec', 'due'),
  held: derivedId('spec', 'held'),
  missed: derivedId('spec', 'missed'),
  leaving: derivedId('spec', 'leaving'),
};

function asked<Type extends CaseloadCommand['type']>(
  type: Type,
  data: Extract<CaseloadCommand, { type: Type }>['data'],
  change: Partial<CommandContext> = {},
) {
  return { type, data, context: contextAt(now, change) } as CaseloadCommand;
}

const begin = { familyId, trust: 'fairholme-health.health-visiting' };
const oneYear = { childId: maya, review: 'one-year' } as const;

const began = {
  type: 'CaseloadBegan',
  id: ids.beginning,
  at: '2026-01-05T09:00:00.000Z',
  data: begin,
} as const;
const due = {
  type: 'ReviewDue',
  id: ids.due,
  at: '2026-01-05T09:00:00.000Z',
  data: { ...oneYear, dueWeek: '2026-W07', dueOn: 'box.v1.e.e' },
} as const;
const held = {
  type: 'ReviewHeld',
  id: ids.held,
  at: '2026-02-10T09:00:00.000Z',
  data: { ...oneYear, place: 'home' },
} as const;
const missed = {
  type: 'ReviewMissed',
  id: ids.missed,
  at: '2026-02-03T09:00:00.000Z',
  data: { ...oneYear, reason: 'was-not-brought' },
} as const;
const ended = {
  type: 'CaseloadEnded',
  id: ids.leaving,
  at: '2026-02-20T09:00:00.000Z',
  data: { reason: 'moved-out' },
} as const;
const withdrawn = (withdraws: string) =>
  ({ type: 'RecordWithdrawn', data: { withdraws, reason: 'wrong-person' } }) as const;
const withdraw = (withdraws: string) =>
  asked('WithdrawRecord', { withdraws, reason: 'wrong-person' });
const nothing = { events: [], refused: undefined };

describe('taking a family on and letting it go', () => {
  it('records family and trust, once', () => {
    expect(given(caseload, []).when(asked('BeginCaseload', begin)).events).toEqual([
      { type: 'CaseloadBegan', data: begin },
    ]);
    expect(given(caseload, [began]).when(asked('BeginCaseload', begin))).toEqual(nothing);
  });

  it('is refused otherwise a second time, after an end in error, and to another kind of agency', () => {
    const other = asked('BeginCaseload', { ...begin, familyId: maya });
    expect(given(caseload, [began]).when(other).refused).toBe('caseload/already-begun');
    const past = [began, withdrawn(ids.beginning)];
    expect(given(caseload, past).when(asked('BeginCaseload', begin)).refused).toBe(
      'caseload/already-begun',
    );
    const centre = asked('BeginCaseload', { ...begin, trust: 'larkfield.childrens-centre' });
    expect(given(caseload, []).when(centre).refused).toBe('recipient/other-audience');
  });

  it('records the end with its reason; the same again records nothing', () => {
    const end = asked('EndCaseload', { reason: 'moved-out' });
    expect(given(caseload, [began]).when(end).events).toEqual([
      { type: 'CaseloadEnded', data: { reason: 'moved-out' } },
    ]);
    expect(given(caseload, [began, ended]).when(end)).toEqual(nothing);
  });

  it('refuses an end before it began, before a review, for another reason, or of nothing', () => {
    const end = (occurredAt: string) =>
      asked('EndCaseload', { reason: 'child-died' }, { occurredAt });
    expect(given(caseload, [began]).when(end('2026-01-04T09:00:00.000Z')).refused).toBe(
      'occurrence/before-it-began',
    );
    expect(given(caseload, [began, held]).when(end('2026-02-09T09:00:00.000Z')).refused).toBe(
      'occurrence/ends-too-early',
    );
    expect(given(caseload, [began, ended]).when(end(now)).refused).toBe('caseload/already-ended');
    expect(given(caseload, []).when(end(now)).refused).toBe('caseload/not-begun');
  });
});

describe('scheduling reviews', () => {
  const schedule = (dueOn: string, childId = maya) =>
    asked('ScheduleReviews', { childId, reviews: [{ review: 'one-year', dueOn }] });

  it('records each with the week by whose end it is due', () => {
    expect(given(caseload, [began]).when(schedule('2026-02-12')).events).toEqual([
      { type: 'ReviewDue', data: { ...oneYear, dueWeek: '2026-W07', dueOn: '2026-02-12' } },
    ]);
  });

  it('records nothing for the same week, a new fact for another, and nothing once it was held', () => {
    expect(given(caseload, [began, due]).when(schedule('2026-02-15'))).toEqual(nothing);
    expect(given(caseload, [began, due]).when(schedule('2026-02-16')).events).toHaveLength(1);
    expect(given(caseload, [began, due, held]).when(schedule('2026-02-16'))).toEqual(nothing);
  });

  it("is no matter of another child's", () => {
    expect(
      given(caseload, [began, due, held]).when(schedule('2026-02-12', tom)).events,
    ).toHaveLength(1);
  });

  it.each([
    ['before the family is on the caseload', [], schedule('2026-02-12'), 'caseload/not-begun'],
    ['after it left', [began, ended], schedule('2026-02-12'), 'caseload/ended'],
    ['for no day', [began], schedule('2026-02-30'), 'caseload/no-such-day'],
    [
      'for a day and for none',
      [began],
      asked('ScheduleReviews', {
        childId: maya,
        reviews: [
          { review: 'new-birth', dueOn: '2026-02-12' },
          { review: 'one-year', dueOn: '2026-02-30' },
        ],
      }),
      'caseload/no-such-day',
    ],
    ['of none', [began], asked('ScheduleReviews', { childId: maya, reviews: [] }), 'list/empty'],
    [
      'of one twice',
      [began],
      asked('ScheduleReviews', {
        childId: maya,
        reviews: [
          { review: 'one-year', dueOn: '2026-02-12' },
          { review: 'one-year', dueOn: '2026-02-13' },
        ],
      }),
      'list/repeated',
    ],
  ])('is refused %s', (_, past, command, code) => {
    expect(given(caseload, past).when(command).refused).toBe(code);
  });
});

describe('recording a review', () => {
  const hold = (occurredAt = now, place: 'home' | 'clinic' = 'home') =>
    asked('RecordReviewHeld', { ...oneYear, place, note: 'Walking.' }, { occurredAt });
  const miss = (occurredAt = now) =>
    asked('RecordReviewMissed', { ...oneYear, reason: 'was-not-brought' }, { occurredAt });

  it('records it as held, scheduled here or not, also after a miss', () => {
    for (const past of [[began], [began, due], [began, due, missed]]) {
      expect(given(caseload, past).when(hold()).events).toEqual([
        { type: 'ReviewHeld', data: { ...oneYear, place: 'home', note: 'Walking.' } },
      ]);
    }
  });

  it('records it held once: the same again is nothing, another is refused', () => {
    expect(given(caseload, [began, held]).when(hold(held.at))).toEqual(nothing);
    expect(given(caseload, [began, held]).when(hold(held.at, 'clinic')).refused).toBe(
      'caseload/review-already-held',
    );
    expect(given(caseload, [began, held]).when(hold()).refused).toBe(
      'caseload/review-already-held',
    );
    expect(given(caseload, [began, held, withdrawn(ids.held)]).when(hold()).events).toHaveLength(
      1,
    );
  });

  it('records each time it was missed, one a day and reason, until it was held', () => {
    expect(given(caseload, [began, missed]).when(miss()).events).toEqual([
      { type: 'ReviewMissed', data: missed.data },
    ]);
    expect(given(caseload, [began, missed]).when(miss('2026-02-03T15:00:00.000Z'))).toEqual(
      nothing,
    );
    expect(given(caseload, [began, held]).when(miss('2026-02-09T09:00:00.000Z')).events).toEqual([
      { type: 'ReviewMissed', data: missed.data },
    ]);
    expect(given(caseload, [began, held]).when(miss(held.at)).refused).toBe(
      'caseload/review-already-held',
    );
  });

  it('refuses both before the family came and after it left, but not late', () => {
    for (const record of [hold, miss]) {
      expect(given(caseload, []).when(record()).refused).toBe('caseload/not-begun');
      const early = record('2026-01-01T09:00:00.000Z');
      expect(given(caseload, [began]).when(early).refused).toBe('occurrence/before-it-began');
      expect(given(caseload, [began, ended]).when(record()).refused).toBe(
        'occurrence/after-it-ended',
      );
      const late = record('2026-02-19T09:00:00.000Z');
      expect(given(caseload, [began, ended]).when(late).events).toHaveLength(1);
    }
  });
});

describe('withdrawing', () => {
  const past = [began, due, missed, held, ended];

  it('withdraws anything but the beginning by itself, once', () => {
    for (const id of [ids.due, ids.missed, ids.held, ids.leaving]) {
      expect(given(caseload, past).when(withdraw(id)).events).toEqual([withdrawn(id)]);
      expect(given(caseload, [...past, withdrawn(id)]).when(withdraw(id))).toEqual(nothing);
    }
  });

  it('withdraws with the beginning what stands on it, the beginning first', () => {
    const { events } = given(caseload, past).when(withdraw(ids.beginning));
    expect(events[0]).toEqual(withdrawn(ids.beginning));
    expect(events).toHaveLength(past.length);
    const state = given(caseload, [...past, ...events]).state();
    expect({ ...state, withdrawn: [] }).toEqual(caseload.initialState);
  });

  it('is refused for what never stood', () => {
    expect(given(caseload, past).when(withdraw(maya)).refused).toBe(
      'withdrawal/nothing-to-withdraw',
    );
  });
});
