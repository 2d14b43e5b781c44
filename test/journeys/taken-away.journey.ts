import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { faultsOf, signInAs, signInHere } from '../browser/page-checks.js';
import type { Answer, WholeSystem } from './whole-system.js';
import { HUB, LARKFIELD, send, startWholeSystem } from './whole-system.js';

/** What somebody does is taken from them while they are at it. */
describe('a role or a place taken away in the middle of a shift', () => {
  let system: WholeSystem;
  let browser: Browser;
  let contexts: BrowserContext[];
  let officer: string;
  let keys = 0;

  beforeAll(async () => {
    system = await startWholeSystem(1);
    browser = await launchChromium();
    officer = await system.tokenOf('governance-officer-1');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.close();
  });
  beforeEach(() => {
    contexts = [];
  });
  afterEach(() => Promise.all(contexts.map((context) => context.close())));

  it('is refused by every app at the next call, by token, and given back', async () => {
    const token = await system.tokenOf('larkfield-worker-2');
    const calls = () => Promise.all([command(token), feed(token), reveal(token)]);
    expect(await calls()).toEqual([422, 200, 422]);
    expect(await changed('larkfield-worker-2', 'role', 'centre-worker', true)).toBe(200);
    expect(await calls()).toEqual([401, 401, 401]);
    const { body } = await sent(token);
    expect(body).toMatchObject({
      type: 'https://common-thread.uk/problems/standing-ended',
      detail: expect.stringContaining('Sign in again') as string,
    });
    // A new token that says the same is no better.
    expect(await command(await system.tokenOf('larkfield-worker-2'))).toBe(401);
    expect(await changed('larkfield-worker-2', 'role', 'centre-worker', false)).toBe(200);
    expect(await calls()).toEqual([422, 200, 422]);
  });

  it('is refused at the next call of a browser, which says what to do and keeps what was typed', async () => {
    const worker = await signedIn(LARKFIELD, 'larkfield-worker-3');
    const address = system.standalone.agencyAddress(LARKFIELD);
    await worker.goto(new URL('/register', address).href);
    await worker.getByLabel('First name').fill('Clover');

    const page = await signedIn(HUB, 'governance-officer-1');
    await page.getByRole('link', { name: 'Staff', exact: true }).click();
    await page.getByLabel('Who', { exact: true }).fill('larkfield-worker-3');
    await page.getByLabel('For whom they work').selectOption('larkfield-centres');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('link', { name: 'Take something away from them all the same' }).click();
    await page.getByLabel('What is taken away?').selectOption('place/peatcutters-centre');
    await page.getByRole('button', { name: 'Take it away' }).click();
    expect(await page.innerText('main')).toContain('in force everywhere');
    expect(await faultsOf(page, 'staff-taken')).toEqual([]);

    await worker.getByRole('button', { name: 'Register' }).click();
    expect(await worker.innerText('h1')).toBe('Your work here has changed');
    expect(await worker.innerText('main')).toContain('What you had typed is kept');
    expect(await faultsOf(worker, 'work-changed')).toEqual([]);
    // Signing in with the same work is refused as well, and says so.
    await worker.getByRole('link', { name: 'Sign in again' }).click();
    await signInHere(worker, address, 'larkfield-worker-3');
    expect(await worker.innerText('h1')).toBe('Your work here has changed');

    await page.getByRole('button', { name: /^Give back/ }).click();
    expect(await page.innerText('main')).toContain('Given back');
    await worker.getByRole('link', { name: 'Sign in again' }).click();
    await signInHere(worker, address, 'larkfield-worker-3');
    expect(new URL(worker.url()).pathname).toBe('/register');
    expect(await worker.getByLabel('First name').inputValue()).toBe('Clover');
  }, 120_000);

  it('is everything of somebody who has left: a page that was open shows nothing more', async () => {
    const worker = await signedIn(LARKFIELD, 'larkfield-worker-1');
    expect(await changed('larkfield-worker-1', 'everything', '', true)).toBe(200);
    const answer = await worker.reload();
    expect(answer?.status()).toBe(403);
    expect(await worker.innerText('h1')).toBe('Your work here has changed');
    expect(await worker.locator('main a[href^="/families/"]').count()).toBe(0);
  });

  async function signedIn(recipient: string, userId: string): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB' });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await signInAs(page, system.standalone.agencyAddress(recipient), userId);
    return page;
  }

  /** An empty command, which is refused for what it lacks: it is let in. */
  function sent(token: string): Promise<Answer> {
    keys += 1;
    const key = `taken-away-${keys}`;
    return send(system.standalone, '/v1/registrations', {}, { token, key });
  }

  async function command(token: string): Promise<number> {
    return (await sent(token)).status;
  }

  async function feed(token: string): Promise<number> {
    const pages = new URL('/v1/feed/head', system.standalone.addressOf('feed-relay'));
    return (await fetch(pages, { headers: { authorization: `Bearer ${token}` } })).status;
  }

  async function reveal(token: string): Promise<number> {
    return posted('/v1/reveal', token, {});
  }

  function changed(id: string, what: string, named: string, taken: boolean): Promise<number> {
    const change = { id, organisation: 'larkfield-centres', what, named, taken };
    return posted('/v1/staff/standing', officer, change);
  }

  async function posted(path: string, token: string, body: object): Promise<number> {
    const response = await fetch(new URL(path, system.standalone.addressOf('vault')), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.status;
  }
});
