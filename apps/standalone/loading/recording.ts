import { join } from 'node:path';
import { codec } from '@common-thread/domain/event-catalogue';
import type { Environment } from '@common-thread/platform/environment';
import { Log } from '@common-thread/platform/log';
import { PolicyFollower } from '../../command-api/authorisation/policy-follower.js';
import { systemClock } from '../../command-api/clock.js';
import { Commands } from '../../command-api/commands.js';
import { SealedFileMasterKey } from '../../vault/keys/sealed-file-master-key.js';
import { postgresStores, VaultCore } from '../../vault/vault-core.js';
import type { StandaloneConfiguration } from '../configuration.js';
import type { Engines } from '../engines.js';
import { joinEngines } from '../engines.js';
import type { CommandPort } from '../seeding/planned-command.js';
import { throughCommands } from '../seeding/through-commands.js';
import type { ChildLookUp } from './annex-a/children.js';
import { throughVault } from './through-vault.js';

/**
 * What a load records through: the handlers everybody's commands go through, and the vault's
 * look-up.
 */
export interface Recording {
  readonly port: CommandPort;
  readonly lookUp: ChildLookUp;
  /** Ends what was opened; a server that was running before goes on running. */
  close(): Promise<void>;
}

const CONNECTIONS = 6;
/** A log of years is read from its beginning before anybody is looked up. */
const CATCH_UP_MS_MAX = 10 * 60_000;

/** Opens log and vault of the data directory, beside a running system or without one. */
export async function openRecording(
  configuration: StandaloneConfiguration,
  environment: Environment,
  hub: string,
): Promise<Recording> {
  const { dataDirectory, logLevel, eventLog } = configuration;
  const log = new Log({ app: 'load', level: logLevel });
  const opened = await joinEngines(dataDirectory, log, eventLog);
  try {
    return await recordingOver(opened, configuration, environment, hub);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function recordingOver(
  opened: Engines,
  configuration: StandaloneConfiguration,
  environment: Environment,
  hub: string,
): Promise<Recording> {
  const { eventLog } = opened;
  const pool = opened.pool('load', CONNECTIONS);
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
