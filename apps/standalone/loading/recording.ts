import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'pg';
import { EmbeddedPostgresInUse } from '@common-thread/adapters/postgres/embedded-owner';
import { PostgresEventLog } from '@common-thread/adapters/postgres/event-log';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { runningServerUrl } from '@common-thread/adapters/postgres/running-server';
import { familiesOfPerson } from '@common-thread/disclosure/policy';
import { codec } from '@common-thread/domain/event-catalogue';
import type { Matching } from '@common-thread/domain/matching';
import type { EventLog } from '@common-thread/eventing/event-log';
import { VaultUnavailable } from '@common-thread/eventing/sealing';
import type { Environment } from '@common-thread/platform/environment';
import { PolicyFollower } from '../../command-api/authorisation/policy-follower.js';
import { systemClock } from '../../command-api/clock.js';
import { Commands } from '../../command-api/commands.js';
import { SealedFileMasterKey } from '../../vault/keys/sealed-file-master-key.js';
import { postgresStores, VaultCore } from '../../vault/vault-core.js';
import type { StandaloneConfiguration } from '../configuration.js';
import { startEngines } from '../engines.js';
import type { CommandPort } from '../seeding/planned-command.js';
import { throughCommands } from '../seeding/through-commands.js';
import { logOf } from '../standalone.js';
import type { ChildLookUp, KnownChild } from './annex-a/children.js';
import { loaderFor } from './annex-a/plan-contact.js';

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
const TRY_AGAIN_MS = 500;

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
  const { dataDirectory } = configuration;
  try {
    const engines = await startEngines(dataDirectory, logOf(configuration, 'load'));
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

/** The vault finds people; the policy knows to which families they belong. */
export function throughVault(
  matching: Matching,
  policy: PolicyFollower,
  hub: string,
): ChildLookUp {
  return {
    async find(authority, childIds) {
      const people = await caughtUp(() =>
        matching.findByAuthorityChildIds(loaderFor(hub), authority, childIds),
      );
      const current = await policy.current();
      const found = new Map<string, readonly KnownChild[]>();
      for (const [childId, personIds] of people) {
        const known = personIds.map((personId) => ({
          personId,
          familyIds: familiesOfPerson(current, personId),
        }));
        found.set(childId, known);
      }
      return found;
    },
  };
}

/** A vault just opened refuses until it has read the log. */
async function caughtUp<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (const deadline = performance.now() + CATCH_UP_MS_MAX; ; await wait(TRY_AGAIN_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof VaultUnavailable) || performance.now() > deadline) throw error;
    }
  }
}
