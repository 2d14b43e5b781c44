import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { reachPostgres } from '@common-thread/adapters/postgres/reach';
import { IssuersClient } from '@common-thread/platform/issuer';
import { StandingVerifier } from '@common-thread/platform/standing';
import { IssuerVerifier } from '@common-thread/platform/token-verifier';
import type { AppProcess } from '@common-thread/running/app-process';
import { runAppProcess } from '@common-thread/running/app-process';
import { openEventLog } from '@common-thread/running/event-log';
import { MeasuredEventLog } from '@common-thread/running/measured-event-log';
import { PoolsOverDatabase } from '@common-thread/running/pools';
import { commandApiConfiguration } from './configuration.js';
import { createCommandApi } from './create-command-api.js';
import { measureReactions } from './metrics.js';
import { HttpRelayNarrowing } from './vault-doors/http-narrowing.js';
import { doorsOf } from './vault-doors/vault-doors.js';

const CONNECTIONS = 4;

async function start(process: AppProcess): Promise<NestFastifyApplication> {
  const { environment, log } = process;
  const { metrics } = process.operations;
  const { eventLog, database, vault, feedRelay, issuer } = commandApiConfiguration(environment);
  const pools = new PoolsOverDatabase(database, log);
  process.closing(() => pools.close());
  await process.reach(() => reachPostgres(database, 'COMMON_THREAD_DATABASE'));
  const { ownToken } = new IssuersClient(issuer);
  const { health, narrowing, ...doors } = doorsOf(vault, ownToken);
  const commandApi = await createCommandApi({
    ...doors,
    narrowingFolds: [narrowing, new HttpRelayNarrowing(feedRelay, ownToken)],
    log: new MeasuredEventLog(await openEventLog(process, eventLog), metrics),
    tokens: StandingVerifier.asking(vault, new IssuerVerifier(issuer)),
    // A reaction's checkpoint: what follows an older one is answered as done already.
    pool: pools.pool('command-api', CONNECTIONS, 'recoverable'),
    appLog: log,
    health: { vault: health },
  });
  process.closing(() => commandApi.close());
  measureReactions(commandApi, metrics);
  commandApi.start();
  return commandApi.app;
}

await runAppProcess({ name: 'command-api', port: 3001, start });
