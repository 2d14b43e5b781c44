import { completeOn } from '@common-thread/domain/erasure/retention';
import type { Actor } from '@common-thread/platform/actor';
import type { DueList, Erasure, PersonErasure } from '@common-thread/platform/erasing';
import type { Audit, AuditEntryId } from '../audit/audit.js';
import type { ReadAnswer } from '../auditing/audit-reading.js';
import type { Clock } from '../clock.js';
import type { LogFollower } from '../following/log-follower.js';
import { STALE_MS, VaultStale } from '../following/log-follower.js';
import type { VaultFold } from '../following/vault-fold.js';
import { isOfficerOfHub } from '../staff/officers.js';
import type { RecordsDue } from './due-list.js';
import type { Proposal } from './erasure-fold.js';
import type { Shredding } from './shredding.js';
import { SEALS_LAND_WITHIN_MS } from './shredding.js';

export interface ErasureReadingEngines {
  readonly fold: VaultFold;
  readonly follower: LogFollower;
  readonly shredding: Shredding;
  readonly due: RecordsDue;
  readonly audit: Audit;
  readonly clock: Clock;
}

/**
 * What is due to be destroyed, what was proposed to be and how far it has come, for the hub’s officers:
 * undefined for everybody else. Whatever was acknowledged before is in the answer.
 */
export class ErasureReading {
  constructor(private readonly engines: ErasureReadingEngines) {}

  /** The latest first. @throws VaultStale, VaultUnavailable */
  async erasures(reader: Actor): Promise<ReadAnswer<readonly Erasure[]> | undefined> {
    if (!isOfficerOfHub(reader)) return undefined;
    await this.#caughtUp();
    const { proposals } = this.engines.fold.erasures;
    const answer = proposals.map((proposal) => this.#told(proposal)).reverse();
    const about = [...new Set(answer.map(({ personId }) => personId))];
    return { answer, entryId: await this.#commit(reader, 'erasures', about) };
  }

  /** @throws VaultStale, VaultUnavailable */
  async due(reader: Actor): Promise<ReadAnswer<DueList> | undefined> {
    if (!isOfficerOfHub(reader)) return undefined;
    await this.#caughtUp();
    const answer = await this.engines.due.list(reader);
    const about = [...new Set(answer.due.map(({ personId }) => personId))];
    return { answer, entryId: await this.#commit(reader, 'erasures-due', about) };
  }

  /** Undefined also where nobody of this id is known. @throws VaultStale, VaultUnavailable */
  async of(reader: Actor, personId: string): Promise<ReadAnswer<PersonErasure> | undefined> {
    if (!isOfficerOfHub(reader)) return undefined;
    await this.#caughtUp();
    const { fold, due } = this.engines;
    if (fold.eventsTelling(personId).length === 0) return undefined;
    const entryId = await this.#commit(reader, 'erasure', [personId]);
    const { proposals, holds } = fold.erasures;
    const theirs = proposals.filter((proposal) => proposal.personId === personId);
    const answer = {
      personId,
      familyIds: fold.familiesEverOf(personId),
      kept: await due.keptOf(reader, personId),
      keys: await due.keysOf(personId),
      holds: [...(holds.get(personId) ?? [])].map(([ground, held]) => ({ ground, ...held })),
      erasures: theirs.map((proposal) => this.#told(proposal)).reverse(),
    };
    return { answer, entryId };
  }

  async #caughtUp(): Promise<void> {
    const { follower, clock } = this.engines;
    if (await follower.past(clock.now(), STALE_MS)) return;
    throw new VaultStale('the vault is behind the log');
  }

  #commit(asker: Actor, page: string, about: readonly string[]): Promise<AuditEntryId> {
    const { audit, clock } = this.engines;
    const asked = { kind: 'audit', purpose: 'oversight', page } as const;
    return audit.commit({ ...asked, at: clock.now(), asker, about, items: [] });
  }

  #told(proposal: Proposal): Erasure {
    const { proposalId, personId, holder, recordClasses, ground } = proposal;
    const { proposed, confirmed, declined } = proposal;
    const { fold, shredding } = this.engines;
    const retired = shredding.retired(proposalId);
    const destroyedAt = retired?.destroyedAt?.toISOString();
    return {
      ...{ proposalId, personId, holder, recordClasses, ground, proposed },
      ...(confirmed ? { confirmed } : {}),
      ...(declined ? { declined } : {}),
      holds: [...(fold.erasures.holds.get(personId)?.keys() ?? [])],
      ...(retired ? { earliestAt: earliestOf(retired.retiredAt) } : {}),
      keysDestroyed: retired?.destroyed ?? 0,
      ...(destroyedAt === undefined ? {} : { destroyedAt, completeOn: completeOn(destroyedAt) }),
    };
  }
}

function earliestOf(retiredAt: Date): string {
  return new Date(retiredAt.getTime() + SEALS_LAND_WITHIN_MS).toISOString();
}
