import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { agencySchema } from '@common-thread/adapters/postgres/agency-database';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import type { Audience } from '@common-thread/domain/identifiers';
import { partsOfRecipient } from '@common-thread/domain/identifiers';
import type { Log } from '@common-thread/platform/log';
import type { AgencyAppOptions } from '@common-thread/platform/pages/agency-app';
import { AgencyFeed } from '@common-thread/projecting/agency-feed';
import type { FeedPages } from '@common-thread/projecting/feed-pages';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { createChildrensCentre } from '../childrens-centre/create-childrens-centre.js';
import { readModels as centreModels } from '../childrens-centre/projections.js';
import { createHealthVisiting } from '../health-visiting/create-health-visiting.js';
import { readModels as healthModels } from '../health-visiting/projections.js';
import { createSafeguardingHub } from '../safeguarding-hub/create-safeguarding-hub.js';
import { readModels as hubModels } from '../safeguarding-hub/projections.js';
import type { Engines } from './engines.js';

interface KindOfAgency {
  readonly readModels: readonly ReadModel[];
  readonly create: (options: AgencyAppOptions) => Promise<NestFastifyApplication>;
}

/** The app of each audience that has one. */
const kinds: Partial<Readonly<Record<Audience, KindOfAgency>>> = {
  'safeguarding-hub': { readModels: hubModels, create: createSafeguardingHub },
  'childrens-centre': { readModels: centreModels, create: createChildrensCentre },
  'health-visiting': { readModels: healthModels, create: createHealthVisiting },
};

export function kindOf(recipient: string): KindOfAgency {
  const { audience } = partsOfRecipient(recipient);
  const kind = kinds[audience];
  if (!kind) throw new Error(`there is no app for ${audience}`);
  return kind;
}

export interface AgencyInstanceOptions extends Omit<
  AgencyAppOptions,
  'pool' | 'schema' | 'freshness' | 'health' | 'log'
> {
  readonly engines: Engines;
  readonly pages: FeedPages;
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
  const { engines, pages, recipient, log } = options;
  const { readModels, create } = kindOf(recipient);
  const schema = agencySchema(recipient);
  const feedPool = engines.pool(`${recipient} feed`, FEED_CONNECTIONS, 'recoverable');
  const feed = new AgencyFeed({
    recipient,
    pages,
    inbox: new PostgresInbox(feedPool, schema),
    store: new PostgresProjectionStore(feedPool, schema),
    readModels,
    now: () => new Date(),
    onFault: (fault) => log.error('feed.stopped', { recipient }, fault),
    onTrouble: (error) => log.warn('feed.waiting', { recipient }, error),
    onParked: (projection, parked) =>
      log.error('projection.parked', { recipient, projection, count: parked.length }),
  });
  await feed.prepare();
  const stopping = new AbortController();
  const running = feed.run(stopping.signal);
  const app = await create({
    ...options,
    schema,
    pool: engines.pool(`${recipient} pages`, PAGE_CONNECTIONS),
    freshness: { upToDateTo: async () => feed.freshAsOf },
    health: {
      feed: async () => {
        if (feed.status.receiver.state !== 'receiving') throw new Error('the feed is not coming');
      },
    },
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
