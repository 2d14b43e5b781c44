import type { SharingAgreement } from '@common-thread/platform/sharing-agreements';
import type { RecordedLast } from './agreement-said.js';
import { saidOf } from './agreement-said.js';

const tookEffectAt = '2026-03-02T10:00:00.000Z';
const ended = { at: tookEffectAt, by: 'o', reason: 'replaced', takesBack: false };
const coming = { agreementId: 'one', state: 'signed' } as const;
const running = { ...coming, state: 'in-force', tookEffectAt } as const;

type Known = Pick<SharingAgreement, 'agreementId' | 'state' | 'tookEffectAt' | 'ended'>;

describe('what is said of an agreement once something of it was recorded', () => {
  it.each<readonly [RecordedLast, Known, string]>([
    ['in-force', running, 'in force everywhere from the next event on'],
    ['in-force', { ...running, state: 'narrowed' }, 'in force everywhere from the next event on'],
    ['in-force', { ...running, state: 'ended', ended }, 'in force everywhere from the next event'],
    ['in-force', coming, 'Nothing is told under it before its first day'],
    ['in-force', { ...coming, state: 'ended', ended }, 'It never took effect, and will not'],
    ['not-yet', running, 'Until it has, take it that the agreement goes on as before'],
    ['not-yet', coming, 'Until it has, take it that the agreement begins as before'],
    ['signed', coming, 'from its first day on'],
  ])('%s, of one that is %j', (recorded, agreement, words) => {
    const said = saidOf(recorded, agreement);
    expect(said?.text).toContain(words);
    const isForce = agreement.tookEffectAt !== undefined && recorded === 'in-force';
    expect(said?.text.includes('in force everywhere')).toBe(isForce);
    expect(said?.again).toBe(recorded === 'not-yet' ? '/agreements/one' : undefined);
  });

  it('is nothing where nothing was, or where it has ended since it was signed', () => {
    expect(saidOf(undefined, running)).toBeUndefined();
    expect(saidOf('signed', { ...running, state: 'ended', ended })).toBeUndefined();
  });
});
