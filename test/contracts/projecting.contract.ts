import { MemoryInbox } from '@common-thread/adapters/memory/inbox';
import { MemoryProjectionStore } from '@common-thread/adapters/memory/projection-store';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import type { Inbox } from '@common-thread/projecting/inbox';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import type { ProjectionStore } from '@common-thread/projecting/projection-store';
import type { ReadModel, Table } from '@common-thread/projecting/read-model';
import { rebuild } from '@common-thread/projecting/rebuild';
import { freshDatabase } from '../engines/postgres.js';
import { ToldFeed } from '../feeds/told-feed.js';
import { trialModel } from '../feeds/trial-model.js';

interface Opened {
  readonly inbox: Inbox;
  readonly store: ProjectionStore;
  close(): Promise<void>;
}

const engines = [
  [
    'memory',
    async (): Promise<Opened> => ({
      inbox: new MemoryInbox(),
      store: new MemoryProjectionStore(),
      close: async () => undefined,
    }),
  ],
  [
    'PostgreSQL',
    async (): Promise<Opened> => {
      const database = await freshDatabase();
      const pool = database.pool(8);
      return {
        inbox: new PostgresInbox(pool, 'agency_test'),
        store: new PostgresProjectionStore(pool, 'agency_test'),
        close: () => database.drop(),
      };
    },
  ],
] as const;

