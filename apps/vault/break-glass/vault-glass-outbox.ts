import type {
  GlassIntent,
  GlassStep,
  GlassStepName,
} from '@common-thread/domain/break-glass/glass-outbox';
import { GlassOutbox } from '@common-thread/domain/break-glass/glass-outbox';
import type { Clock } from '../clock.js';
import type { GlassStore, UnrecordedStep } from './glass.js';

const GRANTS_AT_ONCE = 100;
const MINUTE_MS = 60_000;

/** What the log does not say yet of the vault's own grants. */
export class VaultGlassOutbox extends GlassOutbox {
  constructor(
    private readonly glasses: GlassStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  async pending(): Promise<readonly GlassStep[]> {
    const steps = await this.glasses.unrecorded(this.clock.now(), GRANTS_AT_ONCE);
    return steps.map((unrecorded) => ({
      glassId: unrecorded.glass.glassId,
      step: unrecorded.step,
      at: unrecorded.at.toISOString(),
      recipient: unrecorded.glass.by.recipient,
      command: commandOf(unrecorded),
    }));
  }

  async recorded({ glassId, step }: { glassId: string; step: GlassStepName }): Promise<void> {
    await this.glasses.recorded(glassId, step, this.clock.now());
  }
}

/** What happened, without the words: they stay sealed here. */
function commandOf({ glass, step }: UnrecordedStep): GlassIntent {
  const { by, endedAt, endsAt, familyId, openedAt, reason, review } = glass;
  if (step === 'broken') {
    const minutes = Math.ceil((endsAt.getTime() - openedAt.getTime()) / MINUTE_MS);
    const data = { familyId, hub: by.recipient, worker: by.id, reason, minutes };
    return { type: 'RecordGlassBroken', data };
  }
  if (step === 'reviewed' && review) {
    const { by: worker, outcome } = review;
    return { type: 'RecordGlassReviewed', data: { outcome, worker } };
  }
  return { type: 'RecordGlassEnded', data: { ending: endedAt ? 'by-hand' : 'time' } };
}
