import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract, LoaderEngine, now } from '../../../../test/annex-a/loader-engine.js';
import type { CommandPort } from '../../seeding/planned-command.js';
import type { LoadOptions } from './load-annex-a.js';
import { loadAnnexA } from './load-annex-a.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'annex-a-load-'));
});
afterEach(async () => rm(folder, { recursive: true }));

function options(
  engine: LoaderEngine,
  input: string,
  change: Partial<LoadOptions> = {},
): LoadOptions {
  const signal = new AbortController().signal;
  const pause = async () => undefined;
  return { ...extract, input, port: engine, lookUp: engine, now, signal, pause, ...change };
}
async function csv(name: string, ...rows: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${rows.join('\n')}\n`);
  return path;
}
const header1 = 'Child Unique ID,Gender,Date of Birth,Date of Contact,Contact Source';

describe('the rejects', () => {
  it('are listed beside the input, with nothing personal, and gone once put right', async () => {
    const engine = new LoaderEngine();
    const rows = [
      header1,
      '1,M,,16/09/2020,6',
      'Jo Bloggs,M,,never,her aunt',
      '3,M,,17/09/2020,6',
    ];
    const input = await csv('list_1.csv', ...rows);
    const loaded = await loadAnnexA(options(engine, input));
    expect(loaded).toMatchObject({ rowsRead: 3, loaded: 2, rejected: 1 });
    expect(loaded.rejectsPath).toBe(`${input}.rejects.csv`);
    const rejects = await readFile(`${input}.rejects.csv`, 'utf8');
    expect(rejects.split('\n')).toEqual([
      'file,row,column,reason',
      'list_1.csv,3,Child Unique ID,is not an id of at most 40 letters and digits',
      'list_1.csv,3,Date of Contact,is no date that can be read; write it as DD/MM/YYYY',
      'list_1.csv,3,Contact Source,is not among the spellings of the specification',
      '',
    ]);
    expect(rejects).not.toMatch(/Bloggs|never|aunt/);
    await csv('list_1.csv', header1, '2,M,,16/09/2020,6');
    const again = await loadAnnexA(options(engine, input));
    expect(again.rejectsPath).toBeUndefined();
    await expect(readFile(`${input}.rejects.csv`)).rejects.toThrow('ENOENT');
  });

  it('stay a text in a spreadsheet, whatever a file is called', async () => {
    const engine = new LoaderEngine();
    const input = await csv('=HYPERLINK(list 1).csv', header1, ',M,,16/09/2020,6');
    const loaded = await loadAnnexA(options(engine, input));
    expect(await readFile(loaded.rejectsPath ?? '', 'utf8')).toContain("'=HYPERLINK(list 1).csv");
  });

  it('name the rule where the rules refuse what could be read', async () => {
    const engine = new LoaderEngine();
    const refusing: CommandPort = {
      execute: async (command) =>
        command.intent.type === 'LinkContact'
          ? { outcome: 'refused', code: 'contact/in-error' }
          : engine.execute(command),
    };
    const input = await csv('list_1.csv', header1, '1,M,,16/09/2020,6');
    const loaded = await loadAnnexA(options(engine, input, { port: refusing }));
    expect(loaded).toMatchObject({ loaded: 0, rejected: 1 });
    expect(await readFile(loaded.rejectsPath ?? '', 'utf8')).toContain(
      'list_1.csv,2,any,refused by the rule contact/in-error',
    );
  });
});
