import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { MemoryProjectionStore } from '@common-thread/adapters/memory/projection-store';
import { ToldFeed } from '../../test/feeds/told-feed.js';
import { trialModel } from '../../test/feeds/trial-model.js';
import { ProjectionRunner } from './projection-runner.js';
import type { Generation, ProjectionUnit } from './projection-store.js';
import type { ReadModel, Table } from './read-model.js';

/** Lets a test act just before a unit begins, as another process might. */
class DisturbedStore extends MemoryProjectionStore {
  units = 0;
  disturbing = false;
  before: (unit: number) => Promise<void> = async () => undefined;

  override async transact<T>(
    model: ReadModel,
    generation: Generation,
    work: (unit: ProjectionUnit) => Promise<T>,
  ): Promise<T> {
    if (!this.disturbing) {
      this.units += 1;
      this.disturbing = true;
      await this.before(this.units);
      this.disturbing = false;
    }
    return super.transact(model, generation, work);
  }
}

const BATCH = { batchRows: 4 };

describe('folding ahead of what is being written', () => {
  const mending = { mended: true };
  // Notes by family alone: a line a row would be refused the second time, and hide what is tested here.
  const [notesTable] = trialModel(mending).tables as [Table];
  const model: ReadModel = { name: 'trial', version: 1, tables: [notesTable] };
  let feed: ToldFeed;
  let inbox: MemoryInbox;
  let store: DisturbedStore;

  beforeEach(async () => {
    mending.mended = true;
    feed = new ToldFeed('fairholme-hub.safeguarding-hub');
    inbox = new MemoryInbox();
    store = new DisturbedStore();
    await store.prepare(model);
  });

  /** Three families in turn, so that a batch changes what the one before has changed; the last but once. */
  async function tell(texts: readonly string[]): Promise<void> {
    texts.forEach((note, nth) =>
      feed.tell('session.attended', {
        line: nth === 21 ? 'family/seldom' : `family/f${nth % 3}`,
        subject: 'registration/r1',
        fields: { note },
      }),
    );
    await inbox.append(feed.served);
  }

  const notes = (count: number) => Array.from({ length: count }, (_, nth) => `note ${nth}`);
  const runner = (generation: Generation = 'live') =>
    new ProjectionRunner(inbox, store, model, generation);

  async function expectEqualToCleanFold(): Promise<void> {
    const clean = new MemoryProjectionStore();
    await clean.prepare(model);
    await new ProjectionRunner(inbox, clean, model).catchUp();
    expect(await store.hash(model, 'live')).toEqual(await clean.hash(model, 'live'));
  }

  it('folds each batch before the one before it is written', async () => {
    await tell(notes(40));
    let foldedTo = 0;
    const watched: ReadModel = {
      ...model,
      tables: model.tables.map((table) => ({
        ...table,
        fold: (document, row, key) => {
          foldedTo = Math.max(foldedTo, row.sequence);
          waiting();
          return table.fold(document, row, key);
        },
      })),
    };
    let waiting: () => void = () => undefined;
    // The first batch is folded within its unit; every other is held until the next one is folded.
    store.before = async (unit) => {
      const awaited = Math.min((unit + 1) * BATCH.batchRows, 40);
      while (unit > 1 && foldedTo < awaited) {
        await new Promise<void>((resolve) => (waiting = resolve));
      }
    };
    await new ProjectionRunner(inbox, store, watched).catchUp(BATCH);
    expect(store.units).toBe(10);
    await expectEqualToCleanFold();
  });

  it('throws away what it folded when another runner was faster', async () => {
    await tell(notes(40));
    store.before = async (unit) => {
      if (unit === 4) await runner().catchUp({ ...BATCH, to: 22 });
    };
    expect(await runner().catchUp(BATCH)).toBe(40);
    await expectEqualToCleanFold();
  });

  it('never writes into tables that were begun again what it folded for those before', async () => {
    await tell(notes(40));
    await store.beginBuilding(model, false);
    const others: ReadModel = {
      ...model,
      tables: [
        { ...notesTable, keysOf: (row) => (row.sequence > 6 ? [] : notesTable.keysOf(row)) },
      ],
    };
    store.before = async (unit) => {
      if (unit !== 4) return;
      await store.beginBuilding(model, true);
      await new ProjectionRunner(inbox, store, others, 'building').catchUp({ to: 12 });
    };
    await runner('building').catchUp(BATCH);
    const line = 'family/f1';
    const record = (await store.load(model, 'building', notesTable, [line])).get(line);
    const missing = ['note 7', 'note 10'];
    const told = notes(40).filter((note, nth) => nth % 3 === 1 && !missing.includes(note));
    expect(notesTable.recordOf(notesTable.documentOf(record!), line).notes).toEqual(told);
  });

  it('takes no document from before a parked line was retried', async () => {
    await tell(notes(40).map((note, nth) => (nth === 5 ? 'poison' : note)));
    mending.mended = false;
    store.before = async (unit) => {
      if (unit !== 5) return;
      mending.mended = true;
      expect(await runner().retryParked()).toEqual([]);
    };
    await runner().catchUp(BATCH);
    await expectEqualToCleanFold();
  });
});
