import type { GlassStep } from '@common-thread/domain/break-glass/glass-outbox';
import { GlassOutbox } from '@common-thread/domain/break-glass/glass-outbox';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { VaultDoor } from './vault-door.js';

/** The outbox of a vault in another process. */
export class HttpGlassOutbox extends GlassOutbox {
  constructor(private readonly door: VaultDoor) {
    super();
  }

  async pending(): Promise<readonly GlassStep[]> {
    const { steps } = await this.door.ask('/v1/glass-outbox/pending', {});
    if (!Array.isArray(steps)) {
      throw new VaultUnavailable('the vault answered something else than was asked');
    }
    return steps as GlassStep[];
  }

  async recorded({ glassId, step }: Pick<GlassStep, 'glassId' | 'step'>): Promise<void> {
    await this.door.ask('/v1/glass-outbox/recorded', { glassId, step });
  }
}
