import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { signInAs } from '../browser/page-checks.js';
import type { WholeSystem } from './whole-system.js';
import { eventually, HEALTH, HUB, LARKFIELD, startWholeSystem } from './whole-system.js';

const CONCERN = 'A burn on the hand that nobody explains';
const WORDS = 'A social worker will visit on Friday';

/** Every app, signed in to as people do, in a real Chromium. */
describe('one referral, through the pages', () => {
  let system: WholeSystem;
  let browser: Browser;

  beforeAll(async () => {
    system = await startWholeSystem(6);
    browser = await launchChromium();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.close();
  });

  it('goes from a centre worker to the hub and back, and the health visitor sees that it did', async () => {
    const worker = await signedIn(LARKFIELD, 'larkfield-worker-1');
    const families = worker.locator('main a[href^="/families/"]');
    await eventually(
      async () => {
        await worker.reload();
        return families.count();
      },
      (count) => count > 0,
    );
    await families.first().click();
    const familyPath = new URL(worker.url()).pathname;
    await worker.getByRole('link', { name: 'Refer this family' }).click();
    await worker.locator('input[type=checkbox]').first().check();
    await worker.getByLabel('What are you worried about?').fill(CONCERN);
    await worker.getByLabel('I saw or heard it myself').check();
    await worker.getByLabel('Main need').selectOption('N1');
    await worker.getByLabel('Level 4: specialist').check();
    await worker.getByLabel('Parents know and agree').check();
    await worker.getByLabel('Your name and a number').fill('Marigold Finch, 01632 960 202');
    await worker.getByRole('button', { name: 'Send referral' }).click();
    const sent = await worker.locator('main').innerText();
    const reference = /CT-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(sent)?.[0] ?? 'no reference';
    expect(sent).toContain(reference);

    const manager = await signedIn(HUB, 'hub-manager-1');
    await showing(manager, '/', reference);
    await manager.getByRole('link', { name: reference }).click();
    const contact = await manager.locator('main').innerText();
    expect(contact).toContain(CONCERN);
    expect(contact).toContain('Registered at a children’s centre');
    await manager.getByRole('radio', { name: 'Red', exact: true }).check();
    await manager.getByLabel('Reason').fill('A burn on a small child');
    await manager.getByRole('button', { name: 'Save rating' }).click();
    await manager.getByLabel('New referral to children’s social care').check();
    await manager.getByLabel('Rationale').fill('Needs an assessment today');
    await manager.getByRole('button', { name: 'Record decision' }).click();
    await manager.getByLabel('What were they told?').fill(WORDS);
    await manager.getByRole('button', { name: 'Record what they were told' }).click();

    await showing(worker, '/referrals', reference);
    await worker.getByRole('link', { name: reference, exact: true }).click();
    await showing(worker, new URL(worker.url()).pathname, WORDS);

    const visitor = await signedIn(HEALTH, 'health-visitor-1');
    const seen = await showing(visitor, familyPath, 'New referral');
    expect(seen).not.toContain(CONCERN);
    expect(seen).not.toContain(WORDS);
  });

  async function signedIn(recipient: string, userId: string): Promise<Page> {
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await signInAs(page, system.standalone.agencyAddress(recipient), userId);
    return page;
  }

  /** Looks at a page until it shows some words, and answers all it shows. */
  function showing(page: Page, path: string, words: string): Promise<string> {
    return eventually(
      async () => {
        await page.goto(new URL(path, page.url()).href);
        return page.locator('main').innerText();
      },
      (text) => text.includes(words),
    );
  }
});
