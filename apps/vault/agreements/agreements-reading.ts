import type { Actor } from '@common-thread/platform/actor';
import type {
  AgreementsTold,
  AgreementTold,
  AsOfLog,
  SharingAgreement,
} from '@common-thread/platform/sharing-agreements';
import type { Audit } from '../audit/audit.js';
import type { ReadAnswer } from '../auditing/audit-reading.js';
import type { Clock } from '../clock.js';
import type { LogFollower } from '../following/log-follower.js';
import { STALE_MS, VaultStale } from '../following/log-follower.js';
import type { VaultFold } from '../following/vault-fold.js';
import { isOfficer, isOfHub, overseeing } from '../staff/officers.js';

export interface AgreementsReadingEngines {
  readonly fold: VaultFold;
  readonly follower: LogFollower;
  readonly audit: Audit;
  readonly clock: Clock;
}

/**
 * Sharing agreements, for information-governance officers: a hub's read all of them, elsewhere those that their
 * organisation is a party to. Undefined for everybody else. Whatever was acknowledged before is in the answer.
 */
export class AgreementsReading {
  constructor(private readonly engines: AgreementsReadingEngines) {}

  /** The latest signed first. @throws VaultStale, VaultUnavailable */
  async all(reader: Actor): Promise<ReadAnswer<AgreementsTold> | undefined> {
    if (!isOfficer(reader)) return undefined;
    const known = await this.#caughtUp();
    const theirs = this.engines.fold.agreements.all.filter((each) => mayRead(reader, each));
    const answer = { ...known, agreements: theirs.reverse() };
    return { answer, entryId: await this.#commit(reader, 'agreements', []) };
  }

  /** Undefined also where there is none of this id that is theirs to read. @throws VaultStale, VaultUnavailable */
  async of(reader: Actor, agreementId: string): Promise<ReadAnswer<AgreementTold> | undefined> {
    if (!isOfficer(reader)) return undefined;
    const known = await this.#caughtUp();
    const agreement = this.engines.fold.agreements.of(agreementId);
    if (!agreement || !mayRead(reader, agreement)) return undefined;
    const entryId = await this.#commit(reader, 'agreement', [agreementId]);
    return { answer: { ...known, agreement }, entryId };
  }

  async #caughtUp(): Promise<AsOfLog> {
    const { follower, clock, fold } = this.engines;
    if (!(await follower.past(clock.now(), STALE_MS)) || !follower.asOf) {
      throw new VaultStale('the vault is behind the log');
    }
    return { asOf: follower.asOf.toISOString(), tableVersion: fold.tableVersion };
  }

  #commit(reader: Actor, page: string, about: readonly string[]) {
    const { audit, clock } = this.engines;
    return audit.commit(overseeing(reader, clock.now(), page, about));
  }
}

function mayRead(officer: Actor, { parties }: SharingAgreement): boolean {
  return isOfHub(officer) || parties.includes(officer.organisation);
}
