import { completeOn } from '@common-thread/domain/erasure/retention';
import type { Actor } from '@common-thread/platform/actor';
import type { Audit } from '../audit/audit.js';
import type { ReadAnswer } from '../auditing/audit-reading.js';
import type { Clock } from '../clock.js';
import type { ErasureFold, Proposal } from './erasure-fold.js';
import type { ErasureBody } from './erasures-answer.js';
import type { Shredding } from './shredding.js';

export interface ErasureReadingEngines {
  readonly fold: ErasureFold;
  readonly shredding: Shredding;
  readonly audit: Audit;
  readonly clock: Clock;
}

/** What was proposed to be destroyed and how far it has come, for the hub’s officers. */
export class ErasureReading {
  constructor(private readonly engines: ErasureReadingEngines) {}

  /** The latest first; undefined for whoever is no officer of a hub. @throws VaultUnavailable */
  async erasures(reader: Actor): Promise<ReadAnswer<readonly ErasureBody[]> | undefined> {
    const isOfHub = reader.audience === 'safeguarding-hub';
    if (!isOfHub || reader.role !== 'information-governance') return undefined;
    const { audit, clock, fold } = this.engines;
    const answer = fold.proposals.map((proposal) => this.#told(proposal)).reverse();
    const about = [...new Set(answer.map(({ personId }) => personId))];
    const asked = { kind: 'audit', purpose: 'oversight', page: 'erasures' } as const;
    const entryId = await audit.commit({
      ...asked,
      at: clock.now(),
      asker: reader,
      about,
      items: [],
    });
    return { answer, entryId };
  }

  #told(proposal: Proposal): ErasureBody {
    const { proposalId, personId, holder, recordClasses, ground } = proposal;
    const { proposed, confirmed, declined } = proposal;
    const { fold, shredding } = this.engines;
    const retired = shredding.retired(proposalId);
    const destroyedAt = retired?.destroyedAt?.toISOString();
    return {
      ...{ proposalId, personId, holder, recordClasses, ground, proposed },
      ...(confirmed ? { confirmed } : {}),
      ...(declined ? { declined } : {}),
      holds: [...(fold.holds.get(personId)?.keys() ?? [])],
      keysDestroyed: retired?.destroyed ?? 0,
      ...(destroyedAt === undefined ? {} : { destroyedAt, completeOn: completeOn(destroyedAt) }),
    };
  }
}
