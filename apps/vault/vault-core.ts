import type { EventLog } from '@common-thread/eventing/event-log';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { Pool } from 'pg';
import { AgreementsReading } from './agreements/agreements-reading.js';
import { PostgresAudit } from './audit/postgres-audit.js';
import type { Audit } from './audit/audit.js';
import { AuditReading } from './auditing/audit-reading.js';
import { BreakingGlass } from './break-glass/breaking-glass.js';
import type { GlassStore } from './break-glass/glass.js';
import { PostgresGlassStore } from './break-glass/postgres-glass-store.js';
import { VaultGlassOutbox } from './break-glass/vault-glass-outbox.js';
import type { BlindIndex } from './blind-index/blind-index.js';
import { Indexing } from './blind-index/indexing.js';
import { IdentityInLog } from './blind-index/known-identity.js';
import { PostgresBlindIndex } from './blind-index/postgres-blind-index.js';
import type { Clock } from './clock.js';
import { SystemClock } from './clock.js';
import { VaultDeriving } from './deriving/vault-deriving.js';
import { Drafts } from './drafts/drafts.js';
import type { FaultPoints } from './fault-points.js';
import { NoFaults } from './fault-points.js';
import { LogFollower } from './following/log-follower.js';
import { VaultFold } from './following/vault-fold.js';
import { DueDates } from './erasing/due-dates.js';
import { RecordsDue } from './erasing/due-list.js';
import { ErasureReading } from './erasing/erasure-reading.js';
import { SEALS_LAND_WITHIN_MS, Shredding } from './erasing/shredding.js';
import { DataKeys } from './keys/data-keys.js';
import { KeyExpiry } from './keys/key-expiry.js';
import type { KeyStore } from './keys/key-store.js';
import type { MasterKey } from './keys/master-key.js';
import { MasterKeyMismatch } from './keys/master-key.js';
import { PostgresKeyStore } from './keys/postgres-key-store.js';
import { PeopleFinder } from './look-up/people-finder.js';
import { VaultMatching } from './look-up/vault-matching.js';
import { Reveals } from './revealing/reveals.js';
import { createVaultSchema } from './schema.js';
import { Fingerprints } from './sealing/fingerprints.js';
import { VaultSealing } from './sealing/vault-sealing.js';
import { PeopleInLog } from './staff/people-in-log.js';
import { PostgresStaffStore } from './staff/postgres-staff-store.js';
import { StaffRegister } from './staff/staff-register.js';
import { StaffStanding } from './staff/staff-standing.js';
import type { StaffStore } from './staff/staff-store.js';
import { PostgresSubjectAccessStore } from './subject-access/postgres-requests.js';
import type { SubjectAccessStore } from './subject-access/requests.js';
import { SubjectAccess } from './subject-access/subject-access.js';

/** What a vault stands on. */
export interface VaultStores {
  readonly keys: KeyStore;
  readonly index: BlindIndex;
  readonly audit: Audit;
  readonly glasses: GlassStore;
  readonly requests: SubjectAccessStore;
  readonly staff: StaffStore;
}

export interface VaultPorts {
  readonly log: EventLog;
  readonly masterKey: MasterKey;
  readonly clock?: Clock;
  readonly faults?: FaultPoints;
  /** Unwrapped keys kept in memory; default 20,000. */
  readonly cachedKeysMax?: number;
  /** Told of each audit entry that could not be committed. */
  readonly onAuditFailed?: () => void;
  /** Told of each shredding that could not go on; it is tried again. */
  readonly onShreddingFailed?: (error: unknown) => void;
  /** Told when following the log is interrupted; `final` where it will not go on by itself. */
  readonly onInterrupted?: (error: unknown, final: boolean) => void;
}

/** The stores of a vault in schema `vault`, made where they are missing. */
export async function postgresStores(
  pool: Pool,
  ports: Pick<VaultPorts, 'masterKey' | 'clock' | 'onAuditFailed'>,
): Promise<VaultStores> {
  const { masterKey, clock = new SystemClock(), onAuditFailed } = ports;
  await createVaultSchema(pool, masterKey);
  return {
    keys: new PostgresKeyStore(pool),
    index: new PostgresBlindIndex(pool),
    audit: new PostgresAudit(pool, clock, onAuditFailed),
    glasses: new PostgresGlassStore(pool),
    requests: new PostgresSubjectAccessStore(pool),
    staff: new PostgresStaffStore(pool),
  };
}

/**
 * The whole vault but its HTTP door: what command-api is given in process on the embedded profile.
 */
