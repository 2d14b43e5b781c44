import { checkReview } from './record-review.form.js';

const children = ['wren', 'robin'];
const today = '2026-11-25';
const held = {
  childId: 'robin',
  review: 'one-year',
  'occurredOn-day': '25',
  'occurredOn-month': '11',
  'occurredOn-year': '2026',
  happened: 'held',
  place: 'home',
  reason: '',
  note: '',
};
const missed = { ...held, happened: 'missed', place: '', reason: 'no-access' };

function errorsIn(typed: Parameters<typeof checkReview>[0]) {
  const checked = checkReview(typed, children, today);
  return checked.ok ? [] : checked.errors.map(({ field, message }) => [field, message]);
}

describe('the form to record a review', () => {
  it('records one held, today at the latest', () => {
    expect(checkReview(held, children, today)).toEqual({
      ok: true,
      value: {
        step: 'reviews-held',
        body: { childId: 'robin', review: 'one-year', occurredAt: '2026-11-25', place: 'home' },
      },
    });
  });

  it('records one missed, with its reason and what was noted', () => {
    expect(checkReview({ ...missed, note: ' Card left. \r\n' }, children, today)).toEqual({
      ok: true,
      value: {
        step: 'reviews-missed',
        body: {
          childId: 'robin',
          review: 'one-year',
          occurredAt: '2026-11-25',
          reason: 'no-access',
          note: 'Card left.',
        },
      },
    });
  });

  it('asks for everything that is left out, in the order of the page', () => {
    expect(errorsIn({})).toEqual([
      ['childId', 'Choose the child'],
      ['review', 'Choose the review'],
      ['occurredOn', 'Give the whole date, like 27 3 2026'],
      ['happened', 'Say whether the review was held or missed'],
    ]);
  });

  it('asks where one was held and why one was missed', () => {
    expect(errorsIn({ ...held, place: '' })).toEqual([['place', 'Choose where it was held']]);
    expect(errorsIn({ ...missed, reason: '' })).toEqual([['reason', 'Choose why it was missed']]);
  });

  it('does not guess which of two answers was meant', () => {
    expect(errorsIn({ ...held, reason: 'declined' })).toEqual([
      ['reason', 'You said it was held: take away the reason it was missed'],
    ]);
    expect(errorsIn({ ...missed, place: 'clinic' })).toEqual([
      ['place', 'You said it was missed: take away where it was held'],
    ]);
  });

  it('takes no child of another family, no other code, and no day to come or that never was', () => {
    expect(errorsIn({ ...held, childId: 'somebody' })).toEqual([['childId', 'Choose the child']]);
    expect(errorsIn({ ...held, review: 'five-year' })).toEqual([['review', 'Choose the review']]);
    expect(errorsIn({ ...held, 'occurredOn-day': '26' })).toEqual([
      ['occurredOn', 'The date must be today or earlier'],
    ]);
    expect(errorsIn({ ...held, 'occurredOn-day': '31' })).toEqual([
      ['occurredOn', 'Give the whole date, like 27 3 2026'],
    ]);
  });
});
