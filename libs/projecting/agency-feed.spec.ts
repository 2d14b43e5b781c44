import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { MemoryProjectionStore } from '@common-thread/adapters/memory/projection-store';
import { ToldFeed } from '../../test/feeds/told-feed.js';
import { trialModel } from '../../test/feeds/trial-model.js';
import type { AgencyFeedOptions } from './agency-feed.js';
import { AgencyFeed } from './agency-feed.js';
import { defineReadModel } from './read-model.js';

const recipient = 'fairholme-hub.safeguarding-hub';
const about = { line: 'family/f1', subject: 'registration/r1' };

async function opened(over: Partial<AgencyFeedOptions> = {}) {
  const feed = new ToldFeed(recipient);
  const inbox = new MemoryInbox();
  const store = new MemoryProjectionStore();
  let time = Date.parse('2026-01-05T12:00:00Z');
  const options: AgencyFeedOptions = {
    recipient,
    inbox,
    store,
    pages: feed,
    readModels: [trialModel(), defineReadModel({ name: 'other', version: 1, tables: [] })],
    now: () => new Date((time += 1_000)),
    ...over,
  };
  const agency = new AgencyFeed(options);
  await agency.prepare();
  return { feed, inbox, store, agency, options };
}

describe('an agency’s feed', () => {
  it('knows of nothing until it has first caught up', async () => {
    const { agency, feed } = await opened();
    feed.tell('session.attended', about);
    expect(agency.freshAsOf).toBeNull();
    expect(await agency.catchUp()).toBe(1);
    expect(agency.freshAsOf).toEqual(new Date('2026-01-05T12:00:01Z'));
    expect(agency.status.readModels).toEqual([
      { name: 'trial', sequence: 1, freshAsOf: agency.freshAsOf, parked: 0 },
      { name: 'other', sequence: 1, freshAsOf: agency.freshAsOf, parked: 0 },
    ]);
  });

  it('is as fresh as the oldest of its read models', async () => {
    const { agency, feed, store } = await opened();
    await agency.catchUp();
    const before = agency.freshAsOf;
    feed.tell('session.attended', about);
    const fold = store.transact.bind(store);
    store.transact = (model, generation, work) =>
      model.name === 'other'
        ? Promise.reject(new Error('the disk is full'))
        : fold(model, generation, work);
    await expect(agency.catchUp()).rejects.toThrow('the disk is full');
    expect(agency.freshAsOf).toEqual(before);
  });

  it('receives and folds what is told while it runs', async () => {
    const stop = new AbortController();
    const { agency, feed } = await opened();
    const running = agency.run(stop.signal);
    for (let i = 0; i < 3; i += 1) feed.tell('session.attended', about);
    while (agency.status.readModels.some(({ sequence }) => sequence < 3)) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    stop.abort();
    await running;
    expect(agency.receiver.status.state).toBe('receiving');
  });

  it('tries again when folding fails, and says so', async () => {
    const stop = new AbortController();
    const troubles: unknown[] = [];
    const { agency, store } = await opened({
      onTrouble: (error) => {
        troubles.push(error);
        stop.abort();
      },
    });
    store.checkpoint = () => Promise.reject(new Error('connection refused'));
    await agency.run(stop.signal);
    expect(troubles).toMatchObject([{ message: 'connection refused' }]);
  });

  it('tells of parked lines once', async () => {
    const told: [string, number][] = [];
    const { agency, feed } = await opened({
      readModels: [trialModel({ mended: false })],
      onParked: (model, parked) => told.push([model, parked.length]),
    });
    feed.tell('session.attended', { ...about, fields: { note: 'poison' } });
    await agency.catchUp();
    feed.tell('session.attended', { ...about, line: 'family/f2' });
    await agency.catchUp();
    expect(told).toEqual([['trial', 1]]);
  });

  it('rebuilds a read model of an older version before anything is shown', async () => {
    const { agency, feed, options } = await opened();
    feed.tell('session.attended', about);
    await agency.catchUp();
    const [trial] = options.readModels;
    const next = { ...trial!, version: 2, tables: trial!.tables.slice(1) };
    const progress: [string, number, number][] = [];
    const later = new AgencyFeed({ ...options, readModels: [next] });
    await later.prepare((...told) => progress.push(told));
    expect(progress).toEqual([['trial', 1, 1]]);
    expect(await options.store.prepare(next)).toBe('ready');
  });
});
