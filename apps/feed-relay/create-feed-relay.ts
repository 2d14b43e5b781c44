import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import type { EventLog } from '@common-thread/eventing/event-log';
import { NotReady } from '@common-thread/platform/health';
import { createHttpApp } from '@common-thread/platform/http-app';
import type { Log } from '@common-thread/platform/log';
import type { TokenVerifier } from '@common-thread/platform/token-verifier';
import { FeedPages } from '@common-thread/projecting/feed-pages';
import type { FeedTailPublisher } from '@common-thread/projecting/feed-tail';
import { TailRefused } from '@common-thread/projecting/feed-tail';
import { AsyncApiController } from './http/async-api.controller.js';
import { NarrowingFold } from '@common-thread/disclosure/narrowing-folds';
import { FeedController, Freshness } from './http/feed.controller.js';
import { FollowingController } from './http/following.controller.js';
import { SchemasController } from './http/schemas.controller.js';
import { TellingsController } from './http/tellings.controller.js';
import { documentOf, OpenApiController, OpenApiDocument } from './open-api.js';
import { Relay } from './relay/relay.js';
import { saltsFrom } from './relay/salts.js';
import { PostgresPublishedMarks } from './publishing/postgres-published-marks.js';
import type { PublishedMarks } from './publishing/published-marks.js';
import type { TailPublishingStatus } from './publishing/tail-publishing.js';
import { notPublishing, TailPublishing } from './publishing/tail-publishing.js';
import { Announcements } from './running/announcements.js';
import { RelaysNarrowingFold } from './running/narrowing-fold.js';
import { RelayPages } from './running/relay-pages.js';
import type { RelayStatus } from './running/relay-runner.js';
import { RelayRunner } from './running/relay-runner.js';
import { PostgresRelayStore } from './store/postgres-relay-store.js';
import { RelayStore } from './store/relay-store.js';

export interface FeedRelayOptions {
  readonly log: EventLog;
  /** Of the database that holds schema `relay`; used and not ended. */
  readonly pool: Pool;
  readonly tokens: TokenVerifier;
  readonly appLog: Log;
  /** What salts are worked out from: secret, and the same for ever. */
  readonly saltSecret: string;
  /** Publishes the tail of each feed, where there is a broker; closed with the relay. */
  readonly tail?: FeedTailPublisher;
}

export interface FeedRelay {
  /** Not listening yet. */
  readonly app: NestFastifyApplication;
  /** The pages, for agencies in the same process. */
  readonly pages: FeedPages;
  /** How far it has told what narrows who may know. */
  readonly narrowing: NarrowingFold;
  readonly status: () => RelayStatus;
  /** Of publishing the tails; stopped where there is no broker. */
  readonly publishing: () => TailPublishingStatus;
  /** Begins to follow the log and to tell. */
  start(): void;
  /** Stops answering, then telling; the pool and the log stay open. */
  close(): Promise<void>;
}

/** The only discloser, over schema `relay` (made where it is missing). */
export async function createFeedRelay(options: FeedRelayOptions): Promise<FeedRelay> {
  const store = await PostgresRelayStore.open(options.pool);
  return composeFeedRelay(options, store, new PostgresPublishedMarks(options.pool));
}

/** The same over a store of the caller's. */
export async function composeFeedRelay(
  { log, tokens, appLog, saltSecret, tail }: Omit<FeedRelayOptions, 'pool'>,
  store: RelayStore,
  marks?: PublishedMarks,
): Promise<FeedRelay> {
  const announcements = new Announcements();
  const pages = new RelayPages(store, announcements);
  const publishing = tail && marks && publishingOf(pages, marks, tail, appLog);
  const runner = new RelayRunner({
    log,
    relay: new Relay(store, {
      saltOf: saltsFrom(saltSecret),
      onTold: (recipients) => {
        announcements.announce(recipients);
        publishing?.wake();
      },
    }),
    onInterrupted: (error, final) => {
      if (final) appLog.error('relay.replaced', {}, error);
      else appLog.warn('relay.interrupted', {}, error);
    },
  });
  const published = new OpenApiDocument();
  const app = await createHttpApp(moduleOf(store, pages, runner, published), {
    log: appLog,
    tokens,
    health: {
      relay: async () => {
        if (runner.status.state !== 'relaying') throw new NotReady(reasons[runner.status.state]);
      },
    },
  });
  published.current = documentOf(app);
  return {
    app,
    pages,
    narrowing: new RelaysNarrowingFold(store),
    status: () => runner.status,
    publishing: () => publishing?.status ?? notPublishing,
    start: () => {
      runner.start();
      publishing?.start();
    },
    close: async () => {
      // Requests held open until something is told would hold up the door as long.
      announcements.close();
      await app.close();
      await runner.stop();
      await publishing?.stop();
    },
  };
}

/** A broker that is away is told of in the log and by its metrics: the pages hold everything all the same. */
function publishingOf(
  pages: FeedPages,
  marks: PublishedMarks,
  publisher: FeedTailPublisher,
  appLog: Log,
): TailPublishing {
  return new TailPublishing({
    pages,
    marks,
    publisher,
    onInterrupted: (error, final) => {
      if (final) appLog.error('publishing.replaced', {}, error);
      else if (error instanceof TailRefused) appLog.error('publishing.refused', {}, error);
      else appLog.warn('publishing.interrupted', {}, error);
    },
  });
}

/** Why nothing is being told. */
const reasons: Readonly<Record<RelayStatus['state'], string>> = {
  starting: 'The relay reads what it has told so far.',
  relaying: '',
  waiting:
    'The event log or the relay’s database cannot be reached. See that both engines run, and that ' +
    'COMMON_THREAD_EVENT_LOG and COMMON_THREAD_DATABASE lead to them.',
  replaced: 'Another relay has taken over. Run one relay over a database.',
  stopped: 'The relay is stopping.',
};

class FeedRelayModule {}

function moduleOf(
  store: RelayStore,
  pages: FeedPages,
  runner: RelayRunner,
  document: OpenApiDocument,
): DynamicModule {
  return {
    module: FeedRelayModule,
    controllers: [
      FeedController,
      SchemasController,
      TellingsController,
      FollowingController,
      OpenApiController,
      AsyncApiController,
    ],
    providers: [
      { provide: RelayStore, useValue: store },
      { provide: NarrowingFold, useValue: new RelaysNarrowingFold(store) },
      { provide: FeedPages, useValue: pages },
      { provide: OpenApiDocument, useValue: document },
      { provide: Freshness, useValue: { caughtUpTo: () => runner.status.caughtUpTo } },
    ],
  };
}
