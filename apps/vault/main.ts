import { resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { reachPostgres } from '@common-thread/adapters/postgres/reach';
import { IssuerVerifier } from '@common-thread/platform/token-verifier';
import type { AppProcess } from '@common-thread/running/app-process';
import { runAppProcess } from '@common-thread/running/app-process';
import { openEventLog } from '@common-thread/running/event-log';
import { PoolsOverDatabase } from '@common-thread/running/pools';
import { vaultConfiguration } from './configuration.js';
import { createVault } from './create-vault.js';
import { countAuditFailures, measureVault } from './metrics.js';
import { SealedFileMasterKey } from './keys/sealed-file-master-key.js';

const CONNECTIONS = 10;

async function start(process: AppProcess): Promise<NestFastifyApplication> {
  const { environment, log } = process;
  const { metrics } = process.operations;
  const { eventLog, database, keys, masterKey, issuer } = vaultConfiguration(environment);
  const openKeys = await SealedFileMasterKey.open({
    directory: resolve(keys),
    production: environment.isProduction,
    ...(masterKey === undefined ? {} : { wrappingKey: masterKey }),
  });
  const pools = new PoolsOverDatabase(database, log);
  process.closing(() => pools.close());
  await process.reach(() => reachPostgres(database, 'COMMON_THREAD_DATABASE'));
  const vault = await createVault({
    log: await openEventLog(process, eventLog),
    pool: pools.pool('vault', CONNECTIONS),
    tokens: new IssuerVerifier(issuer),
    masterKey: openKeys,
    onAuditFailed: countAuditFailures(metrics),
    appLog: log,
  });
  process.closing(() => vault.close());
  measureVault(vault.core, metrics);
  return vault.app;
}

await runAppProcess({ name: 'vault', port: 3003, start });