/** Folding and rebuilding, over the stores as they are used. */
describe.each(engines)('folding in %s', (_, open) => {
  let opened: Opened;
  let feed: ToldFeed;
  const mending = { mended: false };
  let model: ReadModel;
  let runner: ProjectionRunner;

  beforeEach(async () => {
    opened = await open();
    mending.mended = false;
    model = trialModel(mending);
    await opened.inbox.prepare();
    await opened.store.prepare(model);
    runner = new ProjectionRunner(opened.inbox, opened.store, model);
    feed = new ToldFeed('fairholme-hub.safeguarding-hub');
  });
  afterEach(() => opened.close());

  const note = (text: string, family = 'f1') =>
    feed.tell('session.attended', {
      line: `family/${family}`,
      subject: 'registration/r1',
      fields: { note: text },
    });
  const receive = async () => {
    for (let head = await opened.inbox.head(); head < feed.head;)
      head = await opened.inbox.append(feed.served.slice(head, head + 1_000));
  };
  const hashes = () => opened.store.hash(model, 'live');

  it('folds a batch and its checkpoint together, and goes on from there', async () => {
    for (let i = 0; i < 2_500; i += 1) note(`note ${i}`, `f${i % 40}`);
    await receive();
    const advanced: number[] = [];
    await runner.catchUp({ onAdvanced: (checkpoint) => advanced.push(checkpoint) });
    expect(advanced).toEqual([1_000, 2_000, 2_500]);
    note('one more');
    await receive();
    expect(await runner.catchUp({ to: 2_500 })).toBe(2_500);
    expect(await runner.catchUp()).toBe(2_501);
  });

  it('leaves what one would have left, when two fold at once', async () => {
    for (let i = 0; i < 3_000; i += 1) note(`note ${i}`, `f${i % 40}`);
    await receive();
    const other = new ProjectionRunner(opened.inbox, opened.store, model);
    await Promise.all([runner.catchUp(), other.catchUp(), runner.catchUp()]);
    expect(await opened.store.checkpoint(model, 'live')).toBe(3_000);
    const outcome = await rebuild(opened.inbox, opened.store, model);
    expect(outcome).toMatchObject({ differences: [], switched: true });
  });

  it('parks the line of a row that cannot be folded; every other goes on', async () => {
    note('before');
    const poison = note('poison');
    note('after');
    const elsewhere = note('elsewhere', 'f2');
    await receive();
    expect(await runner.catchUp()).toBe(4);
    expect(await opened.store.parked(model, 'live')).toMatchObject([
      {
        line: 'family/f1',
        sequence: poison.envelope.sequence,
        reason: 'RangeError: not this note',
      },
    ]);
    feed.withdraw(elsewhere);
    note('later still');
    await receive();
    expect(await runner.catchUp()).toBe(6);
    expect(await runner.retryParked()).toHaveLength(1);
    expect(await opened.store.parked(model, 'live')).toMatchObject([{ sequence: 2 }]);

    mending.mended = true;
    expect(await runner.retryParked()).toEqual([]);
    const outcome = await rebuild(opened.inbox, opened.store, model);
    expect(outcome).toMatchObject({ differences: [], switched: true });
  });

  it('retries a long parked line in order, a batch at a time', async () => {
    note('poison');
    for (let i = 0; i < 2_100; i += 1) note(i === 1_500 ? 'poison' : `note ${i % 3}`);
    await receive();
    await runner.catchUp();
    expect(await opened.store.parked(model, 'live')).toMatchObject([{ sequence: 1 }]);
    mending.mended = true;
    expect(await runner.retryParked()).toEqual([]);
    expect(await rebuild(opened.inbox, opened.store, model)).toMatchObject({ differences: [] });
  });

  it('finds the row the store refuses, and parks its line alone', async () => {
    mending.mended = true;
    for (let i = 0; i < 20; i += 1) note(`note ${i}`, `f${i}`);
    const refused = note('NUL \0 inside', 'f7');
    for (let i = 0; i < 20; i += 1) note(`more ${i}`, `f${i}`);
    await receive();
    expect(await runner.catchUp()).toBe(41);
    expect(await opened.store.parked(model, 'live')).toMatchObject([
      { line: 'family/f7', sequence: refused.envelope.sequence },
    ]);
    expect((await runner.retryParked())[0]?.sequence).toBe(refused.envelope.sequence);
  });

  it('rebuilds while rows come in and are folded', async () => {
    mending.mended = true;
    for (let i = 0; i < 3_000; i += 1) note(`note ${i}`, `f${i % 40}`);
    await receive();
    await runner.catchUp();
    const liveRows = async () => {
      for (let i = 0; i < 300; i += 1) {
        const row = note(`live ${i}`, `f${i % 40}`);
        if (i % 7 === 0) feed.withdraw(row);
        if (i % 11 === 0) feed.correct(note('told wrong'), { note: 'told right' });
        await receive();
        await runner.catchUp();
      }
    };
    const [outcome] = await Promise.all([rebuild(opened.inbox, opened.store, model), liveRows()]);
    expect(outcome).toMatchObject({ differences: [], switched: true });
    await runner.catchUp();
    expect(await rebuild(opened.inbox, opened.store, model)).toMatchObject({ differences: [] });
    expect((await hashes()).sequence).toBe(feed.head);
  });

  it('resumes a rebuild that was interrupted', async () => {
    mending.mended = true;
    for (let i = 0; i < 3_000; i += 1) note(`note ${i}`, `f${i % 40}`);
    await receive();
    await runner.catchUp();
    const interrupted = new AbortController();
    const folded: number[] = [];
    const options = {
      signal: interrupted.signal,
      onProgress: (done: number) => {
        folded.push(done);
        if (done === 1_000) interrupted.abort();
      },
    };
    await expect(rebuild(opened.inbox, opened.store, model, options)).rejects.toMatchObject({
      name: 'RebuildPaused',
    });
    await rebuild(opened.inbox, opened.store, model, { onProgress: (done) => folded.push(done) });
    expect(folded).toEqual([1_000, 2_000, 3_000]);
  });

  it('does not switch to what differs from the live model, unless it is to replace it', async () => {
    mending.mended = true;
    note('as told');
    await receive();
    await runner.catchUp();
    await opened.store.transact(model, 'live', (unit) =>
      unit.write(
        model.tables[1]!,
        new Map([[99, { record: { sequence: 99, line: 'x', fields: null }, existed: false }]]),
      ),
    );
    const wrong = await hashes();
    const differences = [{ table: 'trial_line', in: 'records', because: null }];
    const refused = await rebuild(opened.inbox, opened.store, model);
    expect(refused).toMatchObject({ switched: false, differences });
    expect(await hashes()).toEqual(wrong);
    const replaced = await rebuild(opened.inbox, opened.store, model, { replace: true });
    expect(replaced).toMatchObject({ switched: true, differences });
    expect((await hashes()).tables).toEqual(replaced.tables);
    expect(await rebuild(opened.inbox, opened.store, model)).toMatchObject({ differences: [] });
  });

  it('switches to a version that differs as it declared, and to no other', async () => {
    mending.mended = true;
    note('as told');
    await receive();
    await runner.catchUp();
    const [notes, lines] = model.tables as [Table, Table];
    const inCapitals: Table = {
      ...notes,
      recordOf: (document, key) => {
        const record = notes.recordOf(document, key);
        return { ...record, notes: (record.notes as string[]).map((text) => text.toUpperCase()) };
      },
    };
    const changed: ReadModel = { ...model, version: 2, tables: [inCapitals, lines] };
    const difference = { table: 'trial_notes', in: ['notes'] };
    expect(await rebuild(opened.inbox, opened.store, changed)).toMatchObject({
      switched: false,
      differences: [{ ...difference, because: null }],
    });
    expect(await opened.store.prepare(model)).toBe('ready');
    const declared = { ...difference, because: 'shouted now' };
    const outcome = await rebuild(opened.inbox, opened.store, { ...changed, differs: [declared] });
    expect(outcome).toMatchObject({ switched: true, different: [], differences: [declared] });
    expect(await opened.store.prepare(changed)).toBe('ready');
    expect(await rebuild(opened.inbox, opened.store, changed)).toMatchObject({ differences: [] });
  });

  it('builds anew what was built beyond the live model, as after a restore', async () => {
    mending.mended = true;
    note('as told');
    await receive();
    await opened.store.beginBuilding(model, false);
    await new ProjectionRunner(opened.inbox, opened.store, model, 'building').catchUp();
    expect(await rebuild(opened.inbox, opened.store, model)).toMatchObject({
      switched: true,
      differences: [],
      sequence: 0,
    });
  });

  it('keeps to the rows a second it is given', async () => {
    mending.mended = true;
    for (let i = 0; i < 40; i += 1) note(`note ${i}`);
    await receive();
    await runner.catchUp();
    const waits: number[] = [];
    const pause = async (milliseconds: number) => void waits.push(milliseconds);
    await rebuild(opened.inbox, opened.store, model, {
      batchRows: 10,
      rowsPerSecondMax: 1,
      pause,
    });
    // The first ten at once; each later batch when those before it have had their time.
    expect(waits.map((ms) => Math.ceil(ms / 10_000))).toEqual([1, 2, 3]);
  });

  it('rebuilds a model of an older version into its new tables', async () => {
    mending.mended = true;
    note('as told');
    await receive();
    await runner.catchUp();
    const next: ReadModel = { ...model, version: 2, tables: model.tables.slice(0, 1) };
    expect(await opened.store.prepare(next)).toBe('outdated');
    note('told since');
    await receive();
    expect(await rebuild(opened.inbox, opened.store, next)).toMatchObject({
      switched: true,
      differences: [],
      sequence: 1,
    });
    expect(await opened.store.prepare(next)).toBe('ready');
    expect(await rebuild(opened.inbox, opened.store, next)).toMatchObject({ differences: [] });
  });
});
