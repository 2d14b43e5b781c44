import type pg from 'pg';
import type { OpenStore } from './projection-store-engines.js';
import { openPostgresStore, SCHEMA } from './projection-store-engines.js';
import { trial } from './trial-record.js';

describe('a switch in PostgreSQL, among readers', () => {
  let opened: OpenStore;
  let pool: pg.Pool;
  beforeEach(async () => {
    opened = await openPostgresStore();
    pool = opened.pool!;
    await opened.store.prepare(trial);
  });
  afterEach(() => opened.close());

  it('lets readers of the live tables never meet an error', async () => {
    const { store } = opened;
    const reading = new AbortController();
    let reads = 0;
    const readers = Array.from({ length: 3 }, async () => {
      while (!reading.signal.aborted) {
        await pool.query(`select count(*) from ${SCHEMA}.trial_record where open`);
        reads += 1;
      }
    });
    for (let round = 0; round < 5; round += 1) {
      await store.beginBuilding(trial, false);
      const before = reads;
      while (!(await store.switchOver(trial, async () => true))) expect(reads).toBeGreaterThan(0);
      while (reads < before + 10) await pool.query('select');
    }
    reading.abort();
    await Promise.all(readers);
  });

  it('waits for a long reader no longer than it may, and lets others pass', async () => {
    const { store } = opened;
    await store.beginBuilding(trial, false);
    const reader = await pool.connect();
    try {
      await reader.query('begin');
      await reader.query(`select * from ${SCHEMA}.trial_record`);
      expect(await store.switchOver(trial, async () => true)).toBe(false);
      await reader.query('commit');
    } finally {
      reader.release();
    }
    expect(await store.switchOver(trial, async () => true)).toBe(true);
  });
});
