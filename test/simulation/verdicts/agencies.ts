import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { MemoryProjectionStore } from '@common-thread/adapters/memory/projection-store';
import type { Inbox } from '@common-thread/projecting/inbox';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import type { ProjectionStore } from '@common-thread/projecting/projection-store';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { recipientOf } from '../../disclosure/county/places.js';
import { must } from '../../disclosure/invariants/broken.js';
import { modelsOf } from '../../disclosure/running/agency.js';
import type { Feeds } from '../../disclosure/running/plain-run.js';
import type { Disks } from '../world/disks.js';

/** Each agency holds what the pages hold, and its read models are what is folded from them. @throws Broken */
export async function checkAgencies(feeds: Feeds, { agencies }: Disks): Promise<void> {
  for (const [recipient, { inbox, models }] of agencies) {
    const feed = feeds.get(recipient) ?? [];
    const pages = feed.map(({ row }) => row);
    const held = await inbox.rows(0, Number.MAX_SAFE_INTEGER);
    must(JSON.stringify(held) === JSON.stringify(pages), 'the inbox equals the pages', recipient);
    must((await inbox.unanswered()).length === 0, 'every mark is answered', recipient);
    const fresh = new MemoryInbox();
    await fresh.append(pages);
    for (const model of modelsOf[recipientOf(recipient).audience]) {
      const [parked] = await models.parked(model, 'live');
      must(
        parked === undefined,
        'every read model folds every feed',
        () => `${recipient} ${model.name} on ${parked?.line}: ${parked?.reason}`,
      );
      must(
        (await hashOf(model, models)) === (await hashOf(model, await rebuilt(model, fresh))),
        'live read models equal rebuilt ones',
        `${recipient} ${model.name}`,
      );
    }
  }
}

async function rebuilt(model: ReadModel, inbox: Inbox): Promise<ProjectionStore> {
  const store = new MemoryProjectionStore();
  await store.prepare(model);
  await new ProjectionRunner(inbox, store, model).catchUp();
  return store;
}

async function hashOf(model: ReadModel, store: ProjectionStore): Promise<string> {
  return JSON.stringify(await store.hash(model, 'live'));
}
