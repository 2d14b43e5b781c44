import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { AgencyFeed } from '@common-thread/projecting/agency-feed';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import { OtherVersion } from '@common-thread/projecting/projection-store';
import type { ReadModel } from '@common-thread/projecting/read-model';
import { rebuild } from '@common-thread/projecting/rebuild';
import type pg from 'pg';
import type { TestDatabase } from '../engines/postgres.js';
import { freshDatabase } from '../engines/postgres.js';
import { ToldFeed } from '../feeds/told-feed.js';
import { trialModel } from '../feeds/trial-model.js';

const SCHEMA = 'agency_test';
const RECIPIENT = 'fairholme-hub.safeguarding-hub';

describe('rebuilding on PostgreSQL while pages read and rows come in', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let inbox: PostgresInbox;
  let store: PostgresProjectionStore;
  let feed: ToldFeed;
  const model = trialModel();

  beforeEach(async () => {
    database = await freshDatabase();
    pool = database.pool(10);
    inbox = new PostgresInbox(pool, SCHEMA);
    store = new PostgresProjectionStore(pool, SCHEMA);
    feed = new ToldFeed(RECIPIENT);
    await inbox.prepare();
    await store.prepare(model);
  });
  afterEach(() => database.drop());

  const note = (text: string) =>
    feed.tell('session.attended', {
      line: `family/f${feed.head % 7}`,
      subject: 'registration/r1',
      fields: { note: text },
    });

  const receive = async () => {
    for (let head = await inbox.head(); head < feed.head;)
      head = await inbox.append(feed.served.slice(head, head + 1_000));
  };

  /** Every row tells one note: what both tables and the checkpoint count is the same at any moment. */
  async function counts(): Promise<readonly [number, number, number]> {
    const { rows } = await pool.query<{ lines: string; notes: string; sequence: string }>(
      `select (select count(*) from ${SCHEMA}.trial_line) as lines,
        (select sum(cardinality(notes)) from ${SCHEMA}.trial_notes) as notes,
        (select sequence from ${SCHEMA}.read_model where generation = 'live') as sequence`,
    );
    const { lines, notes, sequence } = rows[0]!;
    return [Number(lines), Number(notes), Number(sequence)];
  }

  it('shows no reader an error, a torn read or less than was shown before', async () => {
    for (let nth = 0; nth < 1_200; nth += 1) note(`note ${nth}`);
    await receive();
    const next: ReadModel = { ...model, version: 2 };
    let folding = model;
    await new ProjectionRunner(inbox, store, folding).catchUp();

    const working = new AbortController();
    const writer = async () => {
      while (!working.signal.aborted) {
        note('as it happens');
        await receive();
        // A process of the version before stops at the switch, and one of the next goes on.
        await new ProjectionRunner(inbox, store, folding).catchUp().catch((error: unknown) => {
          if (!(error instanceof OtherVersion)) throw error;
          folding = next;
        });
      }
    };
    let reads = 0;
    const reader = async () => {
      for (let shown = 0; !working.signal.aborted; reads += 1) {
        const [lines, notes, sequence] = await counts();
        expect([lines, notes]).toEqual([sequence, sequence]);
        expect(lines).toBeGreaterThanOrEqual(shown);
        shown = lines;
      }
    };
    const everybody = Promise.all([writer(), reader(), reader()]);
    everybody.catch(() => working.abort()); // awaited below, where it is told
    for (const version of [model, next]) {
      const before = reads;
      const options = { batchRows: 200, signal: working.signal };
      expect(await rebuild(inbox, store, version, options)).toMatchObject({
        switched: true,
        differences: [],
      });
      expect(reads).toBeGreaterThan(before);
    }
    working.abort();
    await everybody;
    expect(folding).toBe(next);
    await new ProjectionRunner(inbox, store, next).catchUp();
    expect(await counts()).toEqual([feed.head, feed.head, feed.head]);
  });

  it('tells nobody but its caller of the lines a build stops at', async () => {
    const mending = { mended: true };
    const alarms: string[] = [];
    const agency = new AgencyFeed({
      recipient: RECIPIENT,
      pages: feed,
      inbox,
      store,
      readModels: [model],
      now: () => new Date(0),
      onParked: (name) => alarms.push(name),
    });
    note('fine');
    note('poison');
    await agency.catchUp();
    mending.mended = false;
    const outcome = await rebuild(inbox, store, trialModel(mending));
    expect(outcome).toMatchObject({ switched: false, parked: [{ sequence: 2 }] });
    await agency.catchUp();
    expect(alarms).toEqual([]);
  });
});
