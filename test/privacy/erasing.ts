import type { shreddingGrounds } from '@common-thread/domain/erasure/code-lists';
import { recordClasses } from '@common-thread/domain/erasure/code-lists';
import { SEALS_LAND_WITHIN_MS } from '../../apps/vault/erasing/shredding.js';
import type { VaultCore } from '../../apps/vault/vault-core.js';
import type { MovedClock } from './moved-clock.js';
import type { Recorder } from './recording.js';

/** Two officers and a vault that carries out what they decide. */
export class Erasing {
  /** On which what is proposed next is proposed. */
  ground: (typeof shreddingGrounds)[number] = 'retention-ended';

  constructor(
    private readonly recorder: Recorder,
    private readonly clock: MovedClock,
    public core: VaultCore,
  ) {}

  /** Gives the proposal’s id. */
  async proposed(personId: string, holder: string): Promise<string> {
    const { ground } = this;
    const { id } = await this.recorder.record(`erasure-${personId}`, {
      type: 'ShreddingProposed',
      data: { holder, recordClasses: [...recordClasses], ground },
    });
    await this.caughtUp();
    await this.core.shredding.work();
    return id;
  }

  async confirmed(personId: string, proposalId: string): Promise<void> {
    await this.recorder.record(`erasure-${personId}`, {
      type: 'ShreddingConfirmed',
      data: { proposalId },
    });
    await this.caughtUp();
  }

  /** After what was being sealed has landed. */
  async carriedOut(): Promise<void> {
    await this.ready();
    await this.core.shredding.work();
  }

  /** What was being sealed has landed: it can be carried out. */
  async ready(): Promise<void> {
    this.clock.aheadMs += SEALS_LAND_WITHIN_MS;
    await this.caughtUp();
  }

  /** All of it. Gives the proposal’s id. */
  async erased(personId: string, ...holders: readonly string[]): Promise<string> {
    let proposalId = '';
    for (const holder of holders) {
      proposalId = await this.proposed(personId, holder);
      await this.confirmed(personId, proposalId);
      await this.carriedOut();
    }
    return proposalId;
  }

  async caughtUp(): Promise<void> {
    if (await this.core.follower.past(this.clock.now(), 10_000)) return;
    throw new Error('the vault did not catch up with its log');
  }
}
