import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { agencySchema } from '@common-thread/adapters/postgres/agency-database';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { databaseAnswers, NotReady } from '@common-thread/platform/health';
import type { Log } from '@common-thread/platform/log';
import type { AgencyAppOptions } from '@common-thread/platform/pages/agency-app';
import { traced } from '@common-thread/platform/tracing';
import { AgencyFeed } from '@common-thread/projecting/agency-feed';
import type { FeedPages } from '@common-thread/projecting/feed-pages';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { FeedTailSource } from '@common-thread/projecting/feed-tail';
import type { ReadModel } from '@common-thread/projecting/read-model';
import type { Pools } from './pools.js';

/** What tells one kind of agency from another. */
export interface KindOfAgency {
  readonly readModels: readonly ReadModel[];
  readonly create: (options: AgencyAppOptions) => Promise<NestFastifyApplication>;
}

export interface AgencyInstanceOptions extends Omit<
  AgencyAppOptions,
  'pool' | 'schema' | 'freshness' | 'health' | 'log'
> {
  readonly kind: KindOfAgency;
  readonly pools: Pools;
  readonly pages: FeedPages;
  /** What is quicker than the pages, where there is a broker. */
  readonly tail?: FeedTailSource;
  readonly log: Log;
}

export interface AgencyInstance {
  readonly app: NestFastifyApplication;
  readonly feed: AgencyFeed;
  close(): Promise<void>;
}

const PAGE_CONNECTIONS = 4;
const FEED_CONNECTIONS = 5;

/** One running agency: its feed received and folded, its pages ready to listen. */
export async function startAgency(options: AgencyInstanceOptions): Promise<AgencyInstance> {
  const { kind, pools, recipient } = options;
  const schema = agencySchema(recipient);
  const feed = feedOf(options, schema);
  await feed.prepare();
  const stopping = new AbortController();
  const running = feed.run(stopping.signal);
  const pool = pools.pool(`${recipient} pages`, PAGE_CONNECTIONS);
  const app = await kind.create({
    ...options,
    schema,
    pool,
    freshness: { upToDateTo: async () => feed.freshAsOf },
    health: { database: databaseAnswers(pool), feed: async () => assertReceiving(feed) },
  });
  return {
    app,
    feed,
    close: async () => {
      await app.close();
      stopping.abort();
      await running;
    },
  };
}

function feedOf(options: AgencyInstanceOptions, schema: string): AgencyFeed {
  const { kind, pools, pages, tail, recipient, log } = options;
  const pool = pools.pool(`${recipient} feed`, FEED_CONNECTIONS, 'recoverable');
  return new AgencyFeed({
    recipient,
    pages,
    ...(tail === undefined ? {} : { tail }),
    inbox: new TracedInbox(pool, schema),
    store: new PostgresProjectionStore(pool, schema),
    readModels: kind.readModels,
    now: () => new Date(),
    onFault: (fault) => log.error('feed.stopped', { recipient }, fault),
    onTrouble: (error) => log.warn('feed.waiting', { recipient }, error),
    onParked: (projection, parked) =>
      log.error('projection.parked', { recipient, projection, count: parked.length }),
  });
}

/** Each batch that is received is a span. */
class TracedInbox extends PostgresInbox {
  override append(rows: readonly FeedRow[]): Promise<number> {
    const recipient = rows[0]?.envelope.feed;
    const fields = { count: rows.length, ...(recipient === undefined ? {} : { recipient }) };
    return traced('feed.receive', fields, () => super.append(rows));
  }
}

/** @throws NotReady */
function assertReceiving({ status: { receiver } }: AgencyFeed): void {
  if (receiver.state === 'waiting') {
    throw new NotReady(
      'The feed-relay does not answer, so that nothing new comes. See that it runs, that ' +
        'COMMON_THREAD_FEED_RELAY leads to it, and that the issuer gives this app its token.',
    );
  }
  if (receiver.state === 'stopped') {
    throw new NotReady(
      `The feed cannot be true and is received no further: ${receiver.fault?.message ?? 'see the log'}.`,
    );
  }
}
