import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KafkaFeedTailSource } from '@common-thread/adapters/kafka/feed-tail-source';
import { reachPostgres } from '@common-thread/adapters/postgres/reach';
import type { Environment } from '@common-thread/platform/environment';
import { ConfigurationError } from '@common-thread/platform/environment';
import { IssuersClient } from '@common-thread/platform/issuer';
import type { IssuerOptions } from '@common-thread/platform/pages/issuer-client';
import { StandingVerifier } from '@common-thread/platform/standing';
import { IssuerVerifier } from '@common-thread/platform/token-verifier';
import type { KindOfAgency } from './agency-instance.js';
import { startAgency } from './agency-instance.js';
import { measureFeed } from './agency-metrics.js';
import type { AppProcess } from './app-process.js';
import { runAppProcess } from './app-process.js';
import { HttpFeedPages } from './http-feed-pages.js';
import { overKafka } from './kafka.js';
import { PoolsOverDatabase } from './pools.js';
import { databaseAddress, issuerAddress } from './process-configuration.js';
import { measureTail } from './tail-metrics.js';

export interface AgencyConfiguration {
  /** `fairholme-hub.safeguarding-hub` */
  readonly recipient: string;
  /** As people know it. */
  readonly organisation: string;
  readonly database: string;
  readonly commandApi: URL;
  readonly vault: URL;
  readonly feedRelay: URL;
  readonly issuer: IssuerOptions;
  readonly sessionSecret: string;
}

const SECRET_CHARACTERS_MIN = 32;

/** @throws ConfigurationError naming the variable at fault */
export function agencyConfiguration(
  environment: Environment,
  audience: string,
): AgencyConfiguration {
  const recipient = environment.text('COMMON_THREAD_RECIPIENT');
  if (!new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*\\.${audience}$`).test(recipient)) {
    throw new ConfigurationError(
      `COMMON_THREAD_RECIPIENT must be an organisation's short name and the audience this app is for, such as ` +
        `elm-trust.${audience}. Correct COMMON_THREAD_RECIPIENT and start again.`,
    );
  }
  return {
    recipient,
    organisation: environment.text('COMMON_THREAD_ORGANISATION'),
    database: databaseAddress(environment),
    commandApi: environment.url('COMMON_THREAD_COMMAND_API'),
    vault: environment.url('COMMON_THREAD_VAULT'),
    feedRelay: environment.url('COMMON_THREAD_FEED_RELAY'),
    issuer: {
      ...issuerAddress(environment),
      clientId: environment.text('COMMON_THREAD_CLIENT_ID', recipient),
      clientSecret: environment.secret('COMMON_THREAD_CLIENT_SECRET'),
      publicUrl: environment.url('COMMON_THREAD_PUBLIC_URL'),
    },
    sessionSecret: environment.secret('COMMON_THREAD_SESSION_SECRET', SECRET_CHARACTERS_MIN),
  };
}

/** An agency's app as a process of its own; one process serves one organisation. */
export function runAgency(audience: string, port: number, kind: KindOfAgency): Promise<void> {
  return runAppProcess({
    name: audience,
    port,
    start: (process) => start(process, audience, kind),
  });
}

async function start(
  process: AppProcess,
  audience: string,
  kind: KindOfAgency,
): Promise<NestFastifyApplication> {
  const { log } = process;
  const { database, commandApi, vault, feedRelay, ...settings } = agencyConfiguration(
    process.environment,
    audience,
  );
  const pools = new PoolsOverDatabase(database, log);
  process.closing(() => pools.close());
  await process.reach(() => reachPostgres(database, 'COMMON_THREAD_DATABASE'));
  const { ownToken } = new IssuersClient(settings.issuer);
  const tail = await overKafka(
    process,
    settings.recipient,
    (address, kafkaLog) => new KafkaFeedTailSource(address, kafkaLog),
  );
  const agency = await startAgency({
    ...settings,
    kind,
    pools,
    pages: new HttpFeedPages(feedRelay, ownToken),
    ...(tail === undefined ? {} : { tail }),
    tokens: StandingVerifier.asking(vault, new IssuerVerifier(settings.issuer)),
    ports: { commandApi, vault, feedRelay },
    log,
  });
  measureFeed(agency.feed, settings.recipient, process.operations.metrics);
  measureTail(process.operations.metrics, settings.recipient, () => agency.feed.status.tail);
  process.closing(() => agency.close());
  return agency.app;
}
