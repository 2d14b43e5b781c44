import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createSafeguardingHub } from '../../apps/safeguarding-hub/create-safeguarding-hub.js';
import { readModels } from '../../apps/safeguarding-hub/projections.js';
import { AgencyUnderTest } from '../browser/agency-under-test.js';
import { launchChromium } from '../browser/chromium.js';
import { boxed } from '../browser/doubles.js';
import { faultsOf, keyboardStops, signInAs } from '../browser/page-checks.js';
import type { ToldContact } from '../browser/told-contacts.js';
import { tellStep } from '../browser/told-contacts.js';
import { hub, idFor } from '../browser/told-families.js';
import { ago, line, tellHub } from '../browser/told-hub.js';

describe('the pages of a safeguarding hub', () => {
  let agency: AgencyUnderTest;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let red: ToldContact;
  let call: ToldContact;
  let decided: ToldContact;
  const complaints: string[] = [];

  beforeAll(async () => {
    agency = await AgencyUnderTest.start({
      recipient: hub,
      organisation: 'Fairholme Safeguarding Hub',
      readModels,
      create: createSafeguardingHub,
    });
    ({ red, call, decided } = tellHub(agency.feed));
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
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await signInAs(page, agency.publicUrl, 'hub-manager-1');
    agency.commands.sent.length = 0;
    agency.vault.pages.length = 0;
    agency.vault.isDown = false;
    agency.lookUp.matches = [];
    agency.lookUp.speakTo = [];
  });
  afterEach(async () => {
    await context.close();
    expect(complaints.filter((text) => text.includes('Content Security'))).toEqual([]);
  });

  const open = (path: string) => page.goto(new URL(path, agency.publicUrl).href);
  const pathOf = ({ contactId }: ToldContact) => `/contacts/${contactId}`;

  it('show the queue by time left, a rating as a word, and what is overdue in bold', async () => {
    await open('/');
    expect(await faultsOf(page, 'hub-queue')).toEqual([]);
    const rows = await page.locator('tbody tr').allInnerTexts();
    expect(rows).toHaveLength(3);
    const text = rows.join('\n');
    expect(text).toMatch(/Red/i);
    expect(text).toContain('Not matched yet');
    expect(text).toContain('2 earlier contacts in 90 days from 2 sources');
    expect(await page.locator('strong', { hasText: '30 minutes overdue' }).count()).toBe(1);
    expect(agency.vault.pages).toHaveLength(1);
    expect(await keyboardStops(page)).toContain('a Look somebody up');
  });

  it('show a contact with the whole household’s past beside it', async () => {
    await open(pathOf(red));
    expect(await faultsOf(page, 'hub-contact')).toEqual([]);
    const text = await page.innerText('main');
    expect(text).toContain('Contact CT-4F7K-29QD: Applegarth and Finchley family');
    expect(text).toContain('Wren had bruises on both arms');
    expect(text).toContain('Ring the centre first');
    expect(text).toContain('One-year review missed');
    expect(text).toContain('Fairholme Community Health NHS Trust');
    expect(agency.vault.pages).toEqual([
      expect.objectContaining({ purpose: 'triage', page: 'hub/contact' }),
    ]);
  });

  it('rate with a reason, on the tag that was read', async () => {
    agency.commands.answer = () => ({ kind: 'done', answer: {} });
    await open(pathOf(call));
    expect(await faultsOf(page, 'hub-contact-unmatched')).toEqual([]);
    await page.getByRole('button', { name: 'Save rating' }).click();
    expect(await page.title()).toMatch(/^Error: Contact CT-2BBB-2BBB/);
    expect(await faultsOf(page, 'hub-contact-errors')).toEqual([]);
    await page.getByLabel('Amber').check();
    await page.getByLabel('Reason').fill('A child crying most nights.');
    await page.getByRole('button', { name: 'Save rating' }).click();
    expect(agency.commands.last).toMatchObject({
      path: `/v1/contacts/${call.contactId}/rating`,
      body: { rating: 'amber', reason: 'A child crying most nights.' },
      ifMatch: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    });
  });

  it('show what changed meanwhile, keep what was typed, and send it on the new tag', async () => {
    await open(pathOf(call));
    await page.getByLabel('Green').check();
    await page.getByLabel('Reason').fill('Known family, support in place.');
    const told = tellStep(agency.feed, call, 'rated', ago(0), {
      rating: 'amber',
      reason: boxed('A colleague was faster.'),
    });
    await agency.fold();
    const tag = told.envelope.occurrenceid;
    agency.commands.answer = () => ({ kind: 'changed', tag });
    await page.getByRole('button', { name: 'Save rating' }).click();
    const text = await page.innerText('main');
    expect(text).toContain('Changed while you were typing');
    expect(text).toContain('A colleague was faster.');
    expect(await faultsOf(page, 'hub-contact-changed')).toEqual([]);
    expect(await page.getByLabel('Reason').inputValue()).toBe('Known family, support in place.');
    agency.commands.answer = () => ({ kind: 'done', answer: {}, tag });
    await page.getByRole('button', { name: 'Save rating' }).click();
    expect(agency.commands.last.ifMatch).toBe(tag);
  });

  it('decide with every outcome, a rationale, and a reason where a referral is returned', async () => {
    agency.commands.answer = () => ({ kind: 'done', answer: {} });
    await open(pathOf(red));
    await page.getByLabel('Early help', { exact: true }).check();
    await page.getByLabel('Advice and information given').check();
    await page.getByLabel('Rationale').fill('Support will meet the need.');
    await page.getByRole('button', { name: 'Record decision' }).click();
    expect(await page.innerText('#returnReason-error')).toContain('return the referral');
    await page.getByLabel('If the referral is returned, why?').selectOption('other-service');
    await page.getByRole('button', { name: 'Record decision' }).click();
    expect(agency.commands.last.body).toEqual({
      outcomes: ['advice', 'early-help'],
      rationale: 'Support will meet the need.',
      returnReason: 'other-service',
    });
  });

  it('tell whoever asked, from a draft', async () => {
    agency.commands.answer = () => ({ kind: 'done', answer: {} });
    await open(pathOf(decided));
    expect(await faultsOf(page, 'hub-contact-decided')).toEqual([]);
    const draft = await page.getByLabel('What were they told?').inputValue();
    expect(draft).toContain('Advice and information given');
    await page.getByLabel('What were they told?').fill('Thank you. Early help will ring you.');
    await page.getByRole('button', { name: 'Record what they were told' }).click();
    expect(agency.commands.last).toMatchObject({
      path: `/v1/contacts/${decided.contactId}/feedback`,
      body: { channel: 'phone', words: 'Thank you. Early help will ring you.' },
    });
  });

  it('leave deciding to a manager', async () => {
    await context.clearCookies();
    await signInAs(page, agency.publicUrl, 'hub-triage-1');
    await open(pathOf(red));
    expect(await page.innerText('main')).toContain('A hub manager decides');
    expect(await page.getByRole('button', { name: 'Record decision' }).count()).toBe(0);
  });

  describe('look somebody up when the telephone rings', () => {
    const stranger = idFor('a family of others');

    beforeEach(() => open('/look-up'));

    it('say what is missing', async () => {
      expect(await faultsOf(page, 'hub-look-up')).toEqual([]);
      await page.getByLabel('Surname').fill('Applegarth');
      await page.getByLabel('Day').fill('31');
      await page.getByLabel('Month').fill('2');
      await page.getByLabel('Year').fill('2023');
      await page.getByRole('button', { name: 'Look up' }).click();
      expect(await faultsOf(page, 'hub-look-up-errors')).toEqual([]);
      expect(await page.innerText('main')).toContain('Give the whole date of birth');
      expect(agency.lookUp.asked).toEqual([]);
    });

    it('open nothing about a family that is not in hand, and put no name in an address', async () => {
      agency.lookUp.matches = [
        { personId: idFor('wren'), familyIds: [line.slice('family/'.length), stranger] },
      ];
      await page.getByLabel('Surname').fill('Applegarth');
      await page.getByLabel('Day').fill('12');
      await page.getByLabel('Month').fill('3');
      await page.getByLabel('Year').fill('2023');
      await page.getByRole('button', { name: 'Look up' }).click();
      expect(agency.lookUp.asked.pop()).toEqual({
        familyName: 'Applegarth',
        dateOfBirth: '2023-03-12',
      });
      expect(await faultsOf(page, 'hub-matches')).toEqual([]);
      const text = await page.innerText('main');
      expect(text).toContain('Applegarth and Finchley family');
      expect(text).toContain('A family known to other services');
      await page
        .getByRole('link', { name: /Record a contact about this child of A family/ })
        .click();
      expect(page.url()).toContain(`familyId=${stranger}`);
      expect(page.url()).not.toContain('Applegarth');
      expect(agency.logged).not.toContain('Applegarth');
    });

    it('say of a restricted record whom to speak to, and no more', async () => {
      agency.lookUp.speakTo = ['service-manager'];
      await page.getByLabel('NHS number').fill('999 000 0018');
      await page.getByRole('button', { name: 'Look up' }).click();
      expect(await faultsOf(page, 'hub-restricted-match')).toEqual([]);
      const text = await page.innerText('main');
      expect(text).toContain('Speak to the service manager before you do anything else about it');
      expect(text).not.toContain('Nobody has exactly these details');
    });

    it('say when nobody matches', async () => {
      await page.getByLabel('NHS number').fill('999 000 0018');
      await page.getByRole('button', { name: 'Look up' }).click();
      expect(agency.lookUp.asked.pop()).toEqual({ nhsNumber: '9990000018' });
      expect(await page.innerText('main')).toContain('Nobody matches');
      expect(await faultsOf(page, 'hub-no-match')).toEqual([]);
    });
  });

  it('record a contact about a child who was looked up', async () => {
    agency.commands.answer = () => ({ kind: 'done', answer: { id: red.contactId } });
    const familyId = line.slice('family/'.length);
    await open(`/contacts/new?familyId=${familyId}&childId=${idFor('wren')}`);
    expect(await faultsOf(page, 'hub-record-contact')).toEqual([]);
    await page.getByLabel('Who got in touch?').selectOption('2A');
    await page.getByLabel('What did they tell you?').fill('Shouting again last night.');
    await page.getByLabel('Yes, nobody is to be told who they are').check();
    await page.getByRole('button', { name: 'Record contact' }).click();
    const wrong = await page.innerText('.govuk-error-summary');
    expect(wrong).toContain('Only a member of the public may ask to stay anonymous');
    expect(wrong).toContain('Write down who they are');
    expect(await faultsOf(page, 'hub-record-contact-anonymous')).toEqual([]);
    await page.getByLabel('Who got in touch?').selectOption('1B');
    await page.getByLabel('Their name and how to reach them').fill('Mr Hill, next door');
    await page.getByRole('button', { name: 'Record contact' }).click();
    expect(agency.commands.last).toMatchObject({
      path: '/v1/contacts',
      body: {
        channel: 'phone',
        source: '1B',
        callerDetails: 'Mr Hill, next door',
        wishesAnonymity: true,
        concern: 'Shouting again last night.',
        familyId,
        childIds: [idFor('wren')],
      },
    });
    expect(page.url()).toContain(pathOf(red));
  });

  it('link a contact to whoever it is about', async () => {
    agency.commands.answer = () => ({ kind: 'done', answer: {} });
    agency.lookUp.matches = [{ personId: idFor('wren'), familyIds: [line.slice(7)] }];
    await open(pathOf(call));
    await page.getByRole('link', { name: 'Say who it is about' }).click();
    await page.getByLabel('NHS number').fill('9990000018');
    await page.getByRole('button', { name: 'Look up' }).click();
    expect(await faultsOf(page, 'hub-link')).toEqual([]);
    await page.getByRole('button', { name: /^Link contact CT-2BBB-2BBB/ }).click();
    expect(agency.commands.last).toMatchObject({
      path: `/v1/contacts/${call.contactId}/links`,
      body: { familyId: line.slice(7), childIds: [idFor('wren')] },
    });
  });

  it('answer not found for a contact that is not theirs', async () => {
    expect((await open(`/contacts/${idFor('nothing')}`))?.status()).toBe(404);
  });
});
