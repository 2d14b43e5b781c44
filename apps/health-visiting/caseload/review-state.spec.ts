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

  it('puts what is outstanding first, by week, then what was held, the latest first', () => {
    const rows = [
      told('held', { review: 'new-birth', occurred_at: new Date('2025-09-14T12:00:00Z') }),
      told('held', {
        review: 'six-to-eight-weeks',
        occurred_at: new Date('2025-11-01T12:00:00Z'),
      }),
      told('missed', { child_id: 'wren', review: 'two-to-two-and-a-half-years' }),
      due('2028-W09', { review: 'two-to-two-and-a-half-years' }),
      due('2026-W36'),
    ];
    expect(reviewStates(rows, '2026-W38').map(({ childId, review }) => [childId, review])).toEqual(
      [
        ['robin', 'one-year'],
        ['robin', 'two-to-two-and-a-half-years'],
        ['wren', 'two-to-two-and-a-half-years'],
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
