import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeedingFile } from './seeding-state.js';

const state = {
  seed: 'fairholme',
  families: 2_000,
  asOf: '2026-03-04T14:20:00.000Z',
  done: 17,
  complete: false,
};
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seeding-'));
});
afterEach(async () => rm(folder, { recursive: true }));

describe('the seeding file', () => {
  it('keeps the state, in a folder that need not be there, and leaves nothing beside it', async () => {
    const file = new SeedingFile(join(folder, 'data', 'seeding.json'));
    expect(await file.read()).toBeUndefined();
    await file.write(state);
    await file.write({ ...state, done: 18 });
    expect(await file.read()).toEqual({ ...state, done: 18 });
    expect(await readdir(join(folder, 'data'))).toEqual(['seeding.json']);
  });

  it.each(['', 'half {', '[]', 'null', '{"seed":1}', JSON.stringify({ ...state, asOf: 'soon' })])(
    'takes %j for no state at all',
    async (text) => {
      const path = join(folder, 'seeding.json');
      await writeFile(path, text);
      expect(await new SeedingFile(path).read()).toBeUndefined();
    },
  );
});
