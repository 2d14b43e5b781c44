import type { AgeBand, SealedBirth } from '@common-thread/domain/deriving';
import { ageBands, Deriving, NotDerivable } from '@common-thread/domain/deriving';
import type { ScheduledReview } from '@common-thread/domain/engagement/review-schedule';
import type { CommandActor } from '@common-thread/eventing/decider';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { VaultDoor } from './vault-door.js';
import { askerOf, VaultRefused } from './vault-door.js';

/** Deriving by a vault in another process. */
export class HttpDeriving extends Deriving {
  constructor(private readonly door: VaultDoor) {
    super();
  }

  async reviewsDue(asker: CommandActor, birth: SealedBirth): Promise<readonly ScheduledReview[]> {
    const { reviews } = await this.#ask('/v1/deriving/reviews-due', {
      asker: askerOf(asker),
      ...birth,
    });
    if (!Array.isArray(reviews)) {
      throw new VaultUnavailable('the vault answered something else than was asked');
    }
    return reviews as ScheduledReview[];
  }

  async ageBand(
    asker: CommandActor,
    birth: SealedBirth,
    on: string,
  ): Promise<AgeBand | undefined> {
    const { ageBand } = await this.#ask('/v1/deriving/age-band', {
      asker: askerOf(asker),
      ...birth,
      on,
    });
    return ageBands.find((band) => band === ageBand);
  }

  async #ask(path: string, question: object): Promise<Readonly<Record<string, unknown>>> {
    try {
      return await this.door.ask(path, question);
    } catch (error) {
      if (!(error instanceof VaultRefused) || error.slug !== 'not-derivable') throw error;
      throw new NotDerivable('the vault refuses: the boxes are not a birth of one person');
    }
  }
}
