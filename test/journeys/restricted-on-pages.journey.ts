import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { BrokenGlass } from '@common-thread/platform/break-glass';
import { createSafeguardingHub } from '../../apps/safeguarding-hub/create-safeguarding-hub.js';
import { readModels } from '../../apps/safeguarding-hub/projections.js';
import { AgencyUnderTest } from '../browser/agency-under-test.js';
import { launchChromium } from '../browser/chromium.js';
import { faultsOf, signInAs } from '../browser/page-checks.js';
import type { ToldContact } from '../browser/told-contacts.js';
import { hub, idFor } from '../browser/told-families.js';
import { ago, line, tellHub } from '../browser/told-hub.js';

const familyId = line.slice('family/'.length);
const HOUR = 3_600_000;

function broken(change: Partial<BrokenGlass>): BrokenGlass {
  return {
    glassId: idFor('glass'),
    familyId,
    by: 'hub-triage-1',
    role: 'hub-triage',
    reason: 'risk-of-harm',
    words: 'The police are at the door.',
    openedAt: ago(2 * HOUR),
    endsAt: ago(HOUR),
    isOpen: false,
    reviewDueAt: ago(-22 * HOUR),
    opened: ['address', 'familyName'],
    calls: 3,
    ...change,
  };
}

describe('a restricted record on the pages of a hub', () => {
  let agency: AgencyUnderTest;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let red: ToldContact;

  beforeAll(async () => {
    agency = await AgencyUnderTest.start({
      recipient: hub,
      organisation: 'Fairholme Safeguarding Hub',
      readModels,
      create: createSafeguardingHub,
    });
    ({ red } = tellHub(agency.feed));
    agency.feed.tell('family.restricted', {
      line,
      subject: `restriction/${familyId}`,
      ground: 'author',
      time: ago(3 * HOUR),
      fields: {
        hub,
        ground: 'witness-protection',
        authority: 'director',
        speakTo: 'service-manager',
        reviewOn: '2026-03-01',
      },
    });
    await agency.fold();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await agency?.stop();
  });

  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-GB' });
    page = await context.newPage();
    agency.breakingGlass.broken = [];
    agency.breakingGlass.asked.length = 0;
    agency.breakingGlass.reviewed.length = 0;
    agency.commands.sent.length = 0;
    agency.vault.isDown = false;
  });
  afterEach(() => context.close());

  const signIn = (user: string) => signInAs(page, agency.publicUrl, user);
  const open = (path: string) => page.goto(new URL(path, agency.publicUrl).href);
  const contact = () => `/contacts/${red.contactId}`;

  it('sends the reader to the named person, or has them break glass with a reason', async () => {
    await signIn('hub-manager-1');
    await open(contact());
    const text = await page.innerText('main');
    expect(text).toContain('This record needs a named person. Speak to the service manager');
    expect(await faultsOf(page, 'hub-needs-glass')).toEqual([]);
    await page.getByRole('link', { name: 'break glass' }).click();
    expect(await faultsOf(page, 'hub-break-glass')).toEqual([]);
    await page.getByRole('button', { name: 'Break glass' }).click();
    expect(await page.title()).toMatch(/^Error: Break glass/);
    expect(await faultsOf(page, 'hub-break-glass-errors')).toEqual([]);
    await page.getByLabel('Somebody may come to harm if we wait').check();
    await page.getByLabel('What has happened?').fill('The police are at the door.');
    await page.getByRole('button', { name: 'Break glass' }).click();
    expect(agency.breakingGlass.asked).toEqual([
      expect.objectContaining({
        familyId,
        reason: 'risk-of-harm',
        words: 'The police are at the door.',
      }),
    ]);
    expect(await page.innerText('main')).toContain('Glass is broken: 60 minutes left.');
    expect(await faultsOf(page, 'hub-glass-broken')).toEqual([]);
    await page.getByRole('button', { name: 'End it now' }).click();
    expect(await page.innerText('main')).not.toContain('Glass is broken');
    expect(await page.innerText('main')).toContain('This record needs a named person');
  });

  it('offers it while the vault cannot say who may see what', async () => {
    agency.vault.isDown = true;
    await signIn('hub-triage-1');
    await open(contact());
    expect(await page.innerText('main')).toContain('Names cannot be shown right now');
    expect(await page.getByRole('link', { name: 'break glass' }).count()).toBe(1);
  });

  it('is listed for its manager with the review that is due, who reviews it or lifts it', async () => {
    agency.commands.answer = () => ({ kind: 'done', answer: { inForce: true } });
    await signIn('hub-manager-1');
    await page.getByRole('link', { name: 'Restricted records' }).click();
    expect(await faultsOf(page, 'hub-restrictions')).toEqual([]);
    const text = await page.innerText('main');
    expect(text).toContain('1 record restricted, 1 review overdue.');
    expect(text).toMatch(/1 March 2026, \d+ days overdue/);
    await page.getByRole('link', { name: /The family of contact/ }).click();
    expect(await faultsOf(page, 'hub-restriction')).toEqual([]);
    await page.getByRole('button', { name: 'Record review' }).click();
    expect(await page.title()).toMatch(/^Error: Restricted record/);
    expect(await faultsOf(page, 'hub-restriction-errors')).toEqual([]);
    await page.getByLabel('A head of service').check();
    await page.getByLabel('Day').fill('1');
    await page.getByLabel('Month').fill('2');
    await page.getByLabel('Year').fill('2027');
    await page.getByRole('button', { name: 'Record review' }).click();
    expect(agency.commands.last).toMatchObject({
      path: `/v1/restrictions/${familyId}/reviews`,
      body: { authority: 'head-of-service', reviewOn: '2027-02-01' },
    });
    await page.getByText('It is needed no longer: lift it').click();
    await page.getByLabel('No longer needed').check();
    await page.getByRole('button', { name: 'Lift the restriction' }).click();
    expect(agency.commands.last).toMatchObject({
      path: `/v1/restrictions/${familyId}/lift`,
      body: { reason: 'no-longer-needed' },
    });
    expect(await page.innerText('main')).toContain('Recorded, and in force everywhere.');
  });

  it('is not said to be in force before it is, and is nobody else’s page', async () => {
    await signIn('hub-manager-1');
    await open(`/restrictions/${familyId}?recorded=not-yet`);
    expect(await page.innerText('main')).toContain('Recorded, not yet in force');
    expect((await open(`/restrictions/${idFor('nothing')}`))?.status()).toBe(404);
    await context.clearCookies();
    await signIn('hub-triage-1');
    expect((await open('/restrictions'))?.status()).toBe(404);
    expect((await open(`/restrictions/${familyId}`))?.status()).toBe(404);
  });

  it('is reviewed by an officer: who, why, what was opened, and how long is left', async () => {
    agency.breakingGlass.broken = [
      broken({ glassId: idFor('late'), reviewDueAt: ago(HOUR) }),
      broken({ isOpen: true, endsAt: ago(-HOUR / 2), openedAt: ago(HOUR / 2), calls: 0 }),
      broken({
        glassId: idFor('done'),
        review: { by: 'governance-officer-1', at: ago(HOUR), outcome: 'justified' },
      }),
    ];
    await signIn('governance-officer-1');
    await page.getByRole('link', { name: 'Broken glass' }).click();
    expect(await faultsOf(page, 'officer-broken-glass')).toEqual([]);
    const text = await page.innerText('main');
    expect(text).toContain('2 to review, the oldest first.');
    expect(text).toContain('Review 1 hour overdue');
    expect(text).toContain('3 pages opened under it: Address, Surname');
    expect(text).toMatch(/Justified, .* by governance-officer-1/);
    await page.getByRole('button', { name: 'Record review' }).first().click();
    expect(await page.title()).toMatch(/^Error: Broken glass/);
    expect(await faultsOf(page, 'officer-broken-glass-errors')).toEqual([]);
    await page.getByLabel('Not justified').first().check();
    await page.getByRole('button', { name: 'Record review' }).first().click();
    expect(agency.breakingGlass.reviewed).toEqual([[idFor('late'), 'not-justified']]);
  });

  it('is not reviewed by whoever broke the glass, nor shown to triage', async () => {
    agency.breakingGlass.broken = [broken({ by: 'hub-manager-1', role: 'hub-manager' })];
    await signIn('hub-manager-1');
    await open('/break-glass');
    expect(await page.innerText('main')).toContain('You broke this yourself');
    expect(await page.getByRole('button', { name: 'Record review' }).count()).toBe(0);
    await context.clearCookies();
    await signIn('hub-triage-1');
    expect((await open('/break-glass'))?.status()).toBe(404);
  });
});
