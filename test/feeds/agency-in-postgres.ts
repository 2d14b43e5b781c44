import { agencyDatabase, agencySchema } from '@common-thread/adapters/postgres/agency-database';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { AgencyFeed } from '@common-thread/projecting/agency-feed';
import type { ReadModel } from '@common-thread/projecting/read-model';
import type { Kysely } from 'kysely';
import { freshDatabase } from '../engines/postgres.js';
import { ToldFeed } from './told-feed.js';

/** One agency on a database of its own: what it is told by `feed` it has folded after `fold`. */
export interface TestAgency<Tables> {
  readonly feed: ToldFeed;
  readonly database: Kysely<Tables>;
  fold(): Promise<void>;
  close(): Promise<void>;
}

export async function openAgency<Tables>(
  recipient: string,
  readModels: readonly ReadModel[],
): Promise<TestAgency<Tables>> {
  const testDatabase = await freshDatabase();
  const pool = testDatabase.pool();
  const schema = agencySchema(recipient);
  const feed = new ToldFeed(recipient);
  const agency = new AgencyFeed({
    recipient,
    inbox: new PostgresInbox(pool, schema),
    store: new PostgresProjectionStore(pool, schema),
    pages: feed,
    readModels,
    now: () => new Date(),
  });
  await agency.prepare();
  return {
    feed,
    database: agencyDatabase<Tables>(pool, recipient),
    fold: async () => {
      await agency.catchUp();
    },
    close: () => testDatabase.drop(),
  };
}
