import { samples } from '@common-thread/domain/samples';
import { inWords } from './breaking-change.js';
import { breaksOf, declaredNow, digestsOf, grown } from './release.js';
import { released } from './released.js';

const now = declaredNow();

describe('what was released', () => {
  it('is kept: nothing declared, told or sampled now breaks it', () => {
    expect(breaksOf(released, now).map(inWords)).toEqual([]);
  });

  it('is something: every event, feed and sample of the first release', () => {
    expect(Object.keys(released.events)).toContain('ReferralRaised.v1');
    expect(Object.keys(released.feeds.audiences['health-visiting'] ?? {}).length).toBeGreaterThan(
      9,
    );
    expect(Object.keys(released.samples).length).toBeGreaterThanOrEqual(samples.length - 1);
  });

  it('only grows by a release, and a release after it breaks nothing', () => {
    const next = grown(released, now);
    expect(breaksOf(next, now)).toEqual([]);
    expect(next.events).toMatchObject(released.events);
    expect(next.samples).toMatchObject(released.samples);
    expect(grown(next, now)).toEqual(next);
  });

  it('keeps what an audience is told no more, because its feed holds it', () => {
    const { 'session.attended': _, ...others } = { 'session.attended': {}, 'session.held': {} };
    const before = {
      ...released,
      feeds: { ...now.feeds, audiences: { hub: { 'session.attended': {}, ...others } } },
    };
    const later = { ...now, feeds: { ...now.feeds, audiences: { hub: others } } };
    const next = grown(before, later);
    expect(next.feeds.retired).toEqual({ hub: { 'session.attended': {} } });
    expect(grown(next, later).feeds.retired).toEqual(next.feeds.retired);
  });
});

describe('the released samples', () => {
  const words = (given: typeof samples, from = released) =>
    breaksOf(from, { ...now, samples: digestsOf(given) }).map(inWords);
  const [first, second] = samples;

  it('are missed when one is removed', () => {
    expect(words(samples.slice(1))).toContainEqual(
      `${first!.type}.v1 ${first!.id}: this released sample is gone. Put it back as it was: it stands for ` +
        'what is stored. Add another beside it.',
    );
  });

  it.each([
    ['a value', { ...first!, data: { ...first!.data, placeId: 'elsewhere' } }],
    ['a field', { ...first!, data: {} }],
    ['its stream', { ...first!, streamId: 'registration-1' }],
  ])('are seen to be altered in %s', (_, altered) => {
    expect(words([altered, ...samples.slice(1)])).toEqual([
      expect.stringContaining(`${first!.id}: this released sample was altered`),
    ]);
  });

  it('may be put in another order, and more may be added', () => {
    const another = { ...second!, id: '00000000-0000-5000-8000-000000000001' };
    expect(words([another, ...[...samples].reverse()])).toEqual([]);
  });

  it('are asked for of every version, declared or released', () => {
    const withoutOne = samples.filter(({ type }) => type !== 'ReferralClosed');
    expect(words(withoutOne, { ...released, samples: {} })).toEqual([
      'ReferralClosed.v1: no sample shows this version. Add one to samples.json of its context.',
    ]);
  });
});
