import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { RestrictFamily, RestrictionCommand } from './restriction.js';
import { restriction } from './restriction.js';

const familyId = derivedId('spec', 'family');
const context = contextAt('2026-03-02T10:00:00.000Z', { subjectId: familyId });
const terms = {
  hub: 'fairholme-hub.safeguarding-hub',
  ground: 'witness-protection',
  authority: 'service-manager',
  speakTo: 'hub-manager',
  reviewOn: '2026-05-31',
} as const;
const restrict = (change: Partial<RestrictFamily['data']> = {}): RestrictFamily => ({
  type: 'RestrictFamily',
  data: { ...terms, ...change },
  context,
});
const review = (reviewOn: string): RestrictionCommand => ({
  type: 'ReviewRestriction',
  data: { authority: 'head-of-service', reviewOn },
  context,
});
const lift = {
  type: 'LiftRestriction',
  data: { reason: 'no-longer-needed' },
  context,
} as const;
const restricted = { type: 'FamilyRestricted', data: { ...terms, familyId } } as const;
const lifted = { type: 'RestrictionLifted', data: { reason: 'no-longer-needed' } } as const;
const nothing = { events: [], refused: undefined };

describe('restricting a family', () => {
  it('records on what ground, on whose authority, whom to speak to and when to look again', () => {
    expect(given(restriction, []).when(restrict()).events).toEqual([restricted]);
  });

  it('records nothing when it is restricted so already, and refuses other terms', () => {
    expect(given(restriction, [restricted]).when(restrict())).toEqual(nothing);
    expect(given(restriction, [restricted]).when(restrict({ speakTo: 'adoption-team' }))).toEqual({
      events: [],
      refused: 'restriction/restricted-already',
    });
  });

  it('restricts again what was lifted', () => {
    expect(given(restriction, [restricted, lifted]).when(restrict()).events).toEqual([restricted]);
  });

  it.each([
    ['a day gone by', '2026-03-01'],
    ['today', '2026-03-02'],
    ['the ninety-first day', '2026-06-01'],
    ['no day', '2026-02-30'],
  ])('refuses %s for the review', (_, reviewOn) => {
    const refused = 'restriction/review-too-far';
    expect(given(restriction, []).when(restrict({ reviewOn })).refused).toBe(refused);
    expect(given(restriction, [restricted]).when(review(reviewOn)).refused).toBe(refused);
  });

  it('is kept by one hub, and by hubs alone', () => {
    const centre = restrict({ hub: 'larkfield-centres.childrens-centre' });
    expect(given(restriction, []).when(centre).refused).toBe('restriction/not-a-hub');
    const other = restrict({ hub: 'elsewhere.safeguarding-hub' });
    expect(given(restriction, [restricted, lifted]).when(other).refused).toBe(
      'restriction/of-another-hub',
    );
  });
});

describe('reviewing a restriction', () => {
  it('records who keeps it up and until when, once', () => {
    const reviewed = {
      type: 'RestrictionReviewed',
      data: { authority: 'head-of-service', reviewOn: '2026-05-20' },
    } as const;
    expect(given(restriction, [restricted]).when(review('2026-05-20')).events).toEqual([reviewed]);
    expect(given(restriction, [restricted, reviewed]).when(review('2026-05-20'))).toEqual(nothing);
  });

  it('is refused where nothing is in force', () => {
    const refused = 'restriction/not-restricted';
    expect(given(restriction, []).when(review('2026-05-20')).refused).toBe(refused);
    expect(given(restriction, [restricted, lifted]).when(review('2026-05-20')).refused).toBe(
      refused,
    );
  });
});

describe('lifting a restriction', () => {
  it('records why, once', () => {
    expect(given(restriction, [restricted]).when(lift).events).toEqual([lifted]);
    expect(given(restriction, [restricted, lifted]).when(lift)).toEqual(nothing);
  });
});
