import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PostgresInbox } from '@common-thread/adapters/postgres/inbox';
import { PostgresProjectionStore } from '@common-thread/adapters/postgres/projection-store';
import { ProjectionRunner } from '@common-thread/projecting/projection-runner';
import { freshDatabase, type TestDatabase } from '../engines/postgres.js';
import { ToldFeed } from '../feeds/told-feed.js';
import { trialModel } from '../feeds/trial-model.js';

const SCHEMA = 'agency_test';
const ROWS = 3_000;
/** As rebuilding-process.ts has it. */
const BATCH_ROWS = 100;

interface Told {
  readonly asks?: true;
  readonly folded?: number;
  readonly paused?: number;
  readonly switched?: boolean;
  readonly differences?: readonly object[];
}

describe('a rebuild that is killed, then paused', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await freshDatabase()));
  afterAll(() => database.drop());

  /** One process; sends it the signal once it has folded past a row. Answers all it said. */
  async function rebuildUntil(signal?: 'SIGKILL' | 'SIGINT', past = 0): Promise<readonly Told[]> {
    const loader = path.join(import.meta.dirname, '../engines/typescript.mjs');
    const file = path.join(import.meta.dirname, 'rebuilding-process.ts');
    const child = spawn(
      process.execPath,
      ['--no-warnings', '--import', loader, file, database.url, SCHEMA],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const gone = once(child, 'close');
    const told: Told[] = [];
    let folded = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      const one = JSON.parse(line) as Told;
      told.push(one);
      folded = one.folded ?? folded;
      if (!one.asks) continue;
      if (signal && folded > past) child.kill(signal);
      else child.stdin.write('\n');
    }
    await gone;
    return told;
  }

  it('goes on in the next process from where it was, and folds no row twice', async () => {
    const pool = database.pool();
    const inbox = new PostgresInbox(pool, SCHEMA);
    const store = new PostgresProjectionStore(pool, SCHEMA);
    const model = trialModel();
    await inbox.prepare();
    await store.prepare(model);
    const feed = new ToldFeed('fairholme-hub.safeguarding-hub');
    for (let nth = 0; nth < ROWS; nth += 1) {
      feed.tell('session.attended', {
        line: `family/f${nth % 40}`,
        subject: 'registration/r1',
        fields: { note: `note ${nth}` },
      });
    }
    for (let from = 0; from < ROWS; from += 1_000) {
      await inbox.append(feed.served.slice(from, from + 1_000));
    }
    await new ProjectionRunner(inbox, store, model).catchUp();
    const live = await store.hash(model, 'live');
    const built = async () => (await store.checkpoint(model, 'building')) ?? 0;

    const killed = await rebuildUntil('SIGKILL', 500);
    const afterKill = await built();
    expect(afterKill).toBeGreaterThanOrEqual(Math.max(...killed.map((told) => told.folded ?? 0)));
    expect(afterKill).toBeLessThan(ROWS);

    const paused = await rebuildUntil('SIGINT', afterKill + 500);
    const firstFolded = (told: readonly Told[]) => told.find((one) => one.folded)?.folded;
    expect(firstFolded(paused)).toBe(afterKill + BATCH_ROWS);
    expect(paused.at(-1)?.paused).toBe(await built());
    expect(await built()).toBeLessThan(ROWS);

    const last = await rebuildUntil();
    expect(firstFolded(last)).toBe((paused.at(-1)?.paused ?? 0) + BATCH_ROWS);
    expect(last.at(-1)).toEqual({ switched: true, differences: [] });
    expect(await store.hash(model, 'live')).toEqual(live);
    expect(await built()).toBe(0);
  });
});
