import type { FamilyHistory } from '@common-thread/adapters/postgres/family-history-reader';
import { DirectoryNames } from '@common-thread/presenting/directory-names';
import type { OpenedBoxes } from '@common-thread/presenting/page-reveal';
import type { CaseloadFamily } from '../caseload/queries.js';
import type { ReviewState } from '../caseload/review-state.js';
import { caseloadHistoryView } from './caseload-history.presenter.js';

const boxesOpen: OpenedBoxes = {
  reachable: true,
  of: (_line, _field, box) => (box === null ? { withheld: 'not-told' } : { text: box }),
};
const names = new DirectoryNames(
  { organisations: new Map(), places: new Map() },
  'fairholme-health',
);
const line = 'family/f1';
const history: FamilyHistory = {
  line,
  lines: [],
  next: null,
  entitled: true,
  household: { line, members: [], relationships: [], involvements: [] },
  incomplete: false,
};
function review(state: ReviewState['state']): ReviewState {
  const heldAt = state === 'held' ? new Date('2026-10-01T12:00:00Z') : null;
  return {
    childId: 'robin',
    review: 'one-year',
    state,
    dueWeek: '2026-W36',
    dueOn: '2026-09-02',
    heldAt,
    missed: [],
  };
}
const family: CaseloadFamily = {
  familyId: 'f1',
  line,
  caseloads: [],
  members: [],
  reviews: [review('overdue'), review('not-held-in-time'), review('held')],
  news: 1,
  newsUpTo: 7,
};
const asked = { today: '2026-11-25', earlier: false, recorded: undefined };

describe('a family on the caseload in words', () => {
  it('has reviews to hold, each opening its own form, apart from those held', () => {
    const view = caseloadHistoryView('f1', { history, family }, boxesOpen, names, asked);
    expect(view.outstanding).toEqual([
      expect.objectContaining({
        overdue: '12 weeks overdue',
        recordHref: '/families/f1/reviews/record?child=robin&review=one-year',
      }),
    ]);
    expect(view.notHeldInTime).toEqual([
      expect.objectContaining({
        overdue: undefined,
        recordHref: '/families/f1/reviews/record?child=robin&review=one-year',
      }),
    ]);
    expect(view.held).toEqual([expect.objectContaining({ when: '1 October 2026' })]);
    expect(view.recordHref).toBe('/families/f1/reviews/record');
    expect(view.news).toBe('1 thing new to you');
  });

  it('offers nothing to record once it has left, and names nobody', () => {
    const left = { ...history, entitled: false, household: null };
    const parts = { history: left, family: undefined };
    expect(caseloadHistoryView('f1', parts, boxesOpen, names, asked)).toMatchObject({
      onCaseload: false,
      heading: 'A family no longer on your caseload',
      recordHref: undefined,
      household: null,
      outstanding: [],
      notHeldInTime: [],
      held: [],
    });
  });

  it('leads back and on through a long history', () => {
    const parts = { history: { ...history, next: 'a/b' }, family };
    const view = caseloadHistoryView('f1', parts, boxesOpen, names, { ...asked, earlier: true });
    expect(view.latestHref).toBe('/families/f1');
    expect(view.earlierHref).toBe('/families/f1?before=a%2Fb');
  });
});
