import type { Clock } from '../clock.js';
import type { FaultPoints } from '../fault-points.js';
import type { LogFollower } from '../following/log-follower.js';
import { STALE_MS } from '../following/log-follower.js';
import type { DataKeys } from '../keys/data-keys.js';
import type { KeyStore } from '../keys/key-store.js';
import type { MasterKey } from '../keys/master-key.js';
import { bucketOf } from '../keys/master-key.js';
import type { HeldKey, KeysRetired } from '../keys/shreddings.js';
import { rewrap } from '../keys/wrapped-keys.js';
import type { ErasureFold, Proposal } from './erasure-fold.js';

/**
 * What was sealed is in the log within this time or never: a statement waits 30 s for the database at
 * most. Keys that were retired are destroyed no sooner.
 */
export const SEALS_LAND_WITHIN_MS = 600_000;
const EVERY_MS = 30_000;

export interface ShreddingEngines {
  readonly keys: DataKeys;
  readonly store: KeyStore;
  readonly masterKey: MasterKey;
  readonly fold: ErasureFold;
  /** Ids of the events that tell who a person is. */
  readonly toldOf: (personId: string) => readonly string[];
  readonly follower: LogFollower;
  readonly clock: Clock;
  readonly faults: FaultPoints;
  /** Told of what could not be done now; it is tried again. */
  readonly onFault?: (error: unknown) => void;
}

/**
 * Carries out what officers decided. A proposal retires the keys it is about, so that what is sealed
 * from then on is under others; once it is confirmed they are destroyed. Every step can be done again, so
 * a process that dies anywhere, or several at once, come to the same end.
 */
export class Shredding {
  readonly #retired = new Map<string, KeysRetired>();
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly engines: ShreddingEngines) {}

  start(): void {
    this.#timer = setInterval(() => this.noticed(), EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Does what there is to do, soon; what fails is tried again. */
  noticed(): void {
    this.work().catch((error: unknown) => this.engines.onFault?.(error));
  }

  /** Does what can be done now. @throws what the store or the master key throw; nothing is lost by it */
  work(): Promise<void> {
    const working = this.#running.then(async () => {
      for (const proposal of this.engines.fold.proposals) await this.#see(proposal);
    });
    this.#running = working.catch(() => undefined);
    return working;
  }

  /** How far the keys of a proposal have come; undefined before they were retired. */
  retired(proposalId: string): KeysRetired | undefined {
    return this.#retired.get(proposalId);
  }

  async #see(proposal: Proposal): Promise<void> {
    const { fold, clock, faults } = this.engines;
    const known = this.#retired.get(proposal.proposalId);
    if (known?.destroyedAt) return;
    if (!known) {
      await this.#retire(proposal);
      await faults.reached('keys-retired');
    }
    const retired = this.#retired.get(proposal.proposalId);
    if (!retired || !proposal.confirmed || fold.isHeld(proposal.personId)) return;
    if (clock.now().getTime() - retired.retiredAt.getTime() < SEALS_LAND_WITHIN_MS) return;
    await this.#carryOut(proposal);
  }

  async #retire(proposal: Proposal): Promise<KeysRetired> {
    const { store, keys, clock } = this.engines;
    const retired = await store.retire(proposal, clock.now());
    keys.retire(retired.keyIds);
    this.#retired.set(proposal.proposalId, retired);
    return retired;
  }

  async #carryOut(proposal: Proposal): Promise<void> {
    const { store, fold, follower, clock } = this.engines;
    // All that was sealed with these keys is known now: what came after the decision spares its key.
    if (!(await follower.past(clock.now(), STALE_MS))) return;
    await store.exclusively(async () => {
      const { destroyedAt } = await this.#retire(proposal);
      if (destroyedAt || fold.isHeld(proposal.personId)) return;
      for (const subject of proposal.subjects) await this.#shred(proposal, subject);
      await store.destroyed(proposal.proposalId, clock.now());
    });
    const retired = await this.#retire(proposal);
    if (retired.destroyedAt) fold.settle(proposal, retired.keyIds);
  }

  async #shred(proposal: Proposal, subject: string): Promise<void> {
    const { store, masterKey, faults, toldOf } = this.engines;
    const bucket = bucketOf(subject);
    const version = await this.#rotate(bucket);
    await store.shred({
      proposalId: proposal.proposalId,
      subject,
      holder: proposal.holder,
      holdersOf: (key) => holdersOf(proposal, key),
      spared: new Set(proposal.sealedSince.keys()),
      told: proposal.told,
      known: toldOf(proposal.personId),
      bucket,
      version,
      rewrap: (wraps) => rewrap(masterKey, wraps),
    });
    await faults.reached('subject-shredded');
    for (const older of await masterKey.versionsOf(bucket)) {
      if (older < version) await masterKey.destroy({ bucket, version: older });
    }
    await faults.reached('bucket-destroyed');
  }

  /** Gives the bucket's new version, known to the store before anything is wrapped under it. */
  async #rotate(bucket: number): Promise<number> {
    const { store, masterKey, faults } = this.engines;
    await masterKey.refresh();
    const newest = (await masterKey.versionsOf(bucket)).at(-1) ?? 0;
    await store.announce(bucket, newest + 1);
    await faults.reached('bucket-announced');
    const version = await masterKey.rotate(bucket);
    await faults.reached('bucket-rotated');
    return version;
  }
}

/** Whoever recorded it, and whoever was told. */
function holdersOf({ holders }: Proposal, key: HeldKey): readonly string[] {
  return [key.controller, ...(holders?.get(key.recordClass) ?? [])];
}
