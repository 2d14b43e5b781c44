import { reviewStates } from './review-state.js';

type Told = Parameters<typeof reviewStates>[0][number];

const told = (kind: string, about: Partial<Told> = {}): Told => ({
  kind,
  child_id: 'robin',
  review: 'one-year',
  due_week: null,
  due_on: null,
  reason: null,
  occurred_at: new Date('2026-08-20T12:00:00Z'),
  ...about,
});
const due = (dueWeek: string, about: Partial<Told> = {}) =>
  told('due', { due_week: dueWeek, due_on: `box of ${dueWeek}`, ...about });

describe('where a review stands', () => {
  it('is due until its week is past, then overdue', () => {
    const rows = [due('2026-W36')];
    expect(reviewStates(rows, '2026-W36')[0]?.state).toBe('due');
    expect(reviewStates(rows, '2026-W37')[0]?.state).toBe('overdue');
  });

  it('is not held in time once it would no longer count, missed or not', () => {
    const at = (week: string) => reviewStates([due('2026-W36')], week)[0]?.state;
    expect([at('2026-W49'), at('2026-W50'), at('2030-W01')]).toEqual([
      'overdue',
      'not-held-in-time',
      'not-held-in-time',
    ]);
    const missed = reviewStates([due('2026-W36'), told('missed')], '2026-W50');
    expect(missed).toEqual([
      expect.objectContaining({ state: 'not-held-in-time', missed: [expect.anything()] }),
    ]);
  });

  it.each([
    ['antenatal', '2026-W42', '2026-W43'],
    ['new-birth', '2026-W39', '2026-W40'],
    ['six-to-eight-weeks', '2026-W40', '2026-W41'],
    ['one-year', '2026-W49', '2026-W50'],
    ['two-to-two-and-a-half-years', '2026-W49', '2026-W50'],
  ])('is overdue before it is given up: %s until %s', (review, last, after) => {
    const at = (week: string) => reviewStates([due('2026-W36', { review })], week)[0]?.state;
    expect(['2026-W36', '2026-W37', last, after].map(at)).toEqual([
      'due',
      'overdue',
      'overdue',
      'not-held-in-time',
    ]);
  });

  it('before birth is not held in time once the child is born, of that child alone', () => {
    const antenatal = due('2026-W40', { review: 'antenatal' });
    const born = told('born', { review: null });
    expect(reviewStates([antenatal, born], '2026-W38')[0]?.state).toBe('not-held-in-time');
    const held = told('held', { review: 'antenatal' });
    expect(reviewStates([antenatal, held, born], '2026-W38')[0]?.state).toBe('held');
    const sister = { ...born, child_id: 'wren' };
    expect(reviewStates([antenatal, sister], '2026-W38')[0]?.state).toBe('due');
    const newBirth = due('2026-W40', { review: 'new-birth' });
    expect(reviewStates([newBirth, born], '2026-W38')[0]?.state).toBe('due');
  });

  it('is held though it was told of late, and overdue for ever where no limit is known', () => {
    expect(reviewStates([due('2020-W36'), told('held')], '2026-W50')[0]?.state).toBe('held');
    const unknown = due('2020-W36', { review: 'school-entry' });
    expect(reviewStates([unknown], '2026-W50')[0]?.state).toBe('overdue');
  });

  it('goes by the week told last, where the date of birth was put right', () => {
    const [review] = reviewStates([due('2026-W36'), due('2026-W40')], '2026-W38');
    expect(review).toMatchObject({ state: 'due', dueWeek: '2026-W40', dueOn: 'box of 2026-W40' });
  });

  it('is held once it was held, also where it never fell due here', () => {
    expect(reviewStates([told('held')], '2026-W38')).toEqual([
      expect.objectContaining({ state: 'held', dueWeek: null, missed: [] }),
    ]);
    expect(reviewStates([due('2026-W30'), told('held')], '2026-W38')[0]?.state).toBe('held');
  });

  it('stays outstanding however often it was missed, each time told', () => {
    const rows = [
      due('2026-W30'),
      told('missed', { reason: 'no-access' }),
      told('missed', { reason: 'declined', occurred_at: null }),
    ];
    expect(reviewStates(rows, '2026-W38')).toEqual([
      expect.objectContaining({
        state: 'overdue',
        missed: [
          { at: new Date('2026-08-20T12:00:00Z'), reason: 'no-access' },
          { at: null, reason: 'declined' },
        ],
      }),
    ]);
  });

  it('puts what is outstanding first, then what was not held in time, then what was held', () => {
    const rows = [
      told('held', { review: 'new-birth', occurred_at: new Date('2025-09-14T12:00:00Z') }),
      told('held', {
        review: 'six-to-eight-weeks',
        occurred_at: new Date('2025-11-01T12:00:00Z'),
      }),
      told('missed', { child_id: 'wren', review: 'two-to-two-and-a-half-years' }),
      due('2028-W09', { review: 'two-to-two-and-a-half-years' }),
      due('2024-W02', { child_id: 'wren', review: 'new-birth' }),
      due('2024-W09', { child_id: 'wren', review: 'six-to-eight-weeks' }),
      due('2026-W36'),
    ];
    expect(reviewStates(rows, '2026-W38').map(({ childId, review }) => [childId, review])).toEqual(
      [
        ['robin', 'one-year'],
        ['robin', 'two-to-two-and-a-half-years'],
        ['wren', 'two-to-two-and-a-half-years'],
        ['wren', 'six-to-eight-weeks'],
        ['wren', 'new-birth'],
        ['robin', 'six-to-eight-weeks'],
        ['robin', 'new-birth'],
      ],
    );
  });

  it('is not known from a notice that names no child or no review', () => {
    const rows = [told('held', { child_id: null }), told('missed', { review: null })];
    expect(reviewStates(rows, '2026-W38')).toEqual([]);
  });
});
