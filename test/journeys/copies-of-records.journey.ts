import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import { launchChromium } from '../browser/chromium.js';
import { faultsOf, signInAs } from '../browser/page-checks.js';
import { nameOf, readFeed } from './feed-reading.js';
import type { WholeSystem } from './whole-system.js';
import { eventually, HUB, send, startWholeSystem } from './whole-system.js';

const child = {
  kind: 'child',
  givenName: 'Sorrel',
  familyName: 'Meadowsweet',
  dateOfBirth: '2023-05-17',
  nhsNumber: '9998887313',
} as const;
const SIBLING = 'Bramble';
const sibling = { kind: 'child', givenName: SIBLING, dateOfBirth: '2024-06-01' } as const;
const CALLER = 'Thistle Undergrowth of number twenty';
const CONCERN = 'Marks under the vest';
const OPAQUE = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|box\.v1|undefined|\[object|\{\{/;

/** Every app: a mother asks what is held about her daughter, of whom somebody has rung. */
describe('a copy of a record, through every app', () => {
  let system: WholeSystem;
  let browser: Browser;
  let page: Page;
  let personId: string;
  let number: string;
  let keys = 0;

  beforeAll(async () => {
    system = await startWholeSystem();
    browser = await launchChromium();
    await recordSorrel();
    page = await signedIn('governance-officer-1');
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await system?.close();
  });

  async function recorded(token: string, path: string, body: object) {
    keys += 1;
    const answer = await send(system.standalone, path, body, { token, key: `copying-${keys}` });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body;
  }

  function told(token: string, is: (event: CloudEvent) => boolean): Promise<CloudEvent[]> {
    return eventually(
      async () => (await readFeed(system.standalone, token)).filter(is),
      (events) => events.length > 0,
    );
  }

  async function recordSorrel(): Promise<void> {
    const worker = await system.tokenOf('larkfield-worker-1');
    const triage = await system.tokenOf('hub-triage-1');
    const [place] = await told(
      worker,
      (event) =>
        nameOf(event) === 'place.recorded' && event.data?.organisationId === 'larkfield-centres',
    );
    const placeId = String(place?.data?.placeId);
    const began = await recorded(worker, '/v1/registrations', {
      person: child,
      placeId,
      address: '19 Canary Wharf Cottages',
    });
    const { familyId, id } = began;
    const line = `family/${String(familyId)}`;
    const isPerson = (event: CloudEvent) =>
      event.partitionkey === line && nameOf(event) === 'person.registered';
    const [registered] = await told(worker, isPerson);
    personId = String(registered?.data?.personId);
    await recorded(worker, `/v1/families/${String(familyId)}/members`, {
      person: { ...sibling },
      position: 'child',
    });
    const people = await eventually(
      () => told(worker, isPerson),
      (events) => events.length > 1,
    );
    await recorded(worker, `/v1/registrations/${String(id)}/attendances`, {
      activity: 'stay-and-play',
      placeId,
      personIds: people.map((event) => String(event.data?.personId)),
      note: `She hid from ${SIBLING}`,
    });
    const contact = await recorded(triage, '/v1/contacts', {
      channel: 'phone',
      source: '1B',
      familyId,
      childIds: [personId],
      callerDetails: CALLER,
      concern: CONCERN,
    });
    number = String(contact.reference);
  }

  async function signedIn(userId: string): Promise<Page> {
    const opened = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await signInAs(opened, system.standalone.agencyAddress(HUB), userId);
    return opened;
  }

  const open = (path: string, by = page) => by.goto(new URL(path, by.url()).href);

  /** A file of the copy, as it is saved. */
  async function taken(button: string): Promise<string> {
    const [download, response] = await Promise.all([
      page.waitForEvent('download'),
      page.waitForResponse((each) => each.url().includes('/files/')),
      page.getByRole('button', { name: button }).click(),
    ]);
    expect(response.headers()).toMatchObject({ 'cache-control': 'no-store' });
    expect(response.headers()['content-disposition']).toMatch(/^attachment; filename="copy-of-/);
    return readFile(await download.path(), 'utf8');
  }

  it('is asked for a person found by exact details, and due in a month', async () => {
    await page.getByRole('link', { name: 'Copies of records' }).click();
    expect(await page.innerText('main')).toContain('No request waits for a copy.');
    await page.getByRole('link', { name: 'Find a person' }).click();
    await page.getByLabel('NHS number').fill(child.nhsNumber);
    await page.getByRole('button', { name: 'Look up' }).click();
    await page.getByRole('link', { name: 'Record a request for a copy of person 1' }).click();
    await page.getByRole('radio', { name: 'A parent' }).check();
    await page.getByLabel('Day').fill('2');
    await page.getByLabel('Month').fill('3');
    await page.getByLabel('Year').fill('2026');
    await page.getByLabel('What did they ask for').fill('Her mother; passport seen');
    await page.getByRole('button', { name: 'Record the request' }).click();
    const said = await page.innerText('main');
    expect(said).toContain('Recorded.');
    expect(said).toContain('2 April 2026');
    expect(said).toContain(personId);
    expect(said).not.toContain('passport');
    expect(await faultsOf(page, 'officer-copy-request')).toEqual([]);
  });

  it('says what is held, who was told and who looked, and names nobody else', async () => {
    const html = await taken('Download to read');
    for (const own of ['Sorrel', 'Meadowsweet', CONCERN, 'Who has been told', 'Larkfield']) {
      expect(html).toContain(own);
    }
    for (const others of [SIBLING, 'Thistle', 'number twenty', 'passport', 'Canary']) {
      expect(html).not.toContain(others);
    }
    expect(html).not.toMatch(OPAQUE);
    const json = await taken('Download as data (JSON)');
    const copy = JSON.parse(json) as Readonly<Record<string, readonly unknown[]>>;
    expect(Object.keys(copy)).toEqual(['request', 'asOf', 'held', 'looked', 'told']);
    expect(copy['told']?.length).toBeGreaterThan(0);
    expect(json).toContain(CONCERN);
    expect(json).not.toMatch(OPAQUE);
    for (const others of [SIBLING, 'Thistle', 'governance-officer']) {
      expect(json).not.toContain(others);
    }
  });

  it('leaves out from then on what a professional says would do serious harm', async () => {
    const form = page.getByLabel('Number of the referral');
    await form.fill('CT-0000-0000');
    await page.getByRole('button', { name: 'Leave it out' }).click();
    expect(await page.innerText('.govuk-error-summary')).toContain('has the number CT-0000-0000');
    expect(await form.inputValue()).toBe('CT-0000-0000');
    await form.fill(number.toLowerCase());
    await page.getByRole('button', { name: 'Leave it out' }).click();
    expect(await page.innerText('main')).toContain(`${number} is left out whole.`);
    const [html, json] = [await taken('Download to read'), await taken('Download as data (JSON)')];
    for (const file of [html, json]) {
      expect(file).toContain('Sorrel');
      expect(file).not.toContain(CONCERN);
      expect(file).not.toContain('contact.received');
    }
  });

  it('keeps for officers what was left out and why, and says who made it', async () => {
    await page.getByRole('link', { name: 'What the last copy left out' }).click();
    const log = await page.innerText('main');
    expect(log).toContain('that governance-officer-1 made on');
    expect(log).toContain('It could lead to somebody being seriously harmed');
    expect(log).toContain('Data Protection Act 2018, Schedule 3, paragraphs 5, 11 and 21');
    expect(log).toContain('It is about other people as well');
    expect(log).toContain('Who else was there');
    for (const said of [SIBLING, 'Thistle', CONCERN]) expect(log).not.toContain(said);
    expect(await faultsOf(page, 'officer-copy-withheld')).toEqual([]);
    await open(`/audit?subject=${personId}`);
    const audit = await page.innerText('tbody');
    expect(audit).toContain('subject-access/copy');
    expect(audit).toContain('subject-access/leave-out');
    expect(audit).toContain('subject-access/withheld');
    expect(audit).toContain('governance-officer-1');
  });

  it('gives it after all once it is said so, and lists what was made', async () => {
    await open('/copies');
    expect(await page.innerText('main')).toContain('Copies made');
    expect(await faultsOf(page, 'officer-copies')).toEqual([]);
    await page.getByRole('link', { name: personId }).click();
    await page.getByRole('button', { name: 'Give it after all' }).click();
    expect(await page.innerText('main')).not.toContain('is left out whole');
    expect(await taken('Download to read')).toContain(CONCERN);
  });

  it('is nobody else’s to ask for, on a page or of the vault', async () => {
    await open('/copies');
    const request = await page.getByRole('link', { name: personId }).getAttribute('href');
    const triage = await signedIn('hub-triage-1');
    for (const path of ['/copies', `/copies/new?person=${personId}`, `${request}/withheld`]) {
      expect((await open(path, triage))?.status()).toBe(404);
    }
    const [requestId] = /[0-9a-f-]{36}/.exec(request ?? '') ?? [];
    const token = await system.tokenOf('hub-triage-1');
    const vault = system.standalone.addressOf('vault');
    for (const [method, path] of [
      ['GET', ''],
      ['GET', `/${requestId}`],
      ['GET', `/${requestId}/withheld`],
      ['POST', `/${requestId}/copies`],
    ] as const) {
      const headers = { authorization: `Bearer ${token}` };
      const address = new URL(`/v1/subject-access/requests${path}`, vault);
      expect((await fetch(address, { method, headers })).status).toBe(404);
    }
  });
});
