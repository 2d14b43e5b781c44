import { contextAt, given } from '@common-thread/eventing/given-when-then';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { GlassCommand } from './glass.js';
import { glass } from './glass.js';

const context = contextAt('2026-03-02T10:00:00.000Z', { subjectId: derivedId('spec', 'glass') });
const grant = {
  familyId: derivedId('spec', 'family'),
  hub: 'fairholme-hub.safeguarding-hub',
  worker: 'hub-triage-1',
  reason: 'risk-of-harm',
  minutes: 60,
} as const;
const review = { outcome: 'justified', worker: 'hub-manager-1' } as const;
const asked: readonly GlassCommand[] = [
  { type: 'RecordGlassBroken', data: grant, context },
  { type: 'RecordGlassEnded', data: { ending: 'time' }, context },
  { type: 'RecordGlassReviewed', data: review, context },
];
const broken = { type: 'GlassBroken', data: grant } as const;
const ended = { type: 'GlassEnded', data: { ending: 'time' } } as const;
const reviewed = { type: 'GlassReviewed', data: review } as const;

describe('glass the vault let be broken', () => {
  it('is recorded step by step, as the vault says', () => {
    const [open, end, look] = asked;
    expect(given(glass, []).when(open!).events).toEqual([broken]);
    expect(given(glass, [broken]).when(end!).events).toEqual([ended]);
    expect(given(glass, [broken, ended]).when(look!).events).toEqual([reviewed]);
  });

  it('is recorded though it was reviewed before it ended', () => {
    expect(given(glass, [broken, reviewed]).when(asked[1]!).events).toEqual([ended]);
  });

  it.each(asked)('$type is recorded once', (command) => {
    const { events, refused } = given(glass, [broken, ended, reviewed]).when(command);
    expect([events, refused]).toEqual([[], undefined]);
  });

  it.each(asked.slice(1))('$type is refused of what was never broken', (command) => {
    expect(given(glass, []).when(command).refused).toBe('glass/not-broken');
  });
});
