import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EventLog } from '@common-thread/eventing/event-log';
import type { Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import type { Pool } from 'pg';
import { SealedFileMasterKey } from '../vault/keys/sealed-file-master-key.js';
import { postgresStores, VaultCore } from '../vault/vault-core.js';
import type { StandaloneConfiguration } from './configuration.js';
import { joinEngines } from './engines.js';

const CONNECTIONS = 4;
/** A log of years is read from its beginning before anything is opened. */
const CATCH_UP_MS_MAX = 10 * 60_000;
const LOOK_AGAIN_MS = 100;

/** The vault of a data directory, caught up with its log, and the database it is in. */
export interface VaultBeside {
  readonly vault: VaultCore;
  readonly pool: Pool;
  readonly log: EventLog;
}

/** Does work with a vault of its own, beside a running system or without one. */
export async function withVaultBeside<Answer>(
  app: string,
  configuration: StandaloneConfiguration,
  environment: Environment,
  work: (beside: VaultBeside) => Promise<Answer>,
): Promise<Answer> {
  const { dataDirectory, eventLog, logLevel } = configuration;
  const engines = await joinEngines(dataDirectory, new Log({ app, level: logLevel }), eventLog);
  try {
    const wrappingKey = environment.optional('COMMON_THREAD_MASTER_KEY');
    const masterKey = await SealedFileMasterKey.open({
      directory: join(dataDirectory, 'vault'),
      production: environment.isProduction,
      ...(wrappingKey === undefined ? {} : { wrappingKey }),
    });
    const pool = engines.pool(app, CONNECTIONS);
    const ports = { log: engines.eventLog, masterKey };
    const vault = await VaultCore.start(await postgresStores(pool, ports), ports);
    try {
      await caughtUp(vault);
      return await work({ vault, pool, log: engines.eventLog });
    } finally {
      await vault.stop();
    }
  } finally {
    await engines.close();
  }
}

/** A vault just opened refuses until it has read the log. */
async function caughtUp({ follower }: VaultCore): Promise<void> {
  const deadline = performance.now() + CATCH_UP_MS_MAX;
  while (!follower.isFresh() && performance.now() < deadline) await wait(LOOK_AGAIN_MS);
}
