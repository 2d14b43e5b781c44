import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workbook } from '../../../../test/annex-a/workbook-maker.js';
import { extract, LoaderEngine, now } from '../../../../test/annex-a/loader-engine.js';
import type { LoadOptions } from './load-annex-a.js';
import { describeLoad, loadAnnexA } from './load-annex-a.js';
import { ownRecordOf } from './plan-contact.js';

const sample = new URL('../../../../test/annex-a/fixtures/Annex_A_2024_Jan.xlsx', import.meta.url);

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
const header3 =
  'Child Unique ID,Gender,Date of Birth,Date of Referral,Referral Source,Referral NFA?';

describe('loading the sample workbook', () => {
  it('records five contacts and six referrals with their decisions, on their own dates', async () => {
    const input = join(folder, 'extract.xlsx');
    await copyFile(sample, input);
    const engine = new LoaderEngine();
    const loaded = await loadAnnexA(options(engine, input));
    expect(loaded).toMatchObject({ rowsRead: 11, loaded: 11, alreadyThere: 0, rejected: 0 });
    expect(loaded.rejectsPath).toBeUndefined();
    expect(loaded.notLoaded).toHaveLength(9);
    expect(describeLoad(loaded)).toMatch(
      /^11 rows read, 11 loaded, 0 already there, 0 rejected; not loaded: extract\.xlsx, sheet List 2; /,
    );
    expect(engine.commands('ReceiveContact')).toHaveLength(11);
    expect(engine.commands('RegisterPerson')).toHaveLength(11);
    const outcomes = engine
      .commands('DecideContact')
      .map(({ intent: { data } }) => ('outcomes' in data ? data.outcomes : []));
    expect(outcomes).toEqual(Array<string[]>(6).fill(['new-referral']));
    for (const command of engine.rules.commands) {
      expect(command).toMatchObject({
        imported: true,
        occurredAt: '2020-09-16T12:00:00.000Z',
        occurredPrecision: 'day',
        actor: { organisation: 'fairholme-hub' },
      });
    }
  });

  it('keeps nothing of the columns that are not read', async () => {
    const input = join(folder, 'extract.xlsx');
    await copyFile(sample, input);
    const engine = new LoaderEngine();
    await loadAnnexA(options(engine, input));
    const recorded = JSON.stringify(engine.rules.commands);
    expect(recorded).not.toMatch(/WBRI|APKN|NOBT|Cutsforth|Locality|16\.65/);
  });
});

describe('loading twice', () => {
  const rows = [
    header1,
    '1,M,01/02/2015,16/09/2020,6',
    '1,M,01/02/2015,16/09/2020,6',
    '1,M,01/02/2015,16/09/2020,2A',
    '2,F,,17/09/2020,q) 6: Police',
  ];

  it('loads a file once however often it is given, two equal rows being two contacts', async () => {
    const engine = new LoaderEngine();
    const input = await csv('list_1.csv', ...rows);
    expect(await loadAnnexA(options(engine, input))).toMatchObject({ loaded: 4 });
    const recorded = engine.rules.commands.length;
    expect(await loadAnnexA(options(engine, input))).toMatchObject({
      loaded: 0,
      alreadyThere: 4,
      rejected: 0,
    });
    expect(engine.rules.commands).toHaveLength(recorded);
    expect(engine.commands('ReceiveContact')).toHaveLength(4);
    expect(engine.commands('RegisterPerson')).toHaveLength(2);
  });

  it('takes the next extract, spelled otherwise, for what it adds', async () => {
    const engine = new LoaderEngine();
    await loadAnnexA(options(engine, await csv('list_1.csv', ...rows)));
    const next = join(folder, 'next.xlsx');
    const cells = [
      ['Child ID', 'Sex', 'Date of Birth', 'Date of Contact', 'Contact Source'],
      [2, 'b) Female', { day: '2016-05-01' }, { day: '2020-09-17' }, '6 - Police'],
      [2, 'b) Female', { day: '2016-05-01' }, { day: '2020-12-24' }, '3B'],
    ];
    await writeFile(next, workbook({ name: 'List 1', rows: cells }));
    expect(await loadAnnexA(options(engine, next))).toMatchObject({ loaded: 1, alreadyThere: 1 });
    expect(engine.commands('RegisterPerson')).toHaveLength(2);
  });

  it('finds in overlapping files of a folder what they share once', async () => {
    const engine = new LoaderEngine();
    const year = join(folder, 'years');
    await mkdir(year);
    await csv('years/list 1 2024.csv', header1, '1,M,,16/09/2020,6', '1,M,,18/09/2020,6');
    await csv('years/list 1 2025.csv', header1, '1,M,,18/09/2020,6', '1,M,,19/09/2020,6');
    const loaded = await loadAnnexA(options(engine, year));
    expect(loaded).toMatchObject({ rowsRead: 4, loaded: 3, alreadyThere: 1 });
  });

  it.each(Array.from({ length: 12 }, (_, nth) => nth + 1))(
    'is whole after a kill at command %i and another run',
    async (killedAt) => {
      const engine = new LoaderEngine();
      const input = await csv('list_1.csv', ...rows);
      engine.killedAt = killedAt;
      await expect(loadAnnexA(options(engine, input))).rejects.toThrow('killed');
      engine.killedAt = Number.POSITIVE_INFINITY;
      const again = await loadAnnexA(options(engine, input));
      expect(again.loaded + again.alreadyThere).toBe(4);
      const whole = new LoaderEngine();
      await loadAnnexA(options(whole, input));
      const ids = (of: LoaderEngine) => of.rules.commands.map(({ commandId }) => commandId).sort();
      expect(ids(engine)).toEqual(ids(whole));
    },
  );

  it('keeps contacts and referrals of one child, day and source apart', async () => {
    const engine = new LoaderEngine();
    await csv('list_1.csv', header1, '1,M,,16/09/2020,6');
    await csv('list_3.csv', header3, '1,M,,16/09/2020,6,a) Yes');
    const loaded = await loadAnnexA(options(engine, folder));
    await rm(`${folder}.rejects.csv`, { force: true });
    expect(loaded).toMatchObject({ loaded: 2 });
    const contacts = engine.commands('ReceiveContact').map(({ intent }) => intent.id);
    expect(new Set(contacts).size).toBe(2);
    const [decision] = engine.commands('DecideContact');
    expect(decision?.intent.data).toMatchObject({ outcomes: ['no-further-action'] });
    expect(contacts).toContain(decision?.intent.id);
  });
});

