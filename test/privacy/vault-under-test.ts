import { MemoryEventLog } from '@common-thread/adapters/memory/event-log';
import type { Actor } from '@common-thread/platform/actor';
import type { Revealed, RevealPage, RevealRequest } from '@common-thread/platform/revealing';
import type { Pool } from 'pg';
import type { FaultPoint } from '../../apps/vault/fault-points.js';
import { FaultPoints } from '../../apps/vault/fault-points.js';
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
    readonly masterKey: MemoryMasterKey,
    readonly faults: Crash,
    readonly log: MemoryEventLog,
    readonly core: VaultCore,
    readonly recorder: Recorder,
    readonly home: Household,
  ) {}

  static async open(): Promise<VaultUnderTest> {
    const database = await freshDatabase();
    const pool = database.pool();
    const [masterKey, faults, log] = [new MemoryMasterKey(), new Crash(), new MemoryEventLog()];
    const stores = await postgresStores(pool, { masterKey });
    const core = await VaultCore.start(stores, { log, masterKey, faults });
    const recorder = new Recorder(log, core.sealing);
    const home = await household(recorder, 'home');
    await core.follower.past(new Date(), 5_000);
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