export class VaultCore {
  readonly sealing: VaultSealing;
  readonly matching: VaultMatching;
  readonly deriving: VaultDeriving;
  readonly drafts: Drafts;
  readonly reveals: Reveals;
  readonly audit: Audit;
  readonly auditing: AuditReading;
  readonly breakingGlass: BreakingGlass;
  readonly glassOutbox: VaultGlassOutbox;
  readonly subjectAccess: SubjectAccess;
  readonly staffRegister: StaffRegister;
  readonly staffStanding: StaffStanding;
  readonly follower: LogFollower;
  readonly dataKeys: DataKeys;
  readonly shredding: Shredding;
  readonly erasures: ErasureReading;
  readonly agreements: AgreementsReading;
  readonly #expiry: KeyExpiry;
  readonly #fold: VaultFold;
  readonly #indexing: Indexing;

  private constructor(stores: VaultStores, ports: VaultPorts) {
    const { log, masterKey, clock = new SystemClock(), faults = new NoFaults() } = ports;
    const { audit, glasses, index, requests, staff } = stores;
    const cached = ports.cachedKeysMax === undefined ? {} : { cachedMax: ports.cachedKeysMax };
    const keys: DataKeys = new DataKeys({
      ...cached,
      store: stores.keys,
      masterKey,
      faults,
      trustsPlaces: () => this.follower.ageMs < SEALS_LAND_WITHIN_MS / 2,
    });
    const identity = new IdentityInLog(log, keys);
    const indexing = new Indexing(keys, identity);
    const fold = new VaultFold();
    const { onInterrupted } = ports;
    const follower = new LogFollower({
      log,
      clock,
      fold: (event) => {
        fold.fold(event);
        if (event.streamId.startsWith('erasure-')) this.shredding.noticed();
      },
      ...(onInterrupted ? { onInterrupted } : {}),
    });
    const finder = new PeopleFinder({ index, fold, follower, clock });
    this.sealing = new VaultSealing(keys, new Fingerprints(keys, clock), indexing);
    this.matching = new VaultMatching({ finder, indexing, fold, audit, clock });
    this.deriving = new VaultDeriving({ keys, audit, clock });
    this.drafts = new Drafts({ keys, audit, clock });
    const reveals = new Reveals({ keys, fold, follower, audit, glasses, clock, faults });
    this.reveals = reveals;
    const copying = { log, requests, reveals, audit, keys, fold, follower, clock };
    this.subjectAccess = new SubjectAccess(copying);
    const people = new PeopleInLog(log, keys, identity, fold);
    this.staffRegister = new StaffRegister({ staff, people, keys, fold, audit, clock });
    this.staffStanding = new StaffStanding({ staff, audit, clock });
    this.breakingGlass = new BreakingGlass({ glasses, audit, keys, fold, clock, faults });
    this.glassOutbox = new VaultGlassOutbox(glasses, clock);
    this.shredding = new Shredding({
      keys,
      store: stores.keys,
      masterKey,
      fold: fold.erasures,
      toldOf: (personId) => fold.eventsTelling(personId),
      follower,
      clock,
      faults,
      ...(ports.onShreddingFailed ? { onFault: ports.onShreddingFailed } : {}),
    });
    const { shredding } = this;
    const due = new RecordsDue({
      fold,
      store: stores.keys,
      dates: new DueDates({ fold, identity, audit, clock }),
      isCarriedOut: (proposalId) => shredding.retired(proposalId)?.destroyedAt !== undefined,
      clock,
    });
    this.erasures = new ErasureReading({ fold, follower, shredding, due, audit, clock });
    this.agreements = new AgreementsReading({ fold, follower, audit, clock });
    this.audit = audit;
    this.auditing = new AuditReading({ audit, fold, clock });
    this.follower = follower;
    this.dataKeys = keys;
    this.#indexing = indexing;
    this.#fold = fold;
    this.#expiry = new KeyExpiry(keys, clock);
  }

  /**
   * Checks that the bucket keys are those the database was sealed with, and begins to follow the
   * log.
   * @throws MasterKeyMismatch saying what to restore, VaultUnavailable
   */
  static async start(stores: VaultStores, ports: VaultPorts): Promise<VaultCore> {
    const core = new VaultCore(stores, ports);
    // Unwraps a key of the vault's own where there is one: with other bucket keys this fails.
    await core.#indexing.prepare().catch((error: unknown) => {
      const cause: unknown = error instanceof VaultUnavailable ? error.cause : error;
      throw cause instanceof MasterKeyMismatch ? cause : error;
    });
    core.follower.start();
    core.#expiry.start();
    core.shredding.start();
    return core;
  }

  /** How far what narrows a stream is known here (`narrowingMark`). */
  markOf(streamId: string): string | undefined {
    return this.#fold.markOf(streamId);
  }

  async stop(): Promise<void> {
    this.#expiry.stop();
    await this.follower.stop();
    await this.shredding.stop();
    await this.audit.settled();
  }
}