describe('the child of a row', () => {
  const input = () => csv('list_1.csv', header1, '17,M,01/02/2015,16/09/2020,6');

  it('gets a record and a household of its own where nobody has one', async () => {
    const engine = new LoaderEngine();
    await loadAnnexA(options(engine, await input()));
    const own = ownRecordOf(extract, '17');
    expect(engine.commands('RegisterPerson').map(({ intent }) => intent)).toEqual([
      {
        category: 'person',
        id: own.personId,
        type: 'RegisterPerson',
        data: {
          kind: 'child',
          authority: '891',
          authorityChildId: '17',
          sex: 'M',
          dateOfBirth: '2015-02-01',
        },
      },
    ]);
    expect(engine.commands('LinkContact')[0]?.intent.data).toEqual({
      familyId: own.familyId,
      childIds: [own.personId],
    });
  });

  it('is another child under another authority', () => {
    expect(ownRecordOf(extract, '17')).not.toEqual(
      ownRecordOf({ ...extract, authority: '892' }, '17'),
    );
  });

  it('is expected where the date of birth is still to come', async () => {
    const engine = new LoaderEngine();
    const path = await csv('list_1.csv', header1, '17,Unborn,01/06/2026,01/03/2026,3D');
    await loadAnnexA(options(engine, path));
    expect(engine.commands('RegisterPerson')[0]?.intent.data).toMatchObject({
      kind: 'unborn',
      sex: 'U',
      expectedDate: '2026-06-01',
    });
  });

  it('is the one known by that id, in the family it belongs to', async () => {
    const engine = new LoaderEngine();
    const known = { personId: ownRecordOf(extract, 'x').personId, familyIds: ['f1', 'f2'] };
    engine.known.set('17', [known]);
    await loadAnnexA(options(engine, await input()));
    expect(engine.commands('RegisterPerson')).toEqual([]);
    expect(engine.commands('BeginMembership')).toEqual([]);
    expect(engine.commands('LinkContact')[0]?.intent.data).toEqual({
      familyId: 'f1',
      childIds: [known.personId],
    });
  });

  it('is given a household where the one known belongs to no family', async () => {
    const engine = new LoaderEngine();
    const { personId } = ownRecordOf(extract, 'x');
    engine.known.set('17', [{ personId, familyIds: [] }]);
    await loadAnnexA(options(engine, await input()));
    expect(engine.commands('RegisterPerson')).toEqual([]);
    expect(engine.commands('BeginMembership')[0]?.intent.data).toMatchObject({ personId });
  });

  it('is nobody where two records hold the id: the row is rejected', async () => {
    const engine = new LoaderEngine();
    const others = ['x', 'y'].map((of) => ownRecordOf(extract, of).personId);
    engine.known.set(
      '17',
      others.map((personId) => ({ personId, familyIds: ['f'] })),
    );
    const loaded = await loadAnnexA(options(engine, await input()));
    expect(loaded).toMatchObject({ loaded: 0, rejected: 1 });
    expect(await readFile(loaded.rejectsPath ?? '', 'utf8')).toContain(
      'list_1.csv,2,Child Unique ID,is held by more than one record',
    );
  });
});
