import type { OpenedBoxes } from '@common-thread/presenting/page-reveal';
import type { ReviewState } from './review-state.js';
import type { ReviewContext } from './review-words.js';
import { reviewView, weekInWords } from './review-words.js';

const boxesOpen: OpenedBoxes = {
  reachable: true,
  of: (_line, _field, box) => (box === null ? { withheld: 'not-told' } : { text: box }),
};
const vaultDown: OpenedBoxes = { reachable: false, of: () => ({ withheld: 'unreachable' }) };

const context: ReviewContext = {
  line: 'family/1',
  opened: boxesOpen,
  people: new Map([['robin', 'Robin Applegarth']]),
  today: '2026-11-25',
};
const overdue: ReviewState = {
  childId: 'robin',
  review: 'one-year',
  state: 'overdue',
  dueWeek: '2026-W36',
  dueOn: '2026-09-02',
  heldAt: null,
  missed: [],
};
const dueIn = (dueWeek: string, dueOn: string): ReviewState => ({
  ...overdue,
  state: 'due',
  dueWeek,
  dueOn,
});

describe('a review in words', () => {
  it('says whose it is, by when, and how long it is overdue', () => {
    expect(reviewView(overdue, context)).toEqual({
      child: 'Robin Applegarth',
      review: 'One-year review',
      tag: { text: 'Overdue', classes: 'govuk-tag--red' },
      when: 'by 2 September 2026',
      overdue: '12 weeks overdue',
      missed: [],
    });
  });

  it('counts days for the first two weeks', () => {
    const shown = (dueOn: string) => reviewView({ ...overdue, dueOn }, context).overdue;
    expect(shown('2026-11-24')).toBe('1 day overdue');
    expect(shown('2026-11-12')).toBe('13 days overdue');
    expect(shown('2026-11-11')).toBe('2 weeks overdue');
  });

  it('goes by the week while the vault cannot be asked for the day, and claims no more', () => {
    const shown = reviewView(overdue, { ...context, opened: vaultDown });
    expect(shown.when).toBe('in the week of 31 August 2026');
    // Counted from Sunday 6 September, its last day.
    expect(shown.overdue).toBe('11 weeks overdue');
  });

  it('goes by the week where the day is erased, and says so', () => {
    const erased = { on: '2056-03-03', ground: 'retention-ended' };
    const gone = { reachable: true, of: () => ({ withheld: 'erased', erased }) as const };
    expect(reviewView(overdue, { ...context, opened: gone }).when).toBe(
      'in the week of 31 August 2026; the day itself was erased on 3 March 2056',
    );
  });

  it('tells what is due from what is for later', () => {
    expect(reviewView(dueIn('2026-W52', '2026-12-23'), context).tag.text).toBe('Due');
    expect(reviewView(dueIn('2027-W01', '2027-01-06'), context).tag.text).toBe('Due');
    const later = reviewView(dueIn('2027-W02', '2027-01-11'), context);
    expect([later.tag.text, later.when, later.overdue]).toEqual([
      'Later',
      'by 11 January 2027',
      undefined,
    ]);
  });

  it('gives the day it was held, and each time it was missed', () => {
    const missed = [
      { at: new Date('2026-08-20T12:00:00Z'), reason: 'no-access' },
      { at: null, reason: null },
    ];
    const heldAt = new Date('2026-10-01T12:00:00Z');
    const shown = reviewView({ ...overdue, state: 'held', heldAt, missed }, context);
    expect([shown.tag.text, shown.when, shown.overdue]).toEqual([
      'Held',
      '1 October 2026',
      undefined,
    ]);
    expect(shown.missed).toEqual([
      '20 August 2026, nobody in, or no access',
      'on a day not told, not said',
    ]);
  });

  it('says plainly that it was not held in time, and counts no weeks', () => {
    const past = { ...overdue, state: 'not-held-in-time' } as const;
    expect(reviewView(past, context)).toMatchObject({
      tag: { text: 'Not held in time', classes: 'govuk-tag--grey' },
      when: 'by 2 September 2026',
      overdue: undefined,
    });
    const sealed = reviewView(past, { ...context, opened: vaultDown });
    expect(sealed.when).toBe('in the week of 31 August 2026');
  });

  it('is shown where neither day nor child is known', () => {
    const unknown = {
      ...overdue,
      childId: 'who',
      state: 'due',
      dueWeek: null,
      dueOn: null,
    } as const;
    expect(reviewView(unknown, context)).toMatchObject({
      child: 'Somebody else',
      when: 'no date told',
      tag: { text: 'Due' },
    });
  });

  it.each([
    ['2026-W07', '9 February 2026'],
    ['2026-W01', '29 December 2025'],
    ['2026-W53', '28 December 2026'],
    ['some time', 'some time'],
  ])('reads the week %s as that of %s', (week, monday) => {
    expect(weekInWords(week)).toBe(monday);
  });
});
