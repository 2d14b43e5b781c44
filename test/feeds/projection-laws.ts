import type { Inbox } from '@common-thread/projecting/inbox';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import type { ProjectionStore } from '@common-thread/projecting/projection-store';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { rebuild } from '@common-thread/projecting/rebuild';
import { Receiver } from '@common-thread/projecting/receiver';
import type { FeedPages } from '@common-thread/projecting/feed-pages';
import type { Step } from './random-feed.js';
import { RandomFeed } from './random-feed.js';

/** Of a rebuild, so that even a short feed has batches folded ahead of others. */
const SMALL_BATCH_ROWS = 3;

/** One agency's inbox and store, empty. */
export interface AgencyStores {
  readonly inbox: Inbox;
  readonly store: ProjectionStore;
}

/**
 * The laws of every read model, over one random feed: folded as it came, with withdrawals in between and
 * batches of any size, it equals what is folded at once from redacted pages; folded twice it equals
 * once; what a model says it does not fold is nothing to it; and a rebuild finds nothing different.
 */
export async function keepsTheLaws(
  recipient: string,
  readModels: readonly ReadModel[],
  steps: readonly Step[],
  open: () => Promise<AgencyStores>,
): Promise<void> {
  const random = new RandomFeed(recipient);
  const live = await opened(readModels, await open());
  const receiver = receiverOf(recipient, random.feed, live.inbox);
  for (const step of steps) {
    if (step.do !== 'receive') random.take(step);
    else {
      const head = await receiver.catchUp();
      await live.fold(step.upTo % (head + 1));
    }
  }
  random.finish();
  await receiver.catchUp();
  await live.fold();
  const hashes = await live.hashes();

  const undeclared = readModels.map(({ matters: _, ...model }) => model);
  const redacted = await opened(undeclared, await open());
  await receiverOf(recipient, random.feed, redacted.inbox).catchUp();
  await redacted.fold();
  expect(await redacted.hashes()).toEqual(hashes);
  expect(await redacted.parked()).toEqual([]);
  expect(await live.parked()).toEqual([]);

  await receiver.offer(random.feed.told);
  await live.fold();
  expect(await live.hashes()).toEqual(hashes);

  for (const model of readModels) {
    const options = { batchRows: SMALL_BATCH_ROWS };
    const { differences, switched } = await rebuild(live.inbox, live.store, model, options);
    expect({ model: model.name, differences, switched }).toEqual({
      model: model.name,
      differences: [],
      switched: true,
    });
  }
  expect(await live.hashes()).toEqual(hashes);
}

async function opened(readModels: readonly ReadModel[], { inbox, store }: AgencyStores) {
  await inbox.prepare();
  for (const model of readModels) await store.prepare(model);
  const runners = readModels.map((model) => new ProjectionRunner(inbox, store, model));
  return {
    inbox,
    store,
    fold: async (to?: number) => {
      for (const runner of runners) await runner.catchUp(to === undefined ? {} : { to });
    },
    hashes: async () => Promise.all(readModels.map((model) => store.hash(model, 'live'))),
    parked: async () =>
      (await Promise.all(readModels.map((model) => store.parked(model, 'live')))).flat(),
  };
}

function receiverOf(recipient: string, pages: FeedPages, inbox: Inbox): Receiver {
  return new Receiver({ recipient, inbox, pages, now: () => new Date(0), pageRows: 7 });
}
