import { MemoryPublishedMarks } from '../../apps/feed-relay/publishing/memory-published-marks.js';
import { PostgresPublishedMarks } from '../../apps/feed-relay/publishing/postgres-published-marks.js';
import type { PublishedMarks } from '../../apps/feed-relay/publishing/published-marks.js';
import { noChanges } from '../../apps/feed-relay/relay/changes.js';
import { RelayState } from '../../apps/feed-relay/relay/relay-state.js';
import { MemoryRelayStore } from '../../apps/feed-relay/store/memory-relay-store.js';
import { PostgresRelayStore } from '../../apps/feed-relay/store/postgres-relay-store.js';
import type { RelayStore } from '../../apps/feed-relay/store/relay-store.js';
import { noCheckpoint } from '../../apps/feed-relay/store/relay-store.js';
import { freshDatabase } from '../engines/postgres.js';

interface Opened {
  readonly store: RelayStore;
  readonly marks: PublishedMarks;
  close(): Promise<void>;
}

async function openMemory(): Promise<Opened> {
  const store = new MemoryRelayStore();
  return { store, marks: new MemoryPublishedMarks(store), close: async () => undefined };
}

async function openPostgres(): Promise<Opened> {
  const database = await freshDatabase();
  const pool = database.pool();
  const store = await PostgresRelayStore.open(pool);
  return { store, marks: new PostgresPublishedMarks(pool), close: () => database.drop() };
}

describe.each([
  ['memory', openMemory],
  ['PostgreSQL', openPostgres],
] as const)('how far feeds are published, in %s', (_, open) => {
  let opened: Opened;
  let marks: PublishedMarks;

  beforeEach(async () => {
    opened = await open();
    marks = opened.marks;
  });
  afterEach(() => opened.close());

  /** As if so many rows had been told. */
  async function told(heads: Readonly<Record<string, number>>): Promise<void> {
    const { fence, checkpoint } = await opened.store.takeOver();
    const changes = noChanges();
    const disclosedTime = '2026-01-05T09:00:00.000Z';
    for (const [recipient, sequence] of Object.entries(heads)) {
      changes.feeds.set(recipient, { sequence, disclosedTime });
    }
    const to = { ...noCheckpoint, ordinal: checkpoint.ordinal + 1 };
    await opened.store.commit(fence, checkpoint, to, changes, new RelayState());
  }

  it('knows what has been told and not been published', async () => {
    const fence = await marks.takeOver();
    expect(await marks.unpublished()).toEqual([]);
    await told({ 'b.hub': 3, 'a.centre': 2 });
    expect(await marks.unpublished()).toEqual([
      { recipient: 'a.centre', published: 0, head: 2 },
      { recipient: 'b.hub', published: 0, head: 3 },
    ]);
    await marks.advance(fence, 'a.centre', 2);
    await marks.advance(fence, 'b.hub', 1);
    expect(await marks.unpublished()).toEqual([{ recipient: 'b.hub', published: 1, head: 3 }]);
  });

  it('never moves a mark back', async () => {
    const fence = await marks.takeOver();
    await told({ 'b.hub': 3 });
    await marks.advance(fence, 'b.hub', 2);
    await marks.advance(fence, 'b.hub', 1);
    expect(await marks.unpublished()).toEqual([{ recipient: 'b.hub', published: 2, head: 3 }]);
  });

  it('lets only the last to take over advance', async () => {
    await told({ 'b.hub': 3 });
    const first = await marks.takeOver();
    const second = await marks.takeOver();
    const lost = { name: 'FenceLost' };
    await expect(marks.advance(first, 'b.hub', 1)).rejects.toMatchObject(lost);
    expect(await marks.unpublished()).toMatchObject([{ published: 0 }]);
    await marks.advance(second, 'b.hub', 1);
    expect(await marks.unpublished()).toMatchObject([{ published: 1 }]);
  });
});
