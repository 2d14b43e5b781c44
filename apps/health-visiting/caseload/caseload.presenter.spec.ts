import type { OpenedBoxes } from '@common-thread/presenting/page-reveal';
import { caseloadView, FAMILIES_A_PAGE } from './caseload.presenter.js';
import type { CaseloadFamily, CaseloadPage } from './queries.js';
import type { ReviewState } from './review-state.js';

const vaultDown: OpenedBoxes = { reachable: false, of: () => ({ withheld: 'unreachable' }) };
const asked = { page: 1, today: '2026-11-25' };

function review(state: ReviewState['state'], dueWeek: string | null): ReviewState {
  return {
    childId: 'c',
    review: 'one-year',
    state,
    dueWeek,
    dueOn: null,
    heldAt: null,
    missed: [],
  };
}
function family(about: Partial<CaseloadFamily> = {}): CaseloadFamily {
  return {
    familyId: 'f1',
    line: 'family/f1',
    caseloads: [{ caseloadId: 'c1', since: new Date('2023-03-20T09:00:00Z') }],
    members: [],
    reviews: [],
    news: 0,
    newsUpTo: 0,
    ...about,
  };
}
const show = (about: Partial<CaseloadPage>, page = 1) =>
  caseloadView({ families: [], total: 0, overdue: 0, ...about }, vaultDown, { ...asked, page });

describe('the caseload in words', () => {
  it('is said to be empty, or how many it has and how many wait', () => {
    expect(show({}).isEmpty).toBe(true);
    expect(show({ total: 1 }).summary).toBe('1 family on caseload, none with a review overdue.');
    expect(show({ total: 312, overdue: 4 }).summary).toBe(
      '312 families on caseload, 4 with a review overdue.',
    );
  });

  it('lists a family while its names cannot be shown', () => {
    const view = show({ families: [family({ news: 2 })], total: 1 });
    expect(view.namesUnavailable).toBe(true);
    expect(view.families).toEqual([
      expect.objectContaining({
        href: '/families/f1',
        name: 'Family, name not shown',
        news: '2 new',
        since: '20 March 2023',
        reviews: [],
      }),
    ]);
  });

  it('shows the reviews that need somebody, a few of them, and says how many more', () => {
    const weeks = ['2026-W30', '2026-W40', '2026-W50', '2027-W10', '2027-W20'];
    const reviews = [
      ...weeks.map((week) => review(week < '2026-W48' ? 'overdue' : 'due', week)),
      review('held', null),
    ];
    const [shown] = show({ families: [family({ reviews })], total: 1 }).families;
    expect(shown?.reviews.map(({ tag }) => tag.text)).toEqual(['Overdue', 'Overdue', 'Due']);
    expect(shown?.more).toBe(2);
    expect(shown?.news).toBeUndefined();
  });

  it('has nothing to hold for a family whose reviews are all long past', () => {
    const reviews = [review('not-held-in-time', '2021-W30'), review('held', null)];
    const [shown] = show({ families: [family({ reviews })], total: 1 }).families;
    expect([shown?.reviews, shown?.more]).toEqual([[], 0]);
  });

  it('has pages once there are more families than one shows', () => {
    expect(show({ total: FAMILIES_A_PAGE }).pagination).toBeUndefined();
    expect(show({ total: FAMILIES_A_PAGE + 1 }, 2).pagination?.previous).toEqual({
      href: '/?page=1',
    });
  });
});
