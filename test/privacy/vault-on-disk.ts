import { randomUUID } from 'node:crypto';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { createPool } from '@common-thread/adapters/postgres/pool';
import type { Pool } from 'pg';
import { SealedFileMasterKey } from '../../apps/vault/keys/sealed-file-master-key.js';
import { postgresStores, VaultCore } from '../../apps/vault/vault-core.js';
import type { MovedClock } from './moved-clock.js';
import { Recorder } from './recording.js';

/** A vault and its log in one database, and its bucket keys in a sealed file beside it. */
export class VaultOnDisk {
  private constructor(
    readonly pool: Pool,
    readonly log: PostgresEventLog,
    readonly core: VaultCore,
    readonly recorder: Recorder,
  ) {}

  /** @param keys the directory of the sealed file, made where it is missing */
  static async open(url: string, keys: string, clock: MovedClock): Promise<VaultOnDisk> {
    const pool = createPool({ url, applicationName: 'vault on disk', max: 6 });
    const log = await PostgresEventLog.open({ url, max: 6, now: () => clock.now() });
    const masterKey = await SealedFileMasterKey.open({ directory: keys });
    const stores = await postgresStores(pool, { masterKey, clock });
    const core = await VaultCore.start(stores, { log, masterKey, clock });
    if (!(await core.follower.past(clock.now(), 10_000))) throw new Error('it never caught up');
    // Event ids are derived from it, and an earlier one has recorded in the same log.
    const recorder = new Recorder(log, core.sealing, randomUUID());
    return new VaultOnDisk(pool, log, core, recorder);
  }

  async close(): Promise<void> {
    await this.core.stop();
    await this.log.close();
    await this.pool.end();
  }
}
