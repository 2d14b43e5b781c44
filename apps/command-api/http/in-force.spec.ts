import { emptyPolicy, foldPolicy } from '@common-thread/disclosure/policy';
import type { Policy } from '@common-thread/disclosure/policy';
import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import type { NarrowingFold } from '@common-thread/disclosure/narrowing-folds';
import { narrowingMark } from '@common-thread/disclosure/narrowing-folds';
import { derivedId } from '@common-thread/eventing/identifiers';
import { InForce } from './in-force.js';

const familyId = derivedId('in-force', 'family');
const at = '2026-03-02T10:00:00.000Z';

function recorded(type: 'FamilyRestricted' | 'RestrictionLifted'): RecordedCommonThreadEvent {
  const data =
    type === 'RestrictionLifted'
      ? { reason: 'no-longer-needed' }
      : {
          familyId,
          hub: 'fairholme-hub.safeguarding-hub',
          ground: 'high-risk',
          authority: 'director',
          speakTo: 'hub-manager',
          reviewOn: '2026-04-01',
        };
  return {
    id: derivedId('in-force', type),
    type,
    streamId: `restriction-${familyId}`,
    data,
    metadata: { occurredAt: at, recordedAt: at },
  } as RecordedCommonThreadEvent;
}

/** A fold that has come as far as it is let. */
class HeldFold implements NarrowingFold {
  readonly policy: Policy = emptyPolicy();

  fold(...events: readonly RecordedCommonThreadEvent[]): void {
    for (const event of events) foldPolicy(this.policy, event);
  }

  async markOf(streamId: string): Promise<string | undefined> {
    return narrowingMark(this.policy, streamId);
  }
}

describe('whether a restriction is in force', () => {
  const restricted = recorded('FamilyRestricted');
  const lifted = recorded('RestrictionLifted');
  let log: HeldFold;
  let relay: HeldFold;
  let vault: HeldFold;
  let pauses: number;
  let onPause: () => void;
  let inForce: InForce;

  beforeEach(() => {
    [log, relay, vault] = [new HeldFold(), new HeldFold(), new HeldFold()];
    pauses = 0;
    onPause = () => undefined;
    const pauseFor = async () => {
      pauses += 1;
      onPause();
    };
    inForce = new InForce({ current: async () => log.policy }, [relay, vault], pauseFor);
    log.fold(restricted);
  });

  it('is so once relay and vault both know it', async () => {
    for (const fold of [relay, vault]) fold.fold(restricted);
    expect(await inForce.of(`restriction-${familyId}`)).toBe(true);
    expect(pauses).toBe(0);
  });

  it.each(['relay', 'vault'])(
    'is not while the %s is held back, and is said not to be',
    async (held) => {
      (held === 'relay' ? vault : relay).fold(restricted);
      expect(await inForce.of(`restriction-${familyId}`)).toBe(false);
      expect(pauses).toBeGreaterThan(0);
    },
  );

  it('is waited for', async () => {
    relay.fold(restricted);
    onPause = () => {
      if (pauses === 3) vault.fold(restricted);
    };
    expect(await inForce.of(`restriction-${familyId}`)).toBe(true);
    expect(pauses).toBe(3);
  });

  it('is of the lifting, where that came last', async () => {
    log.fold(lifted);
    for (const fold of [relay, vault]) fold.fold(restricted);
    expect(await inForce.of(`restriction-${familyId}`)).toBe(false);
    for (const fold of [relay, vault]) fold.fold(lifted);
    expect(await inForce.of(`restriction-${familyId}`)).toBe(true);
  });
});
