import { daysAfter, isoWeekOf, londonDay } from '@common-thread/domain/london-day';
import { calendarDayInWords } from '@common-thread/platform/pages/london-time';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createHealthVisiting } from '../../apps/health-visiting/create-health-visiting.js';
import { weekInWords } from '../../apps/health-visiting/caseload/review-words.js';
import { readModels } from '../../apps/health-visiting/projections.js';
import { AgencyUnderTest } from '../browser/agency-under-test.js';
import { launchChromium } from '../browser/chromium.js';
import { boxed } from '../browser/doubles.js';
import { faultsOf, signInAs } from '../browser/page-checks.js';
import {
  applegarths,
  health,
  idFor,
  tellDirectory,
  tellHousehold,
} from '../browser/told-families.js';

/** Whether a review is overdue, or past holding in time, turns on the day the journey is made. */
const fromToday = (days: number) => daysAfter(londonDay(new Date().toISOString()), days);
const oneYearDue = fromToday(-60);

describe('the pages of health visiting', () => {
  let agency: AgencyUnderTest;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const familyId = idFor('the Applegarths');
  const line = `family/${familyId}`;
  const caseloadId = idFor('caseload of the Applegarths');
  const complaints: string[] = [];

  beforeAll(async () => {
    agency = await AgencyUnderTest.start({
      recipient: health,
      organisation: 'Fairholme Community Health NHS Trust',
      readModels,
      create: createHealthVisiting,
    });
    tellCaseload();
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
    await signInAs(page, agency.publicUrl, 'health-visitor-1');
    agency.commands.sent.length = 0;
    agency.vault.pages.length = 0;
  });
  afterEach(async () => {
    await context.close();
    expect(complaints.filter((text) => text.includes('Content Security'))).toEqual([]);
  });

  const open = (path: string) => page.goto(new URL(path, agency.publicUrl).href);

  /** On caseload: reviews overdue, not held in time, held and to come, and a contact elsewhere. */
  function tellCaseload(): void {
    const { feed } = agency;
    tellDirectory(feed);
    const subject = `caseload/${caseloadId}`;
    const author = { line, subject, ground: 'author' };
    feed.tell('caseload.began', {
      ...author,
      entitlement: 'begins',
      time: '2023-03-20T09:00:00.000Z',
      fields: { trust: health, recordedBy: 'health-visitor-1' },
    });
    tellHousehold(feed, line, applegarths);
    const due = (childId: string, review: string, dueOn: string) =>
      feed.tell('review.due', {
        ...author,
        time: '2025-09-05T09:00:00.000Z',
        fields: { childId, review, dueWeek: isoWeekOf(dueOn), dueOn: boxed(dueOn) },
      });
    due(idFor('robin'), 'new-birth', '2025-09-16');
    due(idFor('robin'), 'six-to-eight-weeks', fromToday(-360));
    due(idFor('robin'), 'one-year', oneYearDue);
    due(idFor('robin'), 'two-to-two-and-a-half-years', fromToday(480));
    feed.tell('review.held', {
      ...author,
      time: '2025-09-14T12:00:00.000Z',
      precision: 'day',
      fields: {
        childId: idFor('robin'),
        review: 'new-birth',
        place: 'home',
        note: boxed('Feeding well.'),
      },
    });
    feed.tell('review.missed', {
      ...author,
      time: '2026-08-20T12:00:00.000Z',
      precision: 'day',
      fields: { childId: idFor('robin'), review: 'one-year', reason: 'no-access' },
    });
    const contact = {
      line,
      subject: `contact/${idFor('contact')}`,
      time: '2026-10-02T09:00:00.000Z',
    };
    feed.tell('contact.received', { ...contact, fields: {} });
    feed.tell('contact.decided', { ...contact, fields: { outcomes: ['early-help'] } });
  }

  it('list the caseload with reviews overdue and what is new since last looked', async () => {
    await open('/');
    expect(await faultsOf(page, 'health-caseload')).toEqual([]);
    const text = await page.innerText('main');
    expect(text).toContain('1 family on caseload, 1 with a review overdue.');
    expect(text).toContain(
      `One-year review, Robin Applegarth, by ${calendarDayInWords(oneYearDue)}`,
    );
    expect(text.toLowerCase()).not.toContain('not held in time');
    expect(text).toMatch(/\d new/);
    expect(agency.vault.pages).toEqual([
      expect.objectContaining({ purpose: 'direct-care', page: 'health-visiting/caseload' }),
    ]);
  });

  it('show a family’s reviews and history, and remember that they were looked at', async () => {
    await open(`/families/${familyId}`);
    expect(await faultsOf(page, 'health-family')).toEqual([]);
    const text = await page.innerText('main');
    expect(text).toContain('20 August 2026, nobody in, or no access');
    expect(text.toLowerCase()).toContain('not held in time');
    expect(text).toContain('The hub decided what happens next');
    expect(text).toContain('Early help');
    await open('/');
    expect(await page.innerText('main')).not.toMatch(/\d new/);
  });

  it('record a review held, once and on its day', async () => {
    agency.commands.answer = () => ({ kind: 'done', answer: {} });
    await open(`/families/${familyId}`);
    await page.getByRole('link', { name: 'Record a review' }).click();
    expect(await faultsOf(page, 'health-record-review')).toEqual([]);
    await page.getByLabel('Day').fill('2');
    await page.getByLabel('Month').fill('11');
    await page.getByLabel('Year').fill('2099');
    await page.getByRole('radio', { name: 'It was held' }).check();
    await page.getByRole('button', { name: 'Record review' }).click();
    expect(await faultsOf(page, 'health-record-review-errors')).toEqual([]);
    const errors = await page.innerText('.govuk-error-summary');
    expect(errors).toContain('Choose the child');
    expect(errors).toContain('The date must be today or earlier');
    expect(errors).toContain('Choose where it was held');
    await page.getByRole('link', { name: 'The date must be today or earlier' }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('occurredOn');
    await page.getByLabel('Robin Applegarth').check();
    await page.getByLabel('Which review?').selectOption('one-year');
    await page.getByLabel('Year').fill('2025');
    await page.getByLabel('If it was held, where?').selectOption('family-hub');
    await page.getByRole('button', { name: 'Record review' }).click();
    expect(agency.commands.last).toMatchObject({
      path: `/v1/caseloads/${caseloadId}/reviews-held`,
      body: {
        childId: idFor('robin'),
        review: 'one-year',
        occurredAt: '2025-11-02',
        place: 'family-hub',
      },
    });
    expect(await faultsOf(page, 'health-recorded')).toEqual([]);
    expect(await page.innerText('main')).toContain('The review is recorded');
  });

  it('record a review missed, and why', async () => {
    agency.commands.answer = () => ({ kind: 'done', answer: {} });
    await open(`/families/${familyId}/reviews/record`);
    await page.getByLabel('Wren Applegarth').check();
    await page.getByLabel('Which review?').selectOption('two-to-two-and-a-half-years');
    await page.getByLabel('Day').fill('3');
    await page.getByLabel('Month').fill('6');
    await page.getByLabel('Year').fill('2025');
    await page.getByRole('radio', { name: 'It was missed' }).check();
    await page.getByLabel('If it was missed, why?').selectOption('was-not-brought');
    await page.getByRole('button', { name: 'Record review' }).click();
    expect(agency.commands.last).toMatchObject({
      path: `/v1/caseloads/${caseloadId}/reviews-missed`,
      body: { childId: idFor('wren'), reason: 'was-not-brought', occurredAt: '2025-06-03' },
    });
  });

  it('open the form for one review, and keep every answer when it is refused', async () => {
    agency.commands.answer = () => ({
      kind: 'refused',
      status: 422,
      slug: 'caseload/already-held',
      title: 'Refused',
      errors: [{ pointer: '/review', detail: 'This review was held already.' }],
    });
    await open(`/families/${familyId}`);
    await page.getByRole('link', { name: /Record it.*One-year review/ }).click();
    expect(await page.getByLabel('Robin Applegarth').isChecked()).toBe(true);
    expect(await page.getByLabel('Which review?').inputValue()).toBe('one-year');
    await page.getByLabel('Day').fill('2');
    await page.getByLabel('Month').fill('11');
    await page.getByLabel('Year').fill('2025');
    await page.getByRole('radio', { name: 'It was held' }).check();
    await page.getByLabel('If it was held, where?').selectOption('home');
    await page.getByLabel('Note').fill('Walking along the sofa.');
    await page.getByRole('button', { name: 'Record review' }).click();
    expect(await faultsOf(page, 'health-record-review-refused')).toEqual([]);
    expect(await page.title()).toMatch(/^Error: /);
    await page.getByRole('link', { name: 'This review was held already.' }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('review');
    expect(await page.getByLabel('Note').inputValue()).toBe('Walking along the sofa.');
    expect(await page.getByLabel('Year').inputValue()).toBe('2025');
    // What happens once the command API answers again is the same command, not a second one.
    const [key, again] = [agency.commands.last.idempotencyKey, page.locator('[name=_key]')];
    expect(await again.inputValue()).toBe(key);
  });

  it('say so while names cannot be shown, and show everything else', async () => {
    agency.vault.isDown = true;
    try {
      await open('/');
      expect(await faultsOf(page, 'health-caseload-vault-down')).toEqual([]);
      const caseload = await page.innerText('main');
      expect(caseload).toContain('Names cannot be shown right now.');
      expect(caseload).toContain(`in the week of ${weekInWords(isoWeekOf(oneYearDue))}`);
      await open(`/families/${familyId}/reviews/record`);
      expect(await faultsOf(page, 'health-record-review-vault-down')).toEqual([]);
      expect(await page.innerText('main')).toContain('wait until they can be');
      expect(await page.getByRole('radio', { name: /^Child [12]: / }).count()).toBe(2);
    } finally {
      agency.vault.isDown = false;
    }
  });

  it('answer not found for a family that is not on the caseload', async () => {
    expect((await open(`/families/${idFor('nobody')}`))?.status()).toBe(404);
    expect((await open(`/families/${idFor('nobody')}/reviews/record`))?.status()).toBe(404);
  });
});
