import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { Environment } from '@common-thread/platform/environment';
import { mustBeEmpty, writeCopy } from '../../apps/standalone/subject-access/copy-files.js';
import { copyDoors, copyOverHttp } from '../../apps/standalone/subject-access/copy-over-http.js';
import type { WholeCopy } from '../../apps/standalone/subject-access/making-copy.js';
import { makeCopy } from '../../apps/standalone/subject-access/making-copy.js';
import { launchChromium } from '../browser/chromium.js';
import { faultsOf } from '../browser/page-checks.js';
import { hub, workerOf } from '../privacy/county.js';
import type { WholeSystem } from './whole-system.js';
import { eventually, startWholeSystem } from './whole-system.js';

const officer = workerOf(hub, { id: 'governance-officer-1', role: 'information-governance' });
const OPAQUE = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|box\.v1|undefined|\[object|not said|\{\{/;

const asked = (personId: string) =>
  ({
    personId,
    askedBy: 'parent',
    receivedOn: '2026-03-02',
    reason: 'A mother asked; her passport was seen.',
    seriousHarm: [],
  }) as const;

describe('the copy somebody asks of their record', () => {
  let system: WholeSystem;
  let browser: Browser;
  let folder: string;
  let copy: WholeCopy;

  beforeAll(async () => {
    system = await startWholeSystem(12);
    folder = await mkdtemp(join(tmpdir(), 'common-thread-copy-'));
    browser = await launchChromium();
    const personId = await eventually(childWithMost, (found) => found !== undefined);
    const { configuration } = system.standalone;
    const quiet = { ...configuration, logLevel: 'silent' } as const;
    copy = await makeCopy(
      quiet,
      new Environment({}),
      officer,
      asked(personId ?? ''),
      () => undefined,
    );
    await writeCopy(folder, copy.pack, copy.told, copy.names);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await system?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The child of whom most reviews have been told so far. */
  async function childWithMost(): Promise<string | undefined> {
    const pool = system.standalone.engines.pool('journey', 1);
    const { rows } = await pool.query<{ person_id: string }>(
      `select person_id from relay.feed_rows
       where event_type = 'ReviewHeld' group by person_id order by count(*) desc, person_id`,
    );
    return rows[0]?.person_id;
  }

  it('is made beside the running system, of facts, tellings and viewings', () => {
    const { pack } = copy;
    expect(pack.held.length).toBeGreaterThan(5);
    expect(copy.told.length).toBeGreaterThan(5);
    expect(new Set(copy.told.map(({ recipient }) => recipient)).size).toBeGreaterThan(1);
    expect(pack.request.dueOn).toBe('2026-04-02');
  });

  it('leaves the officer’s part apart from it, and all of it to us alone', async () => {
    expect((await readdir(folder)).sort()).toEqual(['copy.html', 'copy.json', 'for-the-officer']);
    for (const name of ['copy.html', 'copy.json', 'for-the-officer/withheld.json']) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
    const json = await readFile(join(folder, 'copy.json'), 'utf8');
    expect(json).not.toMatch(OPAQUE);
    expect(json).not.toContain('governance-officer-1');
    expect(JSON.parse(json)).not.toHaveProperty('withheld');
    await expect(mustBeEmpty(folder)).rejects.toThrow('Name another folder with --into.');
  });

  it('reads as plain words in Chromium, at a desk and on a telephone', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, 'copy.html')).href);
    expect(await faultsOf(page, 'subject-access-copy')).toEqual([]);
    const text = await page.innerText('main');
    expect(text).not.toMatch(OPAQUE);
    expect(text).toMatch(/The request reached us on 2 March 2026.*answered by 2 April 2026/);
    expect(text).toContain('Who has been told');
    await page.close();
  });

  describe('between processes', () => {
    const doorsOf = async (userId: string, change: Record<string, string> = {}) => {
      const { standalone } = system;
      return copyDoors(
        new Environment({
          COMMON_THREAD_VAULT: standalone.addressOf('vault').href,
          COMMON_THREAD_FEED_RELAY: standalone.addressOf('feed-relay').href,
          COMMON_THREAD_OFFICER_TOKEN: await system.tokenOf(userId),
          ...change,
        }),
      )!;
    };
    const through = async (
      userId: string,
      change?: Record<string, string>,
      reason = 'A mother asked; her passport was seen.',
    ) =>
      copyOverHttp(
        await doorsOf(userId, change),
        { ...asked(copy.pack.request.personId), reason },
        'fairholme-hub',
      );

    it('is the same through the doors of vault and relay, with the officer’s own token', async () => {
      const other = await through('governance-officer-1');
      expect([copy.isNew, other.isNew]).toEqual([true, false]);
      expect(other.pack.request).toEqual(copy.pack.request);
      const fathers = await through('governance-officer-1', {}, 'A father; his licence was seen.');
      expect(fathers.isNew).toBe(true);
      expect(fathers.pack.request.requestId).not.toBe(copy.pack.request.requestId);
      expect(other.pack.held).toEqual(copy.pack.held);
      expect(other.pack.withheld).toEqual(copy.pack.withheld);
      expect(other.told).toEqual(expect.arrayContaining([...copy.told]));
      const { organisation } = officer;
      expect(other.names.organisation(organisation)).toBe(copy.names.organisation(organisation));
      expect(other.names.organisation(organisation)).not.toBe(organisation);
    });

    it('is made for no other token, and not without the relay', async () => {
      await expect(through('hub-triage-1')).rejects.toThrow('no copies of records');
      const nowhere = 'http://127.0.0.1:9';
      await expect(
        through('governance-officer-1', { COMMON_THREAD_FEED_RELAY: nowhere }),
      ).rejects.toThrow('The relay does not answer');
      await expect(
        through('governance-officer-1', { COMMON_THREAD_VAULT: nowhere }),
      ).rejects.toThrow('The vault does not answer');
      await expect(
        through('governance-officer-1', { COMMON_THREAD_OFFICER_TOKEN: '' }),
      ).rejects.toThrow('COMMON_THREAD_OFFICER_TOKEN is not set');
      expect(copyDoors(new Environment({}))).toBeUndefined();
    });
  });
});
