import { recordReviewView } from './record-review.presenter.js';

const parts = {
  familyId: 'f1',
  familyName: 'Applegarth family',
  children: [
    { value: 'wren', text: 'Wren Applegarth' },
    { value: 'robin', text: 'Robin Applegarth' },
  ],
  namesUnavailable: false,
  wasKept: false,
};
const KEY = '0b0e0b0e-0000-4000-8000-000000000001';

describe('the page to record a review', () => {
  it('begins empty, with a key of its own', () => {
    const view = recordReviewView({ typed: {}, errors: [] }, parts);
    expect(view.back).toEqual({ href: '/families/f1', text: 'Back to Applegarth family' });
    expect(view.errorSummary).toBeUndefined();
    expect(view.children.items.map(({ checked }) => checked)).toEqual([false, false]);
    expect(view.form.hidden).toContainEqual({ name: '_form', value: 'record-review' });
    expect(view.form.hidden).toContainEqual({
      name: '_page',
      value: '/families/f1/reviews/record',
    });
  });

  it('is drawn again with all that was typed, its key, and what is wrong by each field', () => {
    const typed = { _key: KEY, childId: 'robin', review: 'one-year', note: 'Walking.' };
    const errors = [{ field: 'review', message: 'This review was held already.' }];
    const view = recordReviewView({ typed, errors }, parts);
    expect(view.form.hidden).toContainEqual({ name: '_key', value: KEY });
    expect(view.children.items.map(({ checked }) => checked)).toEqual([false, true]);
    expect(view.review.items.find(({ selected }) => selected)?.value).toBe('one-year');
    expect(view.note.value).toBe('Walking.');
    expect(view.errorSummary?.errorList).toEqual([
      { text: 'This review was held already.', href: '#review' },
    ]);
    expect(view.review).toMatchObject({ errorMessage: { text: 'This review was held already.' } });
    expect(view.place).not.toHaveProperty('errorMessage');
  });

  it('warns against choosing a child whose name cannot be shown', () => {
    const state = { typed: {}, errors: [] };
    expect(recordReviewView(state, parts).children).not.toHaveProperty('hint');
    const view = recordReviewView(state, {
      ...parts,
      familyName: undefined,
      namesUnavailable: true,
    });
    expect(view.children).toMatchObject({
      hint: { text: expect.stringContaining('wait until they can be') as string },
    });
    expect(view.back.text).toBe('Back to this family');
  });
});
