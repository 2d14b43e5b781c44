import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KafkaFeedTailPublisher } from '@common-thread/adapters/kafka/feed-tail-publisher';
import { reachPostgres } from '@common-thread/adapters/postgres/reach';
import { StandingVerifier } from '@common-thread/platform/standing';
import { IssuerVerifier } from '@common-thread/platform/token-verifier';
import type { AppProcess } from '@common-thread/running/app-process';
import { runAppProcess } from '@common-thread/running/app-process';
import { openEventLog } from '@common-thread/running/event-log';
import { overKafka } from '@common-thread/running/kafka';
import { PoolsOverDatabase } from '@common-thread/running/pools';
import { measurePublishing } from '@common-thread/running/tail-metrics';
import { feedRelayConfiguration } from './configuration.js';
import { createFeedRelay } from './create-feed-relay.js';
import { measureRelay } from './metrics.js';

const CONNECTIONS = 8;

async function start(process: AppProcess): Promise<NestFastifyApplication> {
  const { environment, log } = process;
  const { eventLog, database, saltSecret, vault, issuer } = feedRelayConfiguration(environment);
  const pools = new PoolsOverDatabase(database, log);
  process.closing(() => pools.close());
  await process.reach(() => reachPostgres(database, 'COMMON_THREAD_DATABASE'));
  const tail = await overKafka(
    process,
    'feed-relay',
    (address, kafkaLog) => new KafkaFeedTailPublisher(address, kafkaLog),
  );
  const relay = await createFeedRelay({
    log: await openEventLog(process, eventLog),
    pool: pools.pool('feed-relay', CONNECTIONS),
    tokens: StandingVerifier.asking(vault, new IssuerVerifier(issuer)),
    appLog: log,
    saltSecret,
    ...(tail === undefined ? {} : { tail }),
  });
  measurePublishing(process.operations.metrics, relay.publishing);
  process.closing(() => relay.close());
  measureRelay(relay, process.operations.metrics);
  relay.start();
  return relay.app;
}

await runAppProcess({ name: 'feed-relay', port: 3002, start });
