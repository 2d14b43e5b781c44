import type { AgreementPolicy } from '@common-thread/disclosure/agreed';
import type { Policy } from '@common-thread/disclosure/policy';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import { londonDay } from '@common-thread/domain/london-day';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Pause } from '@common-thread/eventing/pause';
import { pause } from '@common-thread/eventing/pause';
import type { PolicyFollower } from '../authorisation/policy-follower.js';
import type { Clock } from '../clock.js';
import type { Commands } from '../commands.js';
import { actingFor } from './reaction.js';

const LOOKED_EVERY_MS = 60_000;

export interface AgreementDayEngines {
  readonly commands: Commands;
  readonly policy: Pick<PolicyFollower, 'current'>;
  readonly clock: Clock;
  /** Told of what could not be recorded; it is tried again a minute later. */
  readonly onFault?: (error: unknown) => void;
  /** Default: by the process's own timers. */
  readonly pause?: Pause;
}

/**
 * Records that an agreement's first day has come, or its last has passed. Time acts through events alone:
 * nobody who judges what may be told ever compares a day with now.
 */
export class AgreementDays {
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly engines: AgreementDayEngines) {}

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Records what is due today, once, whoever asks how often. @throws what the log and the policy throw */
  async recordDue(): Promise<void> {
    const policy = await this.engines.policy.current();
    const today = londonDay(this.engines.clock.now());
    for (const agreement of [...policy.agreements.values()]) {
      const { from, until } = agreement;
      if (from === undefined || until === undefined) continue;
      if (!agreement.inForce && from <= today) {
        await this.#record('BringAgreementIntoForce', agreement, policy);
      }
      if (until < today) await this.#record('ExpireAgreement', agreement, policy);
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.recordDue().catch((error: unknown) => this.engines.onFault?.(error));
      await (this.engines.pause ?? pause)(LOOKED_EVERY_MS, signal);
    }
  }

  async #record(
    type: 'BringAgreementIntoForce' | 'ExpireAgreement',
    { id, parties }: AgreementPolicy,
    { recipients }: Policy,
  ): Promise<void> {
    const party = [...recipients].find((recipient) =>
      parties.includes(partsOfRecipient(recipient).organisation),
    );
    // Nobody of it takes part yet: nothing is told under it to anybody.
    if (party === undefined) return;
    const commandId = derivedId('agreement day', id, type);
    const answer = await this.engines.commands.execute(
      { category: 'agreement', id, type, data: {} },
      { commandId, correlationId: commandId, body: { id, type }, expects: 'additive' },
      { kind: 'reaction', actor: actingFor(party) },
    );
    if (answer.outcome === 'recorded' || answer.outcome === 'unchanged') return;
    const why = answer.outcome === 'refused' ? answer.refusal.code : answer.outcome;
    throw new Error(`${type} of agreement ${id} was not recorded: ${why}`);
  }
}
