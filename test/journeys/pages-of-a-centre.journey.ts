import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createChildrensCentre } from '../../apps/childrens-centre/create-childrens-centre.js';
import { readModels } from '../../apps/childrens-centre/projections.js';
import { AgencyUnderTest } from '../browser/agency-under-test.js';
import { launchChromium } from '../browser/chromium.js';
import { faultsOf, keyboardStops, signInAs } from '../browser/page-checks.js';
import { tellAnsweredReferral, tellHistory } from '../browser/told-centre.js';
import type { RegisteredFamily } from '../browser/told-families.js';
import {
  applegarths,
  hub,
  idFor,
  larkfield,
  tellDirectory,
  tellRegisteredFamily,
} from '../browser/told-families.js';

describe('the pages of a children’s centre', () => {
  let centre: AgencyUnderTest;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let family: RegisteredFamily;

  beforeAll(async () => {
    centre = await AgencyUnderTest.start({
      recipient: larkfield,
      organisation: 'Larkfield Family Centres',
      readModels,
      create: createChildrensCentre,
    });
    tellDirectory(centre.feed);
    family = tellRegisteredFamily(centre.feed, 'the Applegarths', applegarths);
    tellHistory(centre.feed, family);
    tellAnsweredReferral(centre.feed, family);
    await centre.fold();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await centre?.stop();
  });

  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-GB' });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await signInAs(page, centre.publicUrl, 'larkfield-worker-1');
    centre.commands.sent.length = 0;
    centre.vault.pages.length = 0;
    centre.vault.isDown = false;
  });
  afterEach(async () => {
    await context.close();
    // A script or style that the content security policy refuses is told to the console.
    expect(complaints.filter((text) => text.includes('Content Security'))).toEqual([]);
  });

  const complaints: string[] = [];
  const open = (path: string) => page.goto(new URL(path, centre.publicUrl).href);

  it('list its families, and say who is signed in, for whom and how fresh they are', async () => {
    await open('/');
    expect(await faultsOf(page, 'centre-our-families')).toEqual([]);
    const text = await page.innerText('body');
    expect(text).toContain('Signed in as Marigold Finch for Larkfield Family Centres');
    expect(text).toMatch(/Up to date to (\d{1,2}(:\d\d)?(am|pm)|midday|midnight)/);
    expect(text).toContain('Applegarth and Finchley family');
    expect(text).toContain('Ash Vale Centre, since 3 May 2025');
    expect(centre.vault.pages).toEqual([
      expect.objectContaining({ purpose: 'centre-support', page: 'centre/our-families' }),
    ]);
  });

  it('show a family and its history with one look into the vault', async () => {
    await open(`/families/${family.familyId}`);
    expect(await faultsOf(page, 'centre-family')).toEqual([]);
    expect(centre.vault.pages).toEqual([
      expect.objectContaining({ page: 'centre/family', about: [family.line] }),
    ]);
    const text = await page.innerText('main');
    expect(text).toContain('Wren Applegarth');
    expect(text).toContain('Clover asked about housing.');
    expect(text.toUpperCase()).toContain('RECORDED LATE');
    expect(text).toContain('Fairholme Community Health NHS Trust (health visiting)');
    const stops = await keyboardStops(page);
    expect(stops[0]).toBe('a Skip to main content');
    expect(stops).toContain('a Refer this family to the safeguarding hub');
    expect(stops.indexOf('button Sign out')).toBeGreaterThan(0);
  });

  it('answer not found for a family that is not theirs, whoever it is', async () => {
    const nobody = await open(`/families/${idFor('nobody')}`);
    expect(nobody?.status()).toBe(404);
    expect(await faultsOf(page, 'not-found')).toEqual([]);
    expect((await open('/families/Applegarth'))?.status()).toBe(404);
    expect((await open(`/families/${idFor('nobody')}/refer`))?.status()).toBe(404);
  });

  it('show somebody of another centre nothing of a family, nor of what was asked for it', async () => {
    await context.clearCookies();
    await signInAs(page, centre.publicUrl, 'larkfield-worker-3');
    expect(await page.innerText('main')).not.toContain('Applegarth');
    await open('/referrals');
    expect(await page.innerText('main')).not.toContain('CT-');
    const referral = `/referrals/${idFor('first referral')}`;
    for (const path of ['', '/refer', '/attendance', '/not-brought'].map(
      (part) => `/families/${family.familyId}${part}`,
    )) {
      expect([path, (await open(path))?.status()]).toEqual([path, 404]);
    }
    expect((await open(referral))?.status()).toBe(404);
    expect(centre.vault.pages.flatMap(({ requests }) => requests)).toEqual([]);
  });

  it('show everything but names while the vault is down, and say so', async () => {
    centre.vault.isDown = true;
    await open(`/families/${family.familyId}`);
    expect(await faultsOf(page, 'centre-family-vault-down')).toEqual([]);
    const text = await page.innerText('main');
    expect(text).toContain('Names cannot be shown right now');
    expect(text).toContain('CT-4F7K-29QD');
    expect(text).not.toContain('Wren');
  });

  it('show referrals with their status and what the hub says', async () => {
    await open('/referrals');
    expect(await faultsOf(page, 'centre-our-referrals')).toEqual([]);
    expect(await page.innerText('main')).toContain('Early help; Advice and information given');
    await page.getByRole('link', { name: 'CT-4F7K-29QD', exact: true }).click();
    expect(await faultsOf(page, 'centre-referral')).toEqual([]);
    const text = await page.innerText('main');
    expect(text).toContain('We have passed this to early help.');
    expect(text).toContain('01632 960 101');
  });

  describe('refer a family', () => {
    const fill = async () => {
      await page.getByLabel('Wren Applegarth').check();
      await page.getByLabel('What are you worried about?').fill('Bruises on both arms.');
      await page.getByLabel('I saw or heard it myself').check();
      await page.getByLabel('Main need').selectOption('N1');
      await page.getByLabel('Level 4: specialist').check();
      await page.getByLabel('Parents know and agree').check();
      await page.getByLabel('Your name and a number').fill('Marigold Finch, 01632 960 202');
    };
    const send = () => page.getByRole('button', { name: 'Send referral' }).click();
    const done = {
      kind: 'done',
      answer: { id: idFor('new'), reference: 'CT-7Q2M-88XK' },
    } as const;

    beforeEach(async () => {
      centre.commands.answer = () => done;
      await open(`/families/${family.familyId}/refer`);
    });

    it('say 999 first, and who to ring', async () => {
      expect(await faultsOf(page, 'centre-refer')).toEqual([]);
      const text = await page.innerText('main');
      expect(text).toContain('If a child is in immediate danger, call 999 first.');
      expect(text).toContain('Emergency Duty Team');
    });

    it('say what is missing, by the field and at the top, and keep what was typed', async () => {
      await page.getByLabel('What are you worried about?').fill('Bruises on both arms.');
      await page.getByLabel('Parents have not been told').check();
      await send();
      expect(await page.title()).toMatch(/^Error: Refer a family/);
      expect(await faultsOf(page, 'centre-refer-errors')).toEqual([]);
      expect(await page.getByLabel('What are you worried about?').inputValue()).toBe(
        'Bruises on both arms.',
      );
      await page.getByRole('link', { name: 'Say why the parents have not been told' }).click();
      expect(await page.evaluate('document.activeElement.id')).toBe('groundNotInformed');
      expect(centre.commands.sent).toEqual([]);
    });

    it('send it once, and tell what happens next', async () => {
      await fill();
      await send();
      expect(centre.commands.last).toMatchObject({
        path: '/v1/referrals',
        body: {
          familyId: family.familyId,
          childIds: [idFor('wren')],
          to: hub,
          need: 'N1',
          level: '4',
          statement: 'witnessed',
          parentsInformed: 'informed-agree',
          concern: 'Bruises on both arms.',
        },
      });
      expect(page.url()).not.toContain('Applegarth');
      expect(await faultsOf(page, 'centre-referral-sent')).toEqual([]);
      const text = await page.innerText('main');
      expect(text).toContain('CT-7Q2M-88XK');
      expect(text).toContain('What happens next');
    });

    it('keep everything, and the same key, while it cannot be sent', async () => {
      centre.commands.answer = () => ({ kind: 'unavailable' });
      await fill();
      await send();
      expect(await faultsOf(page, 'centre-refer-unavailable')).toEqual([]);
      expect(await page.innerText('main')).toContain('Nothing is lost: send it again');
      centre.commands.answer = () => done;
      await send();
      const [first, second] = centre.commands.sent;
      expect(second).toEqual(first);
    });

    it('say what the rules say, at the field they mean', async () => {
      centre.commands.answer = () => ({
        kind: 'refused',
        status: 422,
        slug: 'invalid-body',
        title: 'Some of what was sent cannot be accepted',
        errors: [{ pointer: '/level', detail: 'Level 1 is for universal services' }],
      });
      await fill();
      await send();
      expect(await page.innerText('#level-error')).toContain('Level 1 is for universal services');
    });
  });

  it('sign people in and out, saying what is wrong', async () => {
    await context.clearCookies();
    await open('/');
    expect(await faultsOf(page, 'sign-in')).toEqual([]);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await faultsOf(page, 'sign-in-errors')).toEqual([]);
    expect(await page.innerText('.govuk-error-summary')).toContain('Choose who you are');
    await signInAs(page, centre.publicUrl, 'larkfield-worker-1');
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await faultsOf(page, 'sign-out')).toEqual([]);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/signed-out**');
    expect(await faultsOf(page, 'signed-out')).toEqual([]);
  });

  it('work without JavaScript', async () => {
    await context.close();
    context = await browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
    await signInAs(page, centre.publicUrl, 'larkfield-worker-2');
    await page.getByRole('link', { name: 'Our referrals' }).click();
    await page.getByRole('link', { name: 'CT-4F7K-29QD', exact: true }).click();
    await page.getByRole('link', { name: 'Open the family’s history' }).click();
    await page.getByRole('link', { name: 'Refer this family' }).click();
    await page.getByRole('button', { name: 'Send referral' }).click();
    expect(await page.innerText('main')).toContain('There is a problem');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/signed-out**');
    expect(await page.innerText('main')).toContain('You have signed out');
    await page.goto(centre.publicUrl.href);
    expect(await page.innerText('main')).toContain('Sign in to Larkfield Family Centres');
  });
});
