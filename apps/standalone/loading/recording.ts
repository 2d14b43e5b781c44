import { join } from 'node:path';
import type { Pool } from 'pg';
import { EmbeddedPostgresInUse } from '@common-thread/adapters/postgres/embedded-owner';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { runningServerUrl } from '@common-thread/adapters/postgres/running-server';
import { codec } from '@common-thread/domain/event-catalogue';
import type { EventLog } from '@common-thread/eventing/event-log';
import type { Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import { PolicyFollower } from '../../command-api/authorisation/policy-follower.js';
import { systemClock } from '../../command-api/clock.js';
import { Commands } from '../../command-api/commands.js';
import { SealedFileMasterKey } from '../../vault/keys/sealed-file-master-key.js';
import { postgresStores, VaultCore } from '../../vault/vault-core.js';
import type { StandaloneConfiguration } from '../configuration.js';
import { startEngines } from '../engines.js';
import type { CommandPort } from '../seeding/planned-command.js';
import { throughCommands } from '../seeding/through-commands.js';
import type { ChildLookUp } from './annex-a/children.js';
import { throughVault } from './through-vault.js';

/** What a load records through: the handlers everybody's commands go through, and the vault's look-up. */
export interface Recording {
  readonly port: CommandPort;
  readonly lookUp: ChildLookUp;
  /** Ends what was opened; a server that was running before goes on running. */
  close(): Promise<void>;
}

interface LogAndPool {
  readonly eventLog: EventLog;
  readonly pool: Pool;
  close(): Promise<void>;
}

const DATABASE = 'common_thread';
const CONNECTIONS = 6;
/** A log of years is read from its beginning before anybody is looked up. */
const CATCH_UP_MS_MAX = 10 * 60_000;

/** Opens log and vault of the data directory, beside a running system or without one. */
export async function openRecording(
  configuration: StandaloneConfiguration,
  environment: Environment,
  hub: string,
): Promise<Recording> {
  const opened = await openLog(configuration);
  try {
    return await recordingOver(opened, configuration, environment, hub);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function recordingOver(
  opened: LogAndPool,
  configuration: StandaloneConfiguration,
  environment: Environment,
  hub: string,
): Promise<Recording> {
  const { eventLog, pool } = opened;
  const wrappingKey = environment.optional('COMMON_THREAD_MASTER_KEY');
  const masterKey = await SealedFileMasterKey.open({
    directory: join(configuration.dataDirectory, 'vault'),
    production: environment.isProduction,
    ...(wrappingKey === undefined ? {} : { wrappingKey }),
  });
  const ports = { log: eventLog, masterKey };
  const vault = await VaultCore.start(await postgresStores(pool, ports), ports);
  const policy = new PolicyFollower(eventLog, codec, CATCH_UP_MS_MAX);
  const engines = { log: eventLog, codec, sealing: vault.sealing };
  return {
    port: throughCommands(new Commands(engines, policy, systemClock)),
    lookUp: throughVault(vault.matching, policy, hub),
    close: async () => {
      await policy.stop();
      await vault.stop();
      await opened.close();
    },
  };
}

async function openLog(configuration: StandaloneConfiguration): Promise<LogAndPool> {
  const { dataDirectory, logLevel } = configuration;
  try {
    const engines = await startEngines(dataDirectory, new Log({ app: 'load', level: logLevel }));
    return {
      eventLog: engines.eventLog,
      pool: engines.pool('load', CONNECTIONS),
      close: () => engines.close(),
    };
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresInUse)) throw error;
    const url = runningServerUrl(join(dataDirectory, 'postgres'), DATABASE);
    if (url === undefined) throw error;
    const eventLog = await PostgresEventLog.open({ url, max: CONNECTIONS });
    const pool = createPool({ url, applicationName: 'load', max: CONNECTIONS });
    return {
      eventLog,
      pool,
      close: async () => {
        await pool.end();
        await eventLog.close();
      },
    };
  }
}
