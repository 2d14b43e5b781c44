import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import { MemoryStore } from '@common-thread/adapters/memory/event-store';
import type { Actor } from '@common-thread/platform/actor';
import type { Revealed, RevealPage, RevealRequest } from '@common-thread/platform/revealing';
import type { Pool } from 'pg';
import type { Clock } from '../../apps/vault/clock.js';
import { SystemClock } from '../../apps/vault/clock.js';
import type { FaultPoint } from '../../apps/vault/fault-points.js';
import { FaultPoints } from '../../apps/vault/fault-points.js';
import type { MasterKey } from '../../apps/vault/keys/master-key.js';
import { MemoryMasterKey } from '../../apps/vault/keys/memory-master-key.js';
import type { VaultStores } from '../../apps/vault/vault-core.js';
import { postgresStores, VaultCore } from '../../apps/vault/vault-core.js';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import type { Household } from './county.js';
import { household, larkfield, workerOf } from './county.js';
import { Recorder } from './recording.js';

/** Dies at a point while it is told to. */
export class Crash extends FaultPoints {
  at: FaultPoint | undefined;

  async reached(point: FaultPoint): Promise<void> {
    if (point === this.at) throw new Error('killed');
  }
}

/**
 * A vault on a database of its own, following a log in memory in which one family is at Larkfield.
 */
export class VaultUnderTest {
  readonly worker = workerOf(larkfield);

  private constructor(
    private readonly database: TestDatabase,
    readonly pool: Pool,
    readonly stores: VaultStores,
    readonly masterKey: MasterKey,
    readonly faults: Crash,
    readonly log: MemoryEventLog,
    readonly core: VaultCore,
    readonly recorder: Recorder,
    readonly home: Household,
  ) {}

  /** @param clock the vault's and its log's; the system's where it is left out */
  static async open(
    clock: Clock = new SystemClock(),
    masterKey: MasterKey = new MemoryMasterKey(),
  ): Promise<VaultUnderTest> {
    const database = await freshDatabase();
    const pool = database.pool();
    const faults = new Crash();
    const log = new MemoryEventLog(new MemoryStore(), () => clock.now());
    const stores = await postgresStores(pool, { masterKey, clock });
    const core = await VaultCore.start(stores, { log, masterKey, faults, clock });
    const recorder = new Recorder(log, core.sealing);
    const home = await household(recorder, 'home');
    await core.follower.past(clock.now(), 5_000);
    return new VaultUnderTest(
      database,
      pool,
      stores,
      masterKey,
      faults,
      log,
      core,
      recorder,
      home,
    );
  }

  async close(): Promise<void> {
    await this.core.stop();
    await this.database.drop();
  }

  /** A request for a box, on the family's own page unless another line is named. */
  asked(box: unknown, field: string, line = `family/${this.home.familyId}`): RevealRequest {
    return { box: String(box), field, line };
  }

  /** A request for the child's family name. */
  name(): RevealRequest {
    return this.asked(this.home.child.familyName, 'familyName');
  }

  page(requests: readonly RevealRequest[], change: Partial<RevealPage> = {}): RevealPage {
    const about = [`family/${this.home.familyId}`];
    return { purpose: 'centre-support', page: 'centre/family', about, requests, ...change };
  }

  async reveal(
    actor: Actor,
    requests: readonly RevealRequest[],
    change: Partial<RevealPage> = {},
  ): Promise<readonly Revealed[]> {
    return (await this.core.reveals.reveal(actor, this.page(requests, change))).revealed;
  }
}
