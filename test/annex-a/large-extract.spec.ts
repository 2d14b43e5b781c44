import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadOptions } from '../../apps/standalone/loading/annex-a/load-annex-a.js';
import { loadAnnexA } from '../../apps/standalone/loading/annex-a/load-annex-a.js';
import type { Executed, PlannedCommand } from '../../apps/standalone/seeding/planned-command.js';
import { largeFolder, largeWorkbook } from './make-large.js';

const rows = 3_000;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'annex-a-large-'));
  await largeFolder(join(folder, 'lists'), rows);
  await writeFile(join(folder, 'extract.xlsx'), largeWorkbook(rows));
});
afterAll(async () => rm(folder, { recursive: true }));

const recorded = new Set<string>();
async function execute({ commandId }: PlannedCommand): Promise<Executed> {
  const replayed = recorded.has(commandId);
  recorded.add(commandId);
  return { outcome: 'done', replayed };
}
function load(name: string, change: Partial<LoadOptions> = {}) {
  return loadAnnexA({
    input: join(folder, name),
    authority: '891',
    hub: 'fairholme-hub.safeguarding-hub',
    port: { execute },
    lookUp: { find: async () => new Map() },
    now: '2026-03-04T14:20:00.000Z',
    signal: new AbortController().signal,
    ...change,
  });
}

describe('a large extract, made from the specification', () => {
  it('is loaded but for the rows that cannot be, each of which is named', async () => {
    let told = 0;
    const loaded = await load('extract.xlsx', { progress: ({ rowsRead }) => (told = rowsRead) });
    expect(loaded.rowsRead).toBe(rows);
    expect(told).toBe(rows);
    expect(loaded.loaded + loaded.rejected).toBe(rows);
    expect(loaded.rejected).toBeGreaterThan(rows / 200);
    expect(loaded.rejected).toBeLessThan(rows / 50);
    expect(loaded.notLoaded).toEqual(['extract.xlsx, sheet List 2']);
    const lines = (await readFile(loaded.rejectsPath ?? '', 'utf8')).trim().split('\n').slice(1);
    expect(new Set(lines.map((line) => line.split(',').slice(0, 3).join())).size).toBe(
      loaded.rejected,
    );
  });

  it('holds the same rows as CSV: nothing is loaded again', async () => {
    expect(await load('lists')).toMatchObject({ loaded: 0, rowsRead: rows });
  });

  it('stops when asked, between two rows', async () => {
    const stop = new AbortController();
    const progress = ({ rowsRead }: { rowsRead: number }) => {
      if (rowsRead === 1_200) stop.abort();
    };
    await expect(load('lists', { signal: stop.signal, progress })).rejects.toThrow('aborted');
  });
});
